import {
  type ActivityState,
  type ActivityVersion,
  OPEN_END,
  type Rows,
  STATES,
} from '#ingest/tables/tables.ts';
import { type Plan, plan as planSchema } from '#schemas/plan.ts';

/** Random activities as the store keeps them, beside the plain list of changes that they were made from. */

export const noRows = (): Rows => ({
  ledger: [],
  quarantine: [],
  activity_versions: [],
  unit_versions: [],
  target_versions: [],
  self_inspections: [],
  plans: [],
  freezes: [],
  awards: [],
});

type Body = Omit<ActivityVersion, 'fromPos' | 'closedBy' | 'recordedFrom' | 'recordedTo'>;
/** From a position and recorded time on, the activity is this. */
export type Change = { position: number; recorded: number; body: Body };
export type Life = { unit: string; changes: Change[] };

export type Random = () => number;
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
export const pick = <T>(random: Random, values: readonly T[]): T =>
  values[Math.floor(random() * values.length)] as T;

const name = { zh: '名', en: 'name' };
const common = { criterion: 'c', name, clause: '三', basis: 'default', points: 10 } as const;

/** Every measure; kinds that several of them share; forms listed twice; an incident of a kind that is required, too. */
export const richPlan = (counts: Plan['counts']): Plan =>
  planSchema.parse({
    year: 2026,
    version: 1,
    timezone: 'Asia/Shanghai',
    title: name,
    counts,
    criteria: [{ id: 'c', name, weight: 20 }],
    requirements: [
      { ...common, id: 'r1', kind: 'a', measure: { type: 'count', per: 'month', atLeast: 1 } },
      { ...common, id: 'r2', kind: 'a', measure: { type: 'count', per: 'quarter', atLeast: 1 } },
      {
        ...common,
        id: 'r3',
        kind: 'b',
        measure: { type: 'count', per: 'half', atLeast: 1, ledByHead: true },
      },
      {
        ...common,
        id: 'r4',
        kind: 'b',
        measure: { type: 'sum', per: 'quarter', atLeast: 1.5, perMember: true },
      },
      { ...common, id: 'r5', kind: 'c', measure: { type: 'coverage' } },
      { ...common, id: 'r6', kind: 'd', measure: { type: 'variety', forms: ['x', 'y'], atLeast: 1 } },
      { ...common, id: 'r7', kind: 'd', measure: { type: 'variety', forms: ['y', "z'\\"], atLeast: 1 } },
      { ...common, id: 'r8', kind: 'a', measure: { type: 'variety', forms: ['y'], atLeast: 1 } },
      { ...common, id: 'r9', kind: 'e', measure: { type: 'ratio', whenNone: 'zero' } },
      { ...common, id: 'r10', kind: "f'\\", measure: { type: 'target' } },
      { ...common, id: 'r11', kind: 'g', measure: { type: 'milestone', by: '06-30' } },
      { ...common, id: 'r12', kind: 'a', measure: { type: 'appraisal', whenNone: 'zero' } },
      { ...common, id: 'r13', kind: 'b', measure: { type: 'target' } },
    ],
    deductions: [
      { id: 'd1', criterion: 'c', clause: '三', basis: 'default', kind: 'a', points: 5, max: 20 },
      { id: 'd2', criterion: 'c', clause: '三', basis: 'default', kind: 'i', points: 5, max: 20 },
    ],
    vetoes: [{ id: 'v1', clause: '三', basis: 'default', kind: 'j', cap: 59 }],
    conditions: [
      { id: 'k1', clause: '四', basis: 'default', kind: 'g', by: '03-31' },
      { id: 'k2', clause: '四', basis: 'default', kind: 'self-inspection', by: '12-31' },
    ],
  });

/** Those that targets look at come more often: which value is the latest is told by many of them. */
const KINDS = ['a', 'b', 'b', 'b', 'c', 'd', 'e', "f'\\", "f'\\", "f'\\", 'g', 'i', 'j', 'unknown'];
const FORMS = ['x', 'y', "z'\\", 'other', ''];
export const INDICATORS = ['output', 'energy', 'none'];

const two = (value: number): string => String(value).padStart(2, '0');
export const randomDay = (random: Random): string =>
  `2026-${two(1 + Math.floor(random() * 12))}-${two(1 + Math.floor(random() * 28))}`;

/** Days on which much happens: which of a day's values is the latest is told by what was reported last. */
const BUSY_DAYS = ['2026-03-28', '2026-09-28', '2026-12-28'];

const maybe = (random: Random, values: readonly number[]): number | null =>
  random() < 0.2 ? null : pick(random, values);

function randomBody(random: Random, unit: string, activity: string, position: number): Body {
  return {
    year: 2026,
    unit,
    activity,
    kind: pick(random, KINDS),
    bodyPos: position,
    state: 'reported',
    waived: false,
    appealOpen: false,
    recordedBy: 'unit',
    occurredOn: random() < 0.6 ? pick(random, BUSY_DAYS) : randomDay(random),
    title: '题',
    quantity: maybe(random, [0, -1, 2.5, 0.000001, 999_999_999_999.1234, 123_456_789.5]),
    due: maybe(random, [0, 3, 5.25, 999_999_999_999]),
    done: maybe(random, [0, 3, 2.75, -1, 999_999_999_999]),
    members: Array.from({ length: Math.floor(random() * 4) }, () => `m-${Math.floor(random() * 6)}`),
    form: pick(random, FORMS),
    score: maybe(random, [0, 100, 88.25, -3, 101]),
    indicator: pick(random, INDICATORS),
    value: maybe(random, [0, -4, 12.5, 3_000_000_000.25]),
    ledByHead: random() < 0.5,
    evidence: [],
    attachments: '',
    note: '',
  };
}

function changed(random: Random, body: Body, position: number): Body {
  const fate = random();
  if (fate < 0.4) {
    const { unit, activity, waived, recordedBy } = body;
    return { ...randomBody(random, unit, activity, position), waived, recordedBy };
  }
  if (fate < 0.5) return { ...body, waived: true };
  const state: ActivityState = pick(random, STATES);
  return { ...body, state };
}

/** Lives of activities in several units, their changes mixed over positions; recorded times never fall. */
export function randomLives(random: Random, units: readonly string[], activities: number): Life[] {
  const lives: Life[] = Array.from({ length: activities }, () => ({
    unit: pick(random, units),
    changes: [],
  }));
  let recorded = Date.UTC(2026, 0, 1);
  for (let position = 1; position <= activities * 3; position++) {
    recorded += Math.floor(random() * 3) * 1_000_000;
    const index = Math.floor(random() * activities);
    const life = lives[index] as Life;
    const last = life.changes.at(-1)?.body;
    if (last?.state === 'retracted') continue;
    const body = last
      ? changed(random, last, position)
      : randomBody(random, life.unit, `a${index}`, position);
    life.changes.push({ position, recorded, body });
  }
  return lives;
}

/** The versions that a life leaves behind up to a position, as projection writes them: closed rows follow open ones. */
export function versionsOf({ changes }: Life): ActivityVersion[] {
  return changes.flatMap(({ position, recorded, body }, index) => {
    const open = { ...body, fromPos: position, closedBy: 0, recordedFrom: recorded, recordedTo: OPEN_END };
    const next = changes[index + 1];
    return next ? [open, { ...open, closedBy: next.position, recordedTo: next.recorded }] : [open];
  });
}

/** What an activity is at a position and recorded time, the slow and plain way. */
export const stateAt = ({ changes }: Life, position: number, asOf: number | null): Body | undefined =>
  changes.filter((change) => change.position <= position && change.recorded <= (asOf ?? Infinity)).at(-1)
    ?.body;
