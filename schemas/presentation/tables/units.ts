import type { Day } from '../../dates.ts';
import type { Bilingual } from '../../plan.ts';
import type { WindowRow } from '../../results/results.ts';
import { nameIn, type Speech } from '../speech.ts';
import { count, type Description, points, text } from '../table.ts';
import { attainment, group, rank, total, uncapped, unitName } from './shared.ts';

/** Tables with a unit a row. */

type Unit = { unit: string; name: string; group: string; rank: number | null };

/** Units with their score in one criterion. */
export function scoreTable(
  speech: Speech,
  title: string,
): Description<Unit & { score: number; deducted: number }> {
  const { column } = speech.vocabulary;
  return {
    id: 'scores',
    title,
    columns: [
      unitName(speech),
      group(speech),
      rank(speech),
      points('score', column.score, ({ score }) => score, { ordering: true }),
      points('deducted', column.deducted, ({ deducted }) => deducted, { not: ['screen'] }),
    ],
  };
}

type Met = Unit & { attainment: number; cost: number; windows: readonly WindowRow[] };

/** Units with how far they meet one requirement, and what that costs them. */
export function metTable(speech: Speech, title: string): Description<Met> {
  const { column, status } = speech.vocabulary;
  const told = ({ windows }: Met): string =>
    speech.list(windows.map((window) => `${speech.window(window.label)}${status[window.status]}`));
  return {
    id: 'met',
    title,
    columns: [
      unitName(speech),
      group(speech),
      text('windows', column.year, told, { not: ['phone', 'sheet'] }),
      rank(speech),
      attainment(speech),
      points('lost', column.lost, ({ cost }) => cost),
    ],
  };
}

type Vetoed = {
  unit: string;
  name: string;
  rank: number | null;
  total: number | null;
  totalWithoutVeto: number | null;
  vetoes: readonly string[];
};
type Vetoes = readonly { id: string; name?: Bilingual | undefined }[];

/** Who is vetoed, why, and what the total would be without. */
export const vetoedTable = (speech: Speech, title: string, vetoes: Vetoes): Description<Vetoed> => ({
  id: 'vetoed',
  title,
  columns: [
    unitName(speech),
    rank(speech),
    total(speech),
    uncapped(speech),
    text(
      'vetoes',
      speech.vocabulary.column.vetoes,
      (row) => speech.list(row.vetoes.map((id) => nameIn(speech, vetoes, id))),
      { not: ['screen'] },
    ),
  ],
});

/** Units that stand high enough to be commended, and what bars them. */
export const passedTable = <Row extends Unit & { total: number; vetoes: readonly string[] }>(
  speech: Speech,
  title: string,
  barredBy: (row: Row) => string,
): Description<Row> => ({
  id: 'passed',
  title,
  alarmed: ({ vetoes }) => vetoes.length > 0,
  columns: [
    rank(speech),
    unitName(speech),
    text('reason', speech.vocabulary.column.reason, barredBy, { width: 36 }),
    total(speech),
  ],
});

/** Totals of two times, side by side. */
const TOTALS = { ordering: true, quantity: 'total' } as const;

type Standing = { rank: number | null; total: number | null } | null;
type Change = {
  unit: string;
  name: string;
  group: string;
  now: Standing;
  before: Standing;
  /** Since when it is there, where it had not begun on one of the two days. */
  since: Day | null;
  points: number | null;
  places: number | null;
};

/** Units in two years; `since` says since when one is there that had not begun on a day. */
export function changeTable(
  speech: Speech,
  title: string,
  {
    year,
    other,
    absent,
    since,
  }: { year: number; other: number; absent: string; since: (day: Day) => string },
): Description<Change> {
  const { column } = speech.vocabulary;
  const placed = (side: Standing, begun: Day | null) => {
    if (side) return side.rank;
    return begun === null ? absent : since(begun);
  };
  return {
    id: 'changes',
    title,
    columns: [
      unitName(speech),
      { ...group(speech), not: ['screen'] },
      count('rank', `${column.rank} ${year}`, (row) => placed(row.now, row.before && row.since)),
      count('places', column.change, ({ places }) => places, { not: ['phone'] }),
      count('rankBefore', `${column.rank} ${other}`, ({ before, since: begun }) => placed(before, begun)),
      points('total', `${column.total} ${year}`, ({ now }) => now?.total ?? null, {
        ...TOTALS,
        not: ['phone'],
      }),
      points('totalBefore', `${column.total} ${other}`, ({ before }) => before?.total ?? null, {
        ...TOTALS,
        not: ['phone'],
      }),
      points('points', column.totalChange, (row) => row.points, {
        signed: true,
        quantity: 'total',
        between: ({ now, before }) => [before?.total, now?.total],
      }),
    ],
  };
}

type Difference = Pick<Change, 'unit' | 'name'> & { sealed: Standing; live: Standing; points: number };

/** Units that stand elsewhere than they were sealed. */
export function sealDifferenceTable({ vocabulary }: Speech, title: string): Description<Difference> {
  const { column } = vocabulary;
  return {
    id: 'differences',
    title,
    columns: [
      text('name', column.unit, ({ name }) => name),
      count('sealedRank', column.sealedRank, ({ sealed }) => sealed?.rank ?? null),
      count('liveRank', column.liveRank, ({ live }) => live?.rank ?? null),
      points('sealedTotal', column.sealedTotal, ({ sealed }) => sealed?.total ?? null, TOTALS),
      points('liveTotal', column.liveTotal, ({ live }) => live?.total ?? null, TOTALS),
      points('points', column.totalChange, (row) => row.points, {
        signed: true,
        quantity: 'total',
        between: ({ sealed, live }) => [sealed?.total, live?.total],
        not: ['screen', 'phone'],
      }),
    ],
  };
}

/** Who has least of what was due. */
export const behindTable = <Row extends { name: string; rank: number | null; missed: number }>(
  speech: Speech,
  title: string,
): Description<Row> => ({
  id: 'behind',
  title,
  columns: [
    { ...unitName<Row>(speech), heading: title },
    rank(speech),
    count('missed', speech.vocabulary.column.missed, ({ missed }) => missed),
  ],
});

type Ranked = { rank: number | null };

/** Who rose and fell, from which place to which. */
export const moverTable = <Row extends { name: string; places: number; before: Ranked; after: Ranked }>(
  speech: Speech,
  title: string,
): Description<Row> => {
  const { column } = speech.vocabulary;
  return {
    id: 'movers',
    title,
    columns: [
      text('moved', column.change, ({ places }) => places, { width: 7 }),
      unitName(speech),
      count('previousRank', column.previous, ({ before }) => before.rank, { not: ['screen'] }),
      count('rank', column.rank, ({ after }) => after.rank),
    ],
  };
};

type Crossing = { name: string; before: Ranked | null; after: Ranked | null; change: number | null };

/** Units that passed another or fell behind it. */
export const crossingTable = <Row extends Crossing>(speech: Speech, title: string): Description<Row> => {
  const { column } = speech.vocabulary;
  return {
    id: 'crossings',
    title,
    columns: [
      unitName(speech),
      count('rankThen', column.rankThen, ({ before }) => before?.rank ?? null),
      count('rankNow', column.rankNow, ({ after }) => after?.rank ?? null),
      points('change', column.ownChange, ({ change }) => change, { signed: true }),
    ],
  };
};
