import { z } from 'zod';
import { isTimezone, monthDay } from './dates.ts';
import { itemId, name, openId, words } from './ids.ts';
import { decimal } from './numbers.ts';
import { isVisible, NOTHING_TO_SEE } from './text.ts';

/**
 * The plan document (考核方案): one year's criteria, weights, requirements, deductions, vetoes and conditions.
 * It is data: groups, kinds, criteria, forms and indicators are open lists which the code does not know.
 */

export const bilingual = z.strictObject({ zh: name, en: name });
export type Bilingual = z.infer<typeof bilingual>;

const positive = decimal.refine((value) => value > 0, { error: 'must be greater than 0' });
const wholePositive = z.int().min(1).max(1_000_000);
const clause = z.string().min(1).max(64).refine(isVisible, { error: NOTHING_TO_SEE });
/** `text`: the source text itself sets the number; `default`: the number is ours, to be edited. */
export const basisOf = z.enum(['text', 'default']);

export const period = z.enum(['year', 'half', 'quarter', 'month']);
export type Period = z.infer<typeof period>;

const whenNone = z.enum(['zero', 'full', 'exclude']);

export const measure = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('count'),
    per: period,
    atLeast: wholePositive,
    ledByHead: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal('sum'),
    per: period,
    atLeast: positive,
    perMember: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal('coverage'),
    share: positive.refine((value) => value <= 1, { error: 'must be at most 1' }).default(1),
  }),
  z
    .strictObject({
      type: z.literal('variety'),
      forms: z.array(openId).min(1).max(64),
      atLeast: wholePositive,
    })
    .refine((variety) => new Set(variety.forms).size === variety.forms.length, {
      path: ['forms'],
      error: 'must not name a form twice',
    })
    .refine((variety) => variety.atLeast <= variety.forms.length, {
      path: ['atLeast'],
      error: 'must not exceed the number of forms',
    }),
  z.strictObject({ type: z.literal('ratio'), whenNone }),
  z.strictObject({ type: z.literal('target') }),
  z.strictObject({ type: z.literal('milestone'), by: monthDay }),
  z.strictObject({ type: z.literal('appraisal'), whenNone }),
]);
export type Measure = z.infer<typeof measure>;

export const criterion = z.strictObject({ id: openId, name: bilingual, weight: positive });
export type Criterion = z.infer<typeof criterion>;

export const requirement = z.strictObject({
  id: itemId,
  criterion: openId,
  name: bilingual,
  clause,
  basis: basisOf,
  points: positive,
  kind: openId,
  measure,
});
export type Requirement = z.infer<typeof requirement>;

export const deduction = z.strictObject({
  id: itemId,
  criterion: openId,
  name: bilingual.optional(),
  clause,
  basis: basisOf,
  kind: openId,
  points: positive,
  max: positive,
});
export type Deduction = z.infer<typeof deduction>;

export const veto = z.strictObject({
  id: itemId,
  name: bilingual.optional(),
  clause,
  basis: basisOf,
  kind: openId,
  cap: decimal.refine((value) => value >= 0 && value <= 100, { error: 'must lie within 0 and 100' }),
});
export type Veto = z.infer<typeof veto>;

export const condition = z.strictObject({
  id: itemId,
  name: bilingual.optional(),
  clause,
  basis: basisOf,
  kind: openId,
  by: monthDay,
});
export type Condition = z.infer<typeof condition>;

/** A clause of the source text, under the number by which requirements name it. */
export const clauseText = z.strictObject({
  id: clause,
  text: z.strictObject({ zh: words(4_000), en: words(4_000) }),
});

/** The kind of condition that a submitted self-inspection meets, not an activity. */
export const SELF_INSPECTION = 'self-inspection';

const LISTS = ['criteria', 'requirements', 'deductions', 'vetoes', 'conditions', 'clauses'];

type Item = { id: string; criterion?: string };

/** Adds an issue for every repeated id and every criterion that the plan does not have. */
function checkReferences(
  plan: { criteria: Item[] } & Record<string, unknown>,
  context: z.RefinementCtx,
): void {
  const criteria = new Set(plan.criteria.map((item) => item.id));
  for (const list of LISTS) {
    const seen = new Set<string>();
    ((plan[list] ?? []) as Item[]).forEach((item, index) => {
      if (seen.has(item.id))
        context.addIssue({
          code: 'custom',
          path: [list, index, 'id'],
          message: `"${item.id}" is used twice`,
        });
      seen.add(item.id);
      if (item.criterion !== undefined && !criteria.has(item.criterion))
        context.addIssue({
          code: 'custom',
          path: [list, index, 'criterion'],
          message: `"${item.criterion}" is no criterion of this plan (it has ${[...criteria].join(', ')})`,
        });
    });
  }
}

/** What a unit sees of the other units' rows: rank and total, the rank alone, or nothing. */
export const others = z.enum(['rank-and-total', 'rank-only', 'none']);
export type Others = z.infer<typeof others>;
/** Where a plan says nothing of it. */
export const DEFAULT_OTHERS: Others = 'rank-and-total';

export const YEAR_MIN = 1949;
export const YEAR_MAX = 2199;
export const year = z.int().min(YEAR_MIN).max(YEAR_MAX);

export const plan = z
  .strictObject({
    year,
    version: z.int().min(1).max(1_000_000),
    timezone: z.string().refine(isTimezone, { error: 'must be an IANA time zone such as Asia/Shanghai' }),
    title: bilingual,
    /** Which activities count: `reported` all that stand, `verified` only those the department has verified. */
    counts: z.enum(['reported', 'verified']),
    others: others.optional(),
    criteria: z.array(criterion).min(1).max(64),
    requirements: z.array(requirement).min(1).max(1_000),
    deductions: z.array(deduction).max(1_000).default([]),
    vetoes: z.array(veto).max(1_000).default([]),
    conditions: z.array(condition).max(1_000).default([]),
    /** The source text, to be opened from every number of a clause. */
    clauses: z.array(clauseText).max(1_000).optional(),
  })
  .superRefine(checkReferences);
export type Plan = z.infer<typeof plan>;

/** The time zone that dates an event while no plan is adopted for its year. */
export const DEFAULT_TIMEZONE = 'Asia/Shanghai';

/** The kinds of which an activity is an incident: a deduction or a veto names them. */
export const incidentKinds = ({ deductions, vetoes }: Pick<Plan, 'deductions' | 'vetoes'>): string[] => [
  ...new Set([...deductions, ...vetoes].map(({ kind }) => kind)),
];
