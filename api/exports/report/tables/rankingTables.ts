import { entryOf } from '#schemas/entries.ts';
import { commendableOf } from '#schemas/presentation/answers/commendable.ts';
import { endsOf } from '#schemas/presentation/answers/extremes.ts';
import { bandText, exactMean, exactSum } from '#schemas/presentation/numbers.ts';
import type { Cell, Heading, Table } from '#schemas/presentation/table.ts';
import type { RankingRow } from '#schemas/results.ts';
import { type Frame, groupsOf, incidentName, ranked, scoresOf } from '../frame.ts';
import { points, share, text, whole } from './columns.ts';

const vetoedRows = (rows: readonly RankingRow[]): number[] =>
  rows.flatMap((row, index) => (row.vetoes.length ? [index] : []));

const deductedFrom = (row: RankingRow): number => exactSum(row.deductions.map(({ points }) => points));

const scoreColumns = (frame: Frame): Heading[] => frame.criteria.map(({ id, label }) => points(id, label));

const scoreCells = (frame: Frame, row: RankingRow): Cell[] =>
  frame.criteria.map(({ id }) => entryOf(row.criteria, id) ?? null);

const moved = ({ rank, previousRank }: RankingRow): number | null =>
  rank === null || previousRank == null ? null : previousRank - rank;

/** The ranking with everything that is known of each unit, for sheets and CSV. */
export function rankingSheet(frame: Frame): Table {
  const { words, rows } = frame;
  const { column } = words;
  const vetoesOf = (row: RankingRow): string => frame.list(row.vetoes.map((id) => incidentName(frame, id)));
  const compared = rows.some(({ previousRank }) => previousRank !== undefined);
  return {
    id: 'ranking',
    title: words.sheet.ranking,
    columns: [
      whole('rank', column.rank),
      text('name', column.unit, 20),
      text('unit', column.id, 9),
      text('group', column.group, 11),
      ...scoreColumns(frame),
      points('total', column.total),
      points('totalWithoutVeto', column.uncapped, 12),
      whole('bandLow', column.bandLow, 9),
      whole('bandHigh', column.bandHigh, 9),
      share('topShare', column.topShare, 9),
      whole('groupRank', column.groupRank, 9),
      text('eligible', column.eligible, 9, { centred: true }),
      text('vetoes', column.vetoes, 18),
      points('deducted', column.deducted),
      ...(compared ? [whole('previousRank', column.previous, 10), whole('moved', column.change)] : []),
    ],
    rows: rows.map((row) => [
      row.rank,
      row.name,
      row.unit,
      frame.term(row.group),
      ...scoreCells(frame, row),
      row.total,
      row.totalWithoutVeto,
      row.band?.[0] ?? null,
      row.band?.[1] ?? null,
      row.topShare,
      row.groupRank,
      eligibleCell(frame, row),
      vetoesOf(row),
      deductedFrom(row),
      ...(compared ? [row.previousRank ?? null, moved(row)] : []),
    ]),
    alarmed: vetoedRows(rows),
  };
}

function eligibleCell({ words }: Frame, row: RankingRow): string {
  const is = commendableOf(row);
  if (is === 'open') return words.openConditions(row.open ?? 0);
  return is === 'met' ? words.yes : words.no;
}

/** The ranking as it fits a page: what an official reads first. */
export function rankingPage(frame: Frame): Table {
  const { words, rows } = frame;
  const { column } = words;
  return {
    id: 'ranking',
    title: words.chart.rankingTable,
    columns: [
      whole('rank', column.rank, 6),
      text('name', column.unit, 20),
      text('group', column.group, 12),
      ...frame.criteria.map(({ id, label }) => points(id, label, 8)),
      points('total', column.total, 8),
      text('band', column.band, 8, { centred: true }),
      whole('groupRank', column.groupRankShort, 6),
    ],
    rows: rows.map((row) => [
      row.rank,
      row.vetoes.length ? `${row.name}${words.chart.vetoMark}` : row.name,
      frame.term(row.group),
      ...scoreCells(frame, row),
      row.total,
      bandText(row.band),
      row.groupRank,
    ]),
    alarmed: vetoedRows(rows),
  };
}

const NAMED = 2;

/** All that share an end, the first few by name; null where nobody does. */
function someNames({ words, list }: Frame, rows: readonly Pick<RankingRow, 'name'>[]): string | null {
  if (rows.length === 0) return null;
  const names = list(rows.slice(0, NAMED).map(({ name }) => name));
  return rows.length > NAMED ? words.say.andMore(names, rows.length - NAMED) : names;
}

/** Each criterion over all units. */
export function criteriaTable(frame: Frame): Table {
  const { words, rows } = frame;
  const { column } = words;
  return {
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
        someNames(
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
}

/** Each group: how many units, their means, and the best. */
export function groupTable(frame: Frame): Table {
  const { words, rows } = frame;
  const { column } = words;
  const average = (members: readonly RankingRow[], criterion: string) =>
    exactMean(scoresOf(members, criterion).map(({ score }) => score));
  return {
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
        someNames(
          frame,
          placed.filter(({ total }) => total === placed[0]?.total),
        ),
      ];
    }),
  };
}

/** A unit's score in each criterion with the distance to the best, one row a unit and criterion. */
export function scoresSheet(frame: Frame): Table {
  const { words, rows } = frame;
  const { column } = words;
  return {
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
}
