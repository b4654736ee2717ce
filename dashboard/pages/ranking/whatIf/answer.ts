import type { RankingRow } from '#schemas/results.ts';
import type { SlopeLine } from '../../../charts/slope.ts';
import type { Words } from '../../../locales/words.ts';

/** As many leaders as people ask about. */
const LEADERS = 3;

/** The ranks before and after, of the units that have both. */
export const linesOf = (rows: readonly RankingRow[]): SlopeLine[] =>
  rows.flatMap(({ unit, name, rank, previousRank }) =>
    rank === null || previousRank == null ? [] : [{ unit, name, before: previousRank, after: rank }],
  );

const leaders = (lines: readonly SlopeLine[], side: 'before' | 'after'): SlopeLine[] =>
  lines.filter((line) => line[side] <= LEADERS).sort((a, b) => a[side] - b[side]);

const namesOf = (words: Words, lines: readonly SlopeLine[]): string =>
  words.list(lines.map(({ name }) => name));

const sameUnits = (a: readonly SlopeLine[], b: readonly SlopeLine[]): boolean =>
  a.length === b.length && a.every(({ unit }, index) => unit === b[index]?.unit);

/** The same above the rows of one group: the places are the zone's, and not all that are named stand in the table. */
export const whatIfAnswerWithin = (
  words: Words,
  rows: readonly RankingRow[],
  group: string | null,
): string[] => [...(group === null ? [] : [words.say('whatIf.wholeZone')]), ...whatIfAnswer(words, rows)];

/** What other weights change: whether the first stay the first, how many move, who moves furthest. */
export function whatIfAnswer(words: Words, rows: readonly RankingRow[]): string[] {
  const lines = linesOf(rows);
  if (lines.length === 0) return [words.say('whatIf.noWeight')];
  const moved = lines.filter(({ before, after }) => before !== after);
  if (moved.length === 0) return [words.say('whatIf.unchanged')];
  const [was, is] = [leaders(lines, 'before'), leaders(lines, 'after')];
  const count = Math.min(LEADERS, lines.length);
  const first = sameUnits(was, is)
    ? words.say('whatIf.answerSame', { names: namesOf(words, is) }, count)
    : words.say('whatIf.answerOther', { names: namesOf(words, is), before: namesOf(words, was) }, count);
  const way = ({ before, after }: SlopeLine): number => Math.abs(before - after);
  const furthest = moved.reduce((best, line) => (way(line) > way(best) ? line : best));
  return [
    first,
    words.say('whatIf.answerMoved', {}, moved.length),
    words.say('whatIf.answerFurthest', {
      unit: furthest.name,
      from: furthest.before,
      to: furthest.after,
    }),
  ];
}
