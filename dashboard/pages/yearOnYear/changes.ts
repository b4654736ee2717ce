import type { Day } from '#schemas/dates.ts';
import type { Plan } from '#schemas/plan.ts';
import { type PlanDifference, planDifferences } from '#schemas/planDifferences.ts';
import { isOfficial, type YearFact } from '#schemas/presentation/answers/yearOnYear.ts';
import { exactDifference, plainText } from '#schemas/presentation/numbers.ts';
import type { Basis } from '#schemas/results/results.ts';
import type { YearOnYear, YearOnYearRow } from '#schemas/results/yearOnYear.ts';
import type { SlopeLine } from '../../charts/slope.ts';
import { someUnits } from '../../locales/someOf.ts';
import { unbegunUnits } from '../../locales/unbegun.ts';
import type { Words } from '../../locales/words.ts';
import { differenceLine } from '../plan/draft.ts';

export const METHODS = ['official', 'underOwn', 'underOther'] as const;
export type MethodName = (typeof METHODS)[number];

export const methodOf = (text: string | null): MethodName =>
  METHODS.find((method) => method === text) ?? 'official';

export const methodWord = (words: Words, method: MethodName, year: number, other: number): string =>
  words.say(`yearOnYear.${method}`, { year: method === 'underOther' ? other : year });

type Side = { rank: number | null; total: number | null } | null;
/** A unit in both years under one method. */
export type Change = {
  unit: string;
  name: string;
  group: string;
  now: Side;
  before: Side;
  /** Since when it is there, where it had not begun on one of the two days: that day has no place of it. */
  since: Day | null;
  /** Points of the total gained; null where a year has none. */
  points: number | null;
  places: number | null;
};

const lastIfNone = (side: Side): number => side?.rank ?? Number.POSITIVE_INFINITY;

/** The days that the two years are compared on: of whole years their last ones. */
export const comparedDays = ({
  basis,
  on,
  plan,
  with: other,
}: Pick<YearOnYear, 'basis' | 'on' | 'plan' | 'with'>) =>
  basis === 'year'
    ? { now: `${plan.year}-12-31`, before: `${other.plan.year}-12-31` }
    : { now: on, before: other.on };

/** With what a file of the page is compared, as filters have it: the whole other year, or a day of it. */
export const comparedTo = (seen: Pick<YearOnYear, 'basis' | 'on' | 'plan' | 'with'>): string =>
  seen.basis === 'year' ? String(seen.with.plan.year) : comparedDays(seen).before;

/** By this year's rank under the method; those that have none come last. */
export function changesOf(
  rows: readonly YearOnYearRow[],
  method: MethodName,
  group: string | null,
  days: { now: Day; before: Day },
): Change[] {
  return rows
    .filter((row) => group === null || row.group === group)
    .map((row) => {
      const { since } = row;
      const heldOn = (day: Day, side: Side): Side => (since !== null && since > day ? null : side);
      const now = heldOn(days.now, row[method].now);
      const before = heldOn(days.before, row[method].before);
      const points =
        now?.total != null && before?.total != null ? exactDifference(now.total, before.total) : null;
      const places = now?.rank != null && before?.rank != null ? before.rank - now.rank : null;
      return { unit: row.unit, name: row.name, group: row.group, now, before, since, points, places };
    })
    .sort((a, b) => lastIfNone(a.now) - lastIfNone(b.now) || 0);
}

/** A mean of what was won and lost, in words: a minus before points reads like a score. */
const meanChange = (words: Words, mean: number): string =>
  mean === 0
    ? words.say('yearOnYear.meanSame')
    : words.say(mean > 0 ? 'yearOnYear.meanUp' : 'yearOnYear.meanDown', {
        points: words.gap(Math.abs(mean)),
      });

const LACKS = {
  now: 'yearOnYear.noneNow',
  before: 'yearOnYear.noneBefore',
  both: 'yearOnYear.noneBoth',
  common: 'yearOnYear.noneCommon',
} as const;

/** The sentences of the facts; `method` in words. */
export const yearAnswer = (
  words: Words,
  facts: readonly YearFact[],
  {
    method,
    year,
    other,
    group = null,
  }: { method: string; year: number; other: number; group?: string | null },
): string[] => [
  ...(group === null ? [] : [words.say('ranking.answerWithin', { group: words.term(group) })]),
  ...facts.map((fact) => {
    if (fact.kind === 'nothing') return words.say(LACKS[fact.lacks], { year, other: String(other) });
    if (fact.kind === 'unranked') return words.say('yearOnYear.answerUnranked', {}, fact.units);
    if (fact.kind === 'best')
      return words.say('yearOnYear.answerBest', {
        unit: someUnits(words, fact.units),
        points: words.signed(fact.points, fact.decimals),
      });
    if (fact.kind === 'unbegun')
      return words.say('yearOnYear.answerUnbegun', {
        units: unbegunUnits(words, fact.units),
      });
    const { up, down, same, mean } = fact;
    return words.say('yearOnYear.answer', { method, up, down, same, change: meanChange(words, mean) });
  }),
];

/** What a method means. Each year under its own plan is the official result of whole years that are over or sealed. */
export function methodMeans(
  words: Words,
  method: MethodName,
  basis: Basis,
  year: { over: boolean; sealed: boolean },
): string {
  if (method !== 'official' || isOfficial(basis, year)) return words.say(`yearOnYear.${method}Means`);
  return words.say(basis === 'year' ? 'yearOnYear.unendedMeans' : 'yearOnYear.toDateMeans');
}

/** To date, which day each year is seen from: the earlier one is not the whole year that a ranking compares with. */
export const daysSeen = (
  words: Words,
  { basis, on, with: { on: before, plan } }: Pick<YearOnYear, 'basis' | 'on' | 'with'>,
) =>
  basis === 'year'
    ? []
    : [
        words.say('yearOnYear.days', {
          day: words.fullDay(on),
          before: words.fullDay(before),
          other: String(plan.year),
        }),
      ];

export const linesOf = (changes: readonly Change[]): SlopeLine[] =>
  changes.flatMap(({ unit, name, now, before }) =>
    now?.rank != null && before?.rank != null ? [{ unit, name, before: before.rank, after: now.rank }] : [],
  );

/** Of an item: what it is called and cites does not judge. */
const UNJUDGED = new Set(['name', 'clause', 'basis']);

/** What judges otherwise beside weights and requirements: deductions, vetoes, conditions, and what counts. */
function isJudgedBeside(difference: PlanDifference): boolean {
  const { list } = difference;
  if (list === 'plan') return difference.id === 'counts';
  if (list !== 'deductions' && list !== 'vetoes' && list !== 'conditions') return false;
  return difference.change !== 'changed' || difference.fields.some((field) => !UNJUDGED.has(field));
}

/** How the two plans differ, in sentences. */
export function planWords(words: Words, plan: Plan, other: Plan, { changes, leftOut }: YearOnYear): string[] {
  type Named = readonly { id: string; name: Plan['title'] }[];
  const nameOf = (of: (one: Plan) => Named, id: string): string => {
    const name = [...of(plan), ...of(other)].find((item) => item.id === id)?.name;
    return name ? words.name(name) : id;
  };
  const named = (ids: readonly string[]): string =>
    words.list(ids.map((id) => nameOf(({ requirements }) => requirements, id)));
  const sentence = (key: 'added' | 'dropped' | 'changed' | 'leftOut', ids: readonly string[]): string[] =>
    ids.length ? [words.say(`yearOnYear.${key}`, { names: named(ids) })] : [];
  return [
    ...changes.weights.map(({ id, weight, before }) =>
      words.say('yearOnYear.weight', {
        criterion: nameOf(({ criteria }) => criteria, id),
        before: plainText(before),
        weight: plainText(weight),
      }),
    ),
    ...sentence('added', changes.added),
    ...sentence('dropped', changes.dropped),
    ...sentence('changed', changes.changed),
    ...planDifferences(plan, other)
      .filter(isJudgedBeside)
      .map((difference) => differenceLine(words, plan, other, difference)),
    ...sentence('leftOut', [...new Set([...leftOut.own, ...leftOut.other])]),
  ];
}
