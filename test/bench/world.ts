import type { ActivityBody, Envelope } from '#schemas/events.ts';
import { ORGANISATION, unitSource } from '#schemas/events.ts';
import type { Measure, Plan, Requirement } from '#schemas/plan.ts';

/**
 * A year of a large zone, for measuring: the same seed gives the same events. Activities come day by day over
 * all units; 2 % are amended, 1 % retracted, 10 % verified, 1 % rejected.
 */
export type World = { plan: Plan; units: number; activities: number; seed?: number };

const DAY = 86_400_000;

/** A small linear congruential generator: enough for spreading load, and fast. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export const unitName = (index: number): string => `u-${String(index).padStart(5, '0')}`;

const GROUPS = ['farm', 'enterprise', 'office', 'school', 'community'];
const INDICATORS = ['output', 'revenue', 'energy'] as const;

/** What every measure on this kind asks for, at once. */
function bodyFor(measures: readonly Measure[], random: () => number): Partial<ActivityBody> {
  const body: Partial<ActivityBody> = {};
  for (const measure of measures) {
    if (measure.type === 'sum') body.quantity = (10 + Math.floor(random() * 400)) / 10;
    if (measure.type === 'coverage')
      body.members = Array.from({ length: 3 }, () => `m-${1 + Math.floor(random() * 9)}`);
    if (measure.type === 'variety') body.form = measure.forms[Math.floor(random() * measure.forms.length)];
    if (measure.type === 'ratio') {
      body.due = 1 + Math.floor(random() * 9);
      body.done = Math.floor(random() * (body.due + 1));
    }
    if (measure.type === 'appraisal') body.score = (6_000 + Math.floor(random() * 4_000)) / 100;
    if (measure.type === 'target') {
      body.indicator = INDICATORS[Math.floor(random() * INDICATORS.length)];
      body.value = 50 + Math.floor(random() * 80);
    }
    if (measure.type === 'count' && measure.ledByHead) body.ledByHead = random() < 0.5;
  }
  return body;
}

function kindsOf(plan: Plan): { kind: string; measures: Measure[] }[] {
  const byKind = new Map<string, Measure[]>();
  for (const { kind, measure } of plan.requirements as Requirement[])
    byKind.set(kind, [...(byKind.get(kind) ?? []), measure]);
  return [...byKind].map(([kind, measures]) => ({ kind, measures }));
}

/** Envelopes in the order in which they were recorded, in batches of about `size`. */
export function* eventsOf(
  { plan, units, activities, seed = 2026 }: World,
  size = 5_000,
): Generator<Envelope[]> {
  const random = randomOf(seed);
  const start = Date.UTC(plan.year, 0, 1, 1);
  const kinds = kindsOf(plan);
  const incidents = [...plan.deductions, ...plan.vetoes].map(({ kind }) => kind);
  let batch: Envelope[] = [];
  let sequence = 0;
  const push = (type: string, subject: string, source: string, instant: number, data: object): void => {
    const recordedtime = new Date(instant).toISOString();
    batch.push({
      specversion: '1.0',
      id: `e${sequence++}`,
      source,
      subject,
      type,
      time: recordedtime,
      recordedtime,
      data,
    } as Envelope);
  };

  push('plan.adopted', 'zone', ORGANISATION, start, plan);
  for (let index = 0; index < units; index++) {
    const unit = unitName(index);
    const data = {
      unit,
      name: `单位${index}`,
      group: GROUPS[index % GROUPS.length],
      teamSize: 5 + (index % 5),
      head: 'm-1',
    };
    push('unit.registered', unit, ORGANISATION, start, data);
    for (const indicator of INDICATORS)
      push('target.assigned', unit, ORGANISATION, start, {
        unit,
        year: plan.year,
        indicator,
        target: 100,
        direction: indicator === 'energy' ? 'atMost' : 'atLeast',
      });
    if (batch.length >= size) {
      yield batch;
      batch = [];
    }
  }

  for (let index = 0; index < activities; index++) {
    const instant = start + Math.floor((index / activities) * 364) * DAY + (index % 30_000) * 1_000;
    const unit = unitName(Math.floor(random() * units));
    const incident = random() < 0.0005;
    const { kind, measures } = incident
      ? { kind: incidents[Math.floor(random() * incidents.length)] as string, measures: [] }
      : (kinds[Math.floor(random() * kinds.length)] as (typeof kinds)[number]);
    const source = incident ? ORGANISATION : unitSource(unit);
    const activity = `a${index}`;
    const body = {
      kind,
      occurredOn: new Date(instant).toISOString().slice(0, 10),
      title: `${kind} ${index}`,
      ...bodyFor(measures, random),
    };
    push('activity.recorded', unit, source, instant, { activity, unit, year: plan.year, ...body });
    const fate = random();
    const later = instant + 60_000;
    if (fate < 0.02)
      push('activity.amended', unit, source, later, {
        activity,
        unit,
        ...body,
        ...bodyFor(measures, random),
      });
    else if (fate < 0.03)
      push('activity.retracted', unit, source, later, { activity, unit, reason: '重复上报' });
    else if (fate < 0.13)
      push('activity.verified', unit, ORGANISATION, later, { activity, unit, reason: '属实' });
    else if (fate < 0.14)
      push('activity.rejected', unit, ORGANISATION, later, { activity, unit, reason: '材料不全' });
    if (batch.length >= size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
