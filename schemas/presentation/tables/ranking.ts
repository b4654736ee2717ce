import { entryOf } from '../../entries.ts';
import type { Plan } from '../../plan.ts';
import type { RankingRow } from '../../results/results.ts';
import { commendableOf } from '../answers/commendable.ts';
import type { Distance } from '../answers/neighbours.ts';
import { placesGained } from '../answers/ranking.ts';
import { type RankWay, rankWayText } from '../answers/rankWay.ts';
import { isFull, type Row } from '../answers/rows.ts';
import { bandText, exactSum, parted } from '../numbers.ts';
import { nameIn, type Speech } from '../speech.ts';
import {
  type Cell,
  type Column,
  count,
  type Description,
  type Place,
  points,
  share,
  text,
} from '../table.ts';

/** What a unit may not know of another is left blank. */
const known =
  (read: (row: RankingRow) => Cell) =>
  (row: Row): Cell =>
    isFull(row) ? read(row) : null;

export const deductedFrom = ({ deductions }: Pick<RankingRow, 'deductions'>): number =>
  exactSum(deductions.map(({ points }) => points));

type Named = Pick<Plan, 'criteria' | 'vetoes'>;

/** The ranking, for screen, sheet and page: a column that is added here is added everywhere. */
export function rankingTable(
  speech: Speech,
  plan: Named,
  {
    compared,
    since,
    distances,
    ways,
  }: {
    compared: boolean;
    /** With what, in words: files say it where the ranks of that time stand. */
    since?: string | null | undefined;
    /** Where rows are told apart from their neighbours. */
    distances?: ReadonlyMap<Row, Distance>;
    /** Where the year of each unit is drawn; files have the ranks of a day. */
    ways?: ((unit: string) => RankWay | undefined) | undefined;
  },
): Description<Row> {
  const { vocabulary, term, list, name } = speech;
  const { column, yes, no, openConditions, otherUnit, vetoMark } = vocabulary;
  /** With nothing to compare with, files have no columns for it. */
  const whereAlone: Place[] = compared ? [] : ['sheet'];
  const isVetoed = (row: Row): boolean => isFull(row) && row.vetoes.length > 0;
  const nameOf = (row: Row): string => (isFull(row) ? row.name : otherUnit);
  const vetoesOf = ({ vetoes }: RankingRow): string =>
    list(vetoes.map((id) => nameIn(speech, plan.vetoes, id)));
  const eligibleOf = (row: RankingRow): string => {
    const is = commendableOf(row);
    return is === 'open' ? openConditions(row.open ?? 0) : is === 'met' ? yes : no;
  };
  return {
    id: 'ranking',
    title: vocabulary.sheet.ranking,
    alarmed: isVetoed,
    columns: [
      count('rank', column.rank, ({ rank }) => rank),
      text('name', column.unit, nameOf, {
        onPage: (row) => (isVetoed(row) ? `${nameOf(row)}${vetoMark}` : nameOf(row)),
      }),
      ...(ways
        ? [
            text<Row>(
              'overYear',
              column.overYear,
              known(({ unit }) => {
                const way = ways(unit);
                return way ? rankWayText(speech, way) : null;
              }),
              { not: ['phone', 'sheet', 'page'] },
            ),
          ]
        : []),
      text(
        'unit',
        column.id,
        known(({ unit }) => unit),
        { width: 9, not: ['screen', 'page'] },
      ),
      text(
        'group',
        column.group,
        known(({ group }) => term(group)),
        { width: 11, not: ['screen'] },
      ),
      ...plan.criteria.map(
        ({ id, name: label }): Column<Row> =>
          points(
            `criterion:${id}`,
            name(label),
            known(({ criteria }) => entryOf(criteria, id) ?? null),
            { width: 8 },
          ),
      ),
      points('total', column.total, ({ total }) => total, { ordering: true, quantity: 'total', width: 8 }),
      ...(distances
        ? [
            points<Row>('behind', column.behind, (row) => distances.get(row)?.behind?.points ?? null, {
              not: ['sheet', 'page'],
            }),
          ]
        : []),
      points(
        'uncapped',
        column.uncapped,
        known((row) => row.totalWithoutVeto),
        {
          quantity: 'total',
          width: 12,
          not: ['screen', 'page'],
        },
      ),
      text(
        'band',
        column.band,
        known(({ band }) => band && bandText(band)),
        {
          width: 8,
          centred: true,
          not: ['sheet'],
        },
      ),
      count(
        'bandLow',
        column.bandLow,
        known(({ band }) => band?.[0] ?? null),
        { width: 9, not: ['screen', 'page'] },
      ),
      count(
        'bandHigh',
        column.bandHigh,
        known(({ band }) => band?.[1] ?? null),
        { width: 9, not: ['screen', 'page'] },
      ),
      share(
        'topShare',
        column.topShare,
        known((row) => row.topShare),
        { not: ['screen', 'page'] },
      ),
      count(
        'groupRank',
        column.groupRank,
        known((row) => row.groupRank),
        {
          short: column.groupRankShort,
          width: 9,
        },
      ),
      text('eligible', column.eligible, known(eligibleOf), {
        width: 7,
        centred: true,
        not: ['page'],
      }),
      text('vetoes', column.vetoes, known(vetoesOf), { width: 18, not: ['screen', 'page'] }),
      points('deducted', column.deducted, known(deductedFrom), { not: ['screen', 'page'] }),
      count(
        'previousRank',
        since ? vocabulary.previousOf(parted(since)) : column.previous,
        known((row) => row.previousRank ?? null),
        {
          width: 10,
          not: ['screen', 'page', ...whereAlone],
        },
      ),
      count(
        'moved',
        column.change,
        known((row) => placesGained(row) ?? null),
        { not: ['page', ...whereAlone] },
      ),
    ],
  };
}
