import { endsOf } from '#schemas/presentation/answers/extremes.ts';
import { exactMean } from '#schemas/presentation/numbers.ts';
import { type Table, tableAt } from '#schemas/presentation/table.ts';
import { rankingTable } from '#schemas/presentation/tables/ranking.ts';
import type { RankingRow } from '#schemas/results.ts';
import { type Frame, groupsOf, ranked, scoresOf, someNames } from '../frame.ts';
import { points, text, toldApart, whole } from './columns.ts';

const describe = (frame: Frame) =>
  rankingTable(frame, frame.plan, {
    compared: frame.rows.some(({ previousRank }) => previousRank !== undefined),
  });

/** The ranking with everything that is known of each unit, for sheets and CSV. */
export const rankingSheet = (frame: Frame): Table => tableAt(describe(frame), frame.rows, 'sheet');

/** The ranking as it fits a page: what an official reads first. */
export const rankingPage = (frame: Frame): Table => ({
  ...tableAt(describe(frame), frame.rows, 'page'),
  title: frame.words.chart.rankingTable,
});

const NAMED = 2;

/** All that share an end, the first few by name; null where nobody does. */
const endNames = (frame: Frame, rows: readonly Pick<RankingRow, 'name'>[]): string | null =>
  rows.length === 0 ? null : someNames(frame, rows, NAMED);

/** Each criterion over all units. */
export function criteriaTable(frame: Frame): Table {
  const { words, rows } = frame;
  const { column } = words;
  const table: Table = {
    id: 'criteria',
    title: words.section.criteria.heading,
    columns: [
      text('criterion', column.criterion, 13),
      points('weight', column.weight, 8),
      points('mean', column.mean, 8),
      text('best', column.best, 20),
      points('bestScore', column.bestScore, 8),
      text('lowest', column.lowest, 20),
      points('lowestScore', column.lowestScore, 8),
      whole('below', column.below, 11),
    ],
    rows: frame.criteria.map(({ id, label, weight }) => {
      const scores = scoresOf(rows, id);
      const ends = endsOf(scores, ({ score }) => score);
      const [best, lowest] = !ends ? [[], []] : ends.equal ? [ends.all, []] : [ends.highest, ends.lowest];
      const named = (side: typeof scores) =>
        endNames(
          frame,
          side.map(({ row }) => row),
        );
      return [
        label,
        weight,
        exactMean(scores.map(({ score }) => score)),
        named(best),
        best[0]?.score ?? null,
        named(lowest),
        lowest[0]?.score ?? null,
        scores.filter(({ score }) => score < 60).length,
      ];
    }),
  };
  return toldApart(table, ['mean', 'bestScore', 'lowestScore']);
}

/** Each group: how many units, their means, and the best. */
export function groupTable(frame: Frame): Table {
  const { words, rows } = frame;
  const { column } = words;
  const average = (members: readonly RankingRow[], criterion: string) =>
    exactMean(scoresOf(members, criterion).map(({ score }) => score));
  const table: Table = {
    id: 'groups',
    title: words.section.groups.heading,
    columns: [
      text('group', column.group, 14),
      whole('units', column.units),
      points('mean', column.mean, 8),
      ...frame.criteria.map(({ id, label }) => points(id, label, 8)),
      text('best', column.best, 20),
    ],
    rows: groupsOf(rows).map((group) => {
      const members = rows.filter((row) => row.group === group);
      const placed = ranked(members);
      return [
        frame.term(group),
        members.length,
        exactMean(placed.map(({ total }) => total)),
        ...frame.criteria.map(({ id }) => average(members, id)),
        endNames(
          frame,
          placed.filter(({ total }) => total === placed[0]?.total),
        ),
      ];
    }),
  };
  return toldApart(table, ['mean', ...frame.criteria.map(({ id }) => id)]);
}

/** A unit's score in each criterion with the distance to the best, one row a unit and criterion. */
export function scoresSheet(frame: Frame): Table {
  const { words, rows } = frame;
  const { column } = words;
  const table: Table = {
    id: 'criteria',
    title: words.sheet.criteria,
    columns: [
      text('criterion', column.criterion, 14),
      whole('place', column.rank),
      text('name', column.unit, 22),
      text('group', column.group, 14),
      points('score', column.score),
    ],
    rows: frame.criteria.flatMap(({ id, label }) => {
      const scores = scoresOf(rows, id);
      let place = 0;
      return scores.map(({ row, score }, index) => {
        if (index === 0 || score !== scores[index - 1]?.score) place = index + 1;
        return [label, place, row.name, frame.term(row.group), score];
      });
    }),
  };
  return toldApart(table, ['score'], ([criterion]) => criterion ?? null);
}
