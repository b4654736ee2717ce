// The life of one unit in the stream, proper events and improper ones alike.
import type { Random } from './random.ts';
import { randomBody, randomDay } from './randomBody.ts';
import { incidentKinds, indicators, kinds } from './randomPlan.ts';
import type { Data, Envelope, Plan } from './types.ts';

export type Draft = { recorded: number; event: Omit<Envelope, 'recordedtime'> };
type Life = {
  random: Random;
  plans: Plan[];
  plan: Plan;
  unit: string;
  drafts: Draft[];
  activities: string[];
  /** What was told last: several things happen on one day, some of them of one kind. */
  latest?: { day: string; kind: string };
};

const organisation = '/organisation';
const groups = ['farm', 'school', 'office'] as const;

function send(life: Life, recorded: number, source: string, type: string, data: Data): void {
  const { unit, drafts, random } = life;
  const event: Draft['event'] = {
    specversion: '1.0',
    id: `e-${drafts.length + 1}`,
    source,
    type,
    ...(random.chance(0.92) && { subject: unit }),
    time: new Date(recorded - random.whole(0, 90_000)).toISOString(),
    data: { unit, ...data },
  };
  drafts.push({ recorded, event });
}

const own = ({ unit }: Life) => `/units/${unit}`;
const either = (life: Life, unitShare: number) => (life.random.chance(unitShare) ? own(life) : organisation);

function register(life: Life, at: number): void {
  const { pick, chance, whole } = life.random;
  const since = pick([
    `${life.plan.year - 3}-05-01`,
    `${life.plan.year}-12-31`,
    `${life.plan.year + 1}-01-01`,
  ]);
  send(life, at, organisation, 'unit.registered', {
    name: `Unit ${life.unit}`,
    group: pick(groups),
    teamSize: whole(1, 7),
    head: 'm-01',
    ...(chance(0.25) && { since }),
  });
}

function body(life: Life, at: number, year: number): Data {
  const { random, plans, plan } = life;
  const again = life.latest?.day.startsWith(`${year}-`) && random.chance(0.25) ? life.latest : undefined;
  const day = again?.day ?? randomDay(random, year, at, plan.timezone);
  const kind =
    again && random.chance(0.5) ? again.kind : random.pick([...kinds, ...kinds, 'publicity', 'never-named']);
  life.latest = { day, kind };
  return randomBody(random, plans, kind, day);
}

function record(life: Life, at: number, incident: boolean): void {
  const { random, plan, plans, activities } = life;
  const sent = new Date(at).getUTCFullYear();
  const year = sent > plan.year && random.chance(0.8) ? plan.year : sent;
  const activity =
    activities.length > 0 && random.chance(0.04) ? random.pick(activities) : `a-${activities.length}`;
  activities.push(activity);
  const kind = random.pick(incidentKinds);
  const day = () => randomDay(random, year, at, plan.timezone);
  const facts = incident ? { ...randomBody(random, plans, kind, day()) } : body(life, at, year);
  const source = incident ? organisation : either(life, 0.85);
  send(life, at, source, 'activity.recorded', { activity, year, ...facts });
}

function follow(life: Life, at: number): void {
  const { random, activities, plan } = life;
  const activity = random.chance(0.03)
    ? 'a-unknown'
    : random.pick(['a-0', ...activities, ...activities.slice(-3)]);
  const reason = '核实';
  const type = random.pick([
    ...Array<string>(7).fill('activity.verified'),
    ...Array<string>(4).fill('activity.amended'),
    ...Array<string>(3).fill('activity.rejected'),
    ...Array<string>(3).fill('appeal.lodged'),
    ...Array<string>(4).fill('appeal.decided'),
    'activity.retracted',
  ]);
  if (type === 'activity.amended')
    send(life, at, either(life, 0.8), type, { activity, ...body(life, at, plan.year) });
  else if (type === 'activity.retracted') send(life, at, either(life, 0.8), type, { activity, reason });
  else if (type === 'appeal.lodged') send(life, at, own(life), type, { activity, reason });
  else if (type === 'appeal.decided') {
    const outcome = random.pick(['granted', 'granted', 'dismissed']);
    send(life, at, organisation, type, { activity, outcome, reason });
  } else send(life, at, organisation, type, { activity, reason });
}

function administer(life: Life, at: number): void {
  const { pick, chance, whole } = life.random;
  const { year } = life.plan;
  const action = pick([
    'target',
    'target',
    'target',
    'self',
    'self',
    'change',
    'change',
    'again',
    'close',
  ] as const);
  if (action === 'target') {
    const direction = pick(['atLeast', 'atLeast', 'atMost']);
    const target = pick([100, 100, 79.5, 0.3, 150]);
    send(life, at, organisation, 'target.assigned', {
      year: chance(0.9) ? year : year + 1,
      indicator: pick(indicators),
      target,
      direction,
    });
  } else if (action === 'self') {
    const criteria = { learning: { selfScore: whole(0, 100), shortcomings: '不足', remedies: '整改' } };
    send(life, at, own(life), 'selfinspection.submitted', { year, criteria });
  } else if (action === 'change') {
    const change = pick([
      { teamSize: whole(1, 7) },
      { group: pick(groups) },
      { name: `Renamed ${life.unit}` },
    ]);
    send(life, at, organisation, 'unit.changed', change);
  } else if (action === 'again') register(life, at);
  else if (chance(0.4)) {
    const on = pick([`${year}-12-31`, `${year + 1}-01-01`, `${year}-06-30`]);
    send(life, at, organisation, 'unit.closed', { on, reason: '撤销' });
  }
}

/** An earlier event once more, as it was or changed; or a fresh one spoilt. */
function misbehave(life: Life, at: number): void {
  const { random, drafts, unit } = life;
  const earlier = random.pick(drafts).event;
  const again = (event: Draft['event']) => drafts.push({ recorded: at, event: structuredClone(event) });
  const fresh = { ...earlier, id: `x-${drafts.length}` };
  const fault = random.pick([
    'same',
    'same',
    'other',
    'other',
    'sender',
    'subject',
    'field',
    'type',
  ] as const);
  if (fault === 'same') again({ ...earlier, time: new Date(at).toISOString() });
  else if (fault === 'other' && 'title' in earlier.data)
    again({ ...earlier, data: { ...earlier.data, title: 'another title' } });
  else if (fault === 'other')
    again({ ...earlier, type: 'unit.closed', data: { unit, on: '2020-01-01', reason: '-' } });
  else if (fault === 'sender') again({ ...fresh, source: '/units/u-99' });
  else if (fault === 'subject') again({ ...fresh, subject: 'zone' });
  else if (fault === 'field') again({ ...fresh, data: { ...earlier.data, surplus: 1 } });
  else again({ ...fresh, type: 'activity.praised' });
}

/** `times` ascend; the first is when the unit is registered, or an event that comes too early. */
export function unitLife(random: Random, plans: Plan[], unit: string, times: number[]): Draft[] {
  const plan = plans[0];
  if (!plan) throw new Error('no plan');
  const life: Life = { random, plans, plan, unit, drafts: [], activities: [] };
  const registeredAt = random.chance(0.8) ? 0 : random.whole(1, 8);
  times.forEach((at, index) => {
    if (index === registeredAt) register(life, at);
    else if (random.chance(0.5)) record(life, at, random.chance(0.15));
    else if (random.chance(0.7)) follow(life, at);
    else if (random.chance(0.6) || life.drafts.length === 0) administer(life, at);
    else misbehave(life, at);
  });
  return life.drafts;
}
