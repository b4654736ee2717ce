import { entryOf } from '#schemas/entries.ts';
import type { Plan } from '#schemas/plan.ts';
import { spreadOf } from '#schemas/presentation/answers/compare.ts';
import type { RankingRow, RequirementRow, Standing, UnitRow, WindowRow } from '#schemas/results/results.ts';
import type { CompareRow } from '../../charts/compareProfile.ts';
import { cut } from '../../charts/cut.ts';
import { type Sheet, scored } from '../../components/sheet.ts';
import { whyNotRanked } from '../../components/whyNotRanked.ts';
import type { Words } from '../../locales/words.ts';

export const MOST = 4;

/** Of a name so much stands in a file's name, in half-width characters: four of them have room there. */
const IN_FILE = 24;
/** What a file of some units is called: out of its page, its name says whose figures it holds. */
export const fileTitle = (words: Words, title: string, rows: readonly Pick<RankingRow, 'name'>[]): string =>
  `${title} ${words.list(rows.map(({ name }) => cut(name, IN_FILE)))}`;

/** `units=a,b,c` of the address: at most four, each once. */
export const parseUnits = (text: string | null): string[] =>
  [...new Set((text ?? '').split(',').filter((id) => id !== ''))].slice(0, MOST);

/** Why a unit of the address is not shown: it was closed, it came later, there is none, or it has no row in the year. */
export const strangerWord = (
  words: Words,
  { unit, year, found }: { unit: string; year: number; found: UnitRow | null },
): string =>
  words.say('compare.leftOut', {
    why:
      whyNotRanked(words, { unit, year, found }) ??
      words.say('state.noUnit', { unit: found?.name ?? unit, year }),
  });

/** To a unit, others are hidden whether they are ranked or not. */
export const hiddenWord = (words: Words, unit: string): string => words.say('compare.notOpen', { unit });

export const formatUnits = (units: readonly string[]): string | null => units.join(',') || null;

export type Side = { attainment: number | null; lost: number | null; windows: readonly WindowRow[] };

/** One requirement of all units compared, in their order. */
export type Difference = {
  requirement: Pick<RequirementRow, 'id' | 'criterion' | 'name' | 'clause'>;
  sides: (Side | null)[];
  /** Points between who loses most and who loses least by it; null where fewer than two are counted. */
  spread: number | null;
};

/** Requirements by how much they set the units apart, then in plan order. */
export function differencesOf(standings: readonly Pick<Standing, 'requirements'>[]): Difference[] {
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
