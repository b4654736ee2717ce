import { entryOf } from '#schemas/entries.ts';
import type { Plan } from '#schemas/plan.ts';
import { endsOf } from '#schemas/presentation/answers/extremes.ts';
import { exactDifference } from '#schemas/presentation/numbers.ts';
import type { RankingRow, RequirementRow, Standing, WindowRow } from '#schemas/results.ts';
import type { CompareRow } from '../../charts/compareProfile.ts';
import { type Sheet, scored, shared } from '../../components/sheet.ts';
import { innerQuotes } from '../../locales/quotes.ts';
import type { Words } from '../../locales/words.ts';

export const MOST = 4;

/** `units=a,b,c` of the address: at most four, each once. */
export const parseUnits = (text: string | null): string[] =>
  [...new Set((text ?? '').split(',').filter((id) => id !== ''))].slice(0, MOST);

/** Why a unit of the address is not shown: to a unit, others are hidden whether they are ranked or not. */
export const strangerWord = (words: Words, unit: string, year: number, seesAll: boolean): string =>
  seesAll ? words.say('compare.notRanked', { unit, year }) : words.say('compare.notOpen', { unit });

export const formatUnits = (units: readonly string[]): string | null => units.join(',') || null;

export type Side = { attainment: number | null; lost: number | null; windows: readonly WindowRow[] };

/** One requirement of all units compared, in their order. */
export type Difference = {
  requirement: Pick<RequirementRow, 'id' | 'criterion' | 'name' | 'clause'>;
  sides: (Side | null)[];
  /** Points between who loses most and who loses least by it; null where fewer than two are counted. */
  spread: number | null;
};

const spreadOf = (values: readonly (number | null | undefined)[]): number | null => {
  const known = values.filter((value): value is number => value !== null && value !== undefined);
  return known.length < 2 ? null : Math.max(...known) - Math.min(...known);
};

/** Requirements by how much they set the units apart, then in plan order. */
export function differencesOf(standings: readonly Standing[]): Difference[] {
  const [first] = standings;
  if (!first) return [];
  const byId = standings.map(({ requirements }) => new Map(requirements.map((row) => [row.id, row])));
  const all = first.requirements.map((requirement): Difference => {
    const sides = byId.map((rows) => rows.get(requirement.id) ?? null);
    return { requirement, sides, spread: spreadOf(sides.map((side) => side?.lost)) };
  });
  return all.sort((a, b) => (b.spread ?? -1) - (a.spread ?? -1));
}

export const compareRows = (
  words: Words,
  plan: Pick<Plan, 'criteria'>,
  rows: readonly RankingRow[],
): CompareRow[] =>
  plan.criteria.map(({ id, name }) => ({
    criterion: id,
    name: words.name(name),
    scores: rows.map(({ criteria }) => entryOf(criteria, id) ?? null),
  }));

export const compareSheet = (
  words: Words,
  rows: readonly RankingRow[],
  criteria: readonly CompareRow[],
): Sheet => ({
  head: [words.say('compare.criterion'), ...rows.map(({ name }) => scored(name))],
  body: [
    ...criteria.map(({ name, scores }) => [name, ...scores]),
    [words.say('ranking.total'), ...rows.map(({ total }) => total)],
    [words.say('ranking.rank'), ...rows.map(({ rank }) => words.count(rank))],
  ],
});

export const differenceSheet = (
  words: Words,
  rows: readonly RankingRow[],
  differences: readonly Difference[],
): Sheet => ({
  head: [
    words.say('unit.requirement'),
    words.say('unit.clause'),
    ...rows.flatMap(({ name }) => [
      shared(`${name} ${words.say('unit.attainment')}`),
      scored(`${name} ${words.say('unit.lost')}`),
    ]),
    scored(words.say('compare.spread')),
  ],
  body: differences.map(({ requirement, sides, spread }) => [
    words.name(requirement.name),
    requirement.clause,
    ...sides.flatMap((side) => [side?.attainment ?? null, side?.lost ?? null]),
    spread,
  ]),
});

const namesOf = (words: Words, rows: readonly RankingRow[]): string =>
  words.list(rows.map(({ name }) => name));

function leadSentence(words: Words, rows: readonly RankingRow[]): string | null {
  const ends = endsOf(rows, ({ total }) => total);
  if (!ends) return null;
  if (ends.equal) {
    const total = words.score(ends.all[0]?.total);
    return ends.all.length > 1
      ? words.say('compare.answerTied', { names: namesOf(words, ends.all), total })
      : null;
  }
  const [high, low] = [ends.highest[0]?.total ?? 0, ends.lowest[0]?.total ?? 0];
  return words.say(ends.highest.length > 1 ? 'compare.answerShared' : 'compare.answer', {
    first: namesOf(words, ends.highest),
    last: namesOf(words, ends.lowest),
    total: words.score(high),
    lead: words.gap(exactDifference(high, low)),
  });
}

function criterionSentence(
  words: Words,
  rows: readonly RankingRow[],
  criteria: readonly CompareRow[],
): string | null {
  const widest = criteria.reduce<CompareRow | null>(
    (most, row) => ((spreadOf(row.scores) ?? 0) > (most ? (spreadOf(most.scores) ?? 0) : 0) ? row : most),
    null,
  );
  if (!widest) return null;
  const ends = endsOf(
    widest.scores.map((score, place) => ({ score, row: rows[place] })),
    ({ score }) => score,
  );
  if (!ends || ends.equal) return null;
  const named = (side: typeof ends.highest): string => words.list(side.flatMap(({ row }) => row?.name ?? []));
  return words.say('compare.answerCriterion', {
    criterion: widest.name,
    best: named(ends.highest),
    high: words.score(ends.highest[0]?.score),
    worst: named(ends.lowest),
    low: words.score(ends.lowest[0]?.score),
  });
}

/** Who leads and by how much, in which type they differ most, and in which requirement. */
export function compareAnswer(
  words: Words,
  rows: readonly RankingRow[],
  criteria: readonly CompareRow[],
  differences: readonly Difference[],
): string[] {
  if (rows.length === 0) return [words.say('compare.none')];
  if (rows.length === 1) return [words.say('compare.one')];
  const [most] = differences;
  const requirement = most?.spread
    ? words.say('compare.answerRequirement', {
        name: innerQuotes(words.name(most.requirement.name)),
        points: words.gap(most.spread),
      })
    : null;
  return [leadSentence(words, rows), criterionSentence(words, rows, criteria), requirement].filter(
    (sentence): sentence is string => sentence !== null,
  );
}

export type Suggestion = { label: string; units: string[] };

/** Where one may begin: the first two, the two ends, the best of each group. */
export function suggestions(words: Words, rows: readonly RankingRow[], group: string | null): Suggestion[] {
  const ranked = rows.filter((row) => row.rank !== null && (group === null || row.group === group));
  const [first, second] = ranked;
  const last = ranked.at(-1);
  if (!first || !second || !last) return [];
  const groups = [...new Set(ranked.map((row) => row.group))];
  const GROUP_TOP = 3;
  return [
    { label: words.say('compare.topTwo'), units: [first.unit, second.unit] },
    ...(last === second ? [] : [{ label: words.say('compare.ends'), units: [first.unit, last.unit] }]),
    ...groups.flatMap((id) => {
      const own = ranked.filter((row) => row.group === id).slice(0, GROUP_TOP);
      const label = words.say('compare.groupTop', { group: words.term(id) });
      return own.length === GROUP_TOP ? [{ label, units: own.map(({ unit }) => unit) }] : [];
    }),
  ];
}
