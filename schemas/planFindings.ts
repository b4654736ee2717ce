import { canonicalJson } from './canonical.ts';
import type { Day } from './dates.ts';
import { formsOf } from './measureTraits.ts';
import { type Measure, type Plan, SELF_INSPECTION } from './plan.ts';
import { dayOfYear } from './windows.ts';

/**
 * What is odd about a plan that its shape allows: it could hardly be met, or says two things at once. Whoever adopts it
 * is told so first.
 */
export type PlanFinding =
  /** What is asked for would itself be held against a unit: to meet the one is to fall under the other. */
  | { code: 'asked-and-punished'; list: 'requirements' | 'conditions'; id: string; other: string }
  /** Two requirements look at the same activities in the same way: what is done once counts twice. */
  | { code: 'asked-twice'; list: 'requirements'; id: string; other: string }
  /** Two requirements measure the same kind by the same rule with other numbers. */
  | { code: 'measured-twice'; list: 'requirements'; id: string; other: string }
  /** Two requirements say opposite things of a kind of which nothing is reported: one gives full marks, one none. */
  | { code: 'contradicts'; list: 'requirements'; id: string; other: string }
  /** A day that is new in this version and over already: who has not done it by then can never meet it. */
  | { code: 'day-is-over'; list: 'requirements' | 'conditions'; id: string; by: Day }
  /** A deduction whose single incident is above its own maximum. */
  | { code: 'above-maximum'; list: 'deductions'; id: string }
  /** A criterion that asks for nothing never has a score; its weight and its deductions count for nothing. */
  | { code: 'asks-nothing'; list: 'criteria'; id: string }
  /** A requirement that a submitted self-inspection was meant for: no activity has that kind. */
  | { code: 'no-activity'; list: 'requirements'; id: string }
  /** The number of a clause whose text is missing, where others have theirs. */
  | {
      code: 'no-clause';
      list: 'requirements' | 'deductions' | 'vetoes' | 'conditions';
      id: string;
      clause: string;
    };

export type PlanFindingCode = PlanFinding['code'];

/**
 * What nobody could meet. Such a plan is legal, and a stream may hold one; but whoever adopts it on the page, or by the
 * interface, has to name each of these as meant.
 */
const UNMEETABLE: ReadonlySet<PlanFindingCode> = new Set([
  'asked-and-punished',
  'no-activity',
  'contradicts',
  'day-is-over',
]);
export const isUnmeetable = ({ code }: Pick<PlanFinding, 'code'>): boolean => UNMEETABLE.has(code);

/** By which a finding is named as meant. */
export const findingKey = ({ code, id }: Pick<PlanFinding, 'code' | 'id'>): string => `${code}:${id}`;

/** What a draft is held against: the version in use, and the day on which it would be adopted. */
export type PlanContext = { adopted: Plan | null; today: Day };

function punished(plan: Plan): PlanFinding[] {
  const incidents = new Map([...plan.vetoes, ...plan.deductions].map(({ kind, id }) => [kind, id]));
  return (['requirements', 'conditions'] as const).flatMap((list) =>
    plan[list].flatMap(({ id, kind }): PlanFinding[] => {
      const other = incidents.get(kind);
      return other === undefined ? [] : [{ code: 'asked-and-punished', list, id, other }];
    }),
  );
}

function twice({ requirements }: Plan): PlanFinding[] {
  const whole = new Map<string, string>();
  const byRule = new Map<string, string>();
  return requirements.flatMap(({ id, kind, measure }): PlanFinding[] => {
    const exact = canonicalJson({ kind, measure });
    const rule = canonicalJson({ kind, type: measure.type, ...('per' in measure && { per: measure.per }) });
    const [same, alike] = [whole.get(exact), byRule.get(rule)];
    if (same === undefined) whole.set(exact, id);
    if (alike === undefined) byRule.set(rule, id);
    if (same !== undefined) return [{ code: 'asked-twice', list: 'requirements', id, other: same }];
    // Lists of forms look at different things, and a head's own activities are part of all.
    const isRefined = formsOf(measure).length > 0 || ('ledByHead' in measure && measure.ledByHead === true);
    if (alike === undefined || isRefined) return [];
    return [{ code: 'measured-twice', list: 'requirements', id, other: alike }];
  });
}

type WhenNone = Extract<Measure, { whenNone: unknown }>['whenNone'];
const whenNoneOf = (measure: Measure): WhenNone | undefined =>
  'whenNone' in measure ? measure.whenNone : undefined;
const OPPOSITE: Partial<Record<WhenNone, WhenNone>> = { zero: 'full', full: 'zero' };

/** From the side of the one that comes later. */
function contradicting({ requirements }: Plan): PlanFinding[] {
  return requirements.flatMap(({ id, kind, measure }, index): PlanFinding[] => {
    const opposite = OPPOSITE[whenNoneOf(measure) ?? 'exclude'];
    const other = requirements
      .slice(0, index)
      .find((one) => one.kind === kind && opposite !== undefined && whenNoneOf(one.measure) === opposite);
    return other ? [{ code: 'contradicts', list: 'requirements', id, other: other.id }] : [];
  });
}

type Due = { list: 'requirements' | 'conditions'; id: string; by: string };
const duesOf = ({ requirements, conditions }: Plan): Due[] => [
  ...requirements.flatMap(({ id, measure }): Due[] =>
    'by' in measure ? [{ list: 'requirements', id, by: measure.by }] : [],
  ),
  ...conditions.map(({ id, by }): Due => ({ list: 'conditions', id, by })),
];

/** While no version is in use, a plan may tell of days that units knew of otherwise. */
function overAlready(plan: Plan, { adopted, today }: PlanContext): PlanFinding[] {
  if (!adopted) return [];
  const before = new Map(duesOf(adopted).map(({ list, id, by }) => [`${list} ${id}`, by]));
  return duesOf(plan).flatMap(({ list, id, by }): PlanFinding[] => {
    const day = dayOfYear(plan.year, by);
    return day < today && before.get(`${list} ${id}`) !== by
      ? [{ code: 'day-is-over', list, id, by: day }]
      : [];
  });
}

function withoutText(plan: Plan): PlanFinding[] {
  if (!plan.clauses?.length) return [];
  const known = new Set(plan.clauses.map(({ id }) => id));
  return (['requirements', 'deductions', 'vetoes', 'conditions'] as const).flatMap((list) =>
    plan[list]
      .filter(({ clause }) => !known.has(clause))
      .map(({ id, clause }): PlanFinding => ({ code: 'no-clause', list, id, clause })),
  );
}

/** In the order in which they weigh; what depends on the day is found where a context is given. */
export function planFindings(plan: Plan, context?: PlanContext): PlanFinding[] {
  const asking = new Set(plan.requirements.map(({ criterion }) => criterion));
  return [
    ...punished(plan),
    ...plan.requirements
      .filter(({ kind }) => kind === SELF_INSPECTION)
      .map(({ id }): PlanFinding => ({ code: 'no-activity', list: 'requirements', id })),
    ...contradicting(plan),
    ...(context ? overAlready(plan, context) : []),
    ...plan.criteria
      .filter(({ id }) => !asking.has(id))
      .map(({ id }): PlanFinding => ({ code: 'asks-nothing', list: 'criteria', id })),
    ...plan.deductions
      .filter(({ points, max }) => points > max)
      .map(({ id }): PlanFinding => ({ code: 'above-maximum', list: 'deductions', id })),
    ...twice(plan),
    ...withoutText(plan),
  ];
}
