import { DEFAULT_OTHERS, type Plan } from './plan.ts';
import type { Peers } from './results/peers.ts';
import type { HiddenRow, RankingRow } from './results/results.ts';

/**
 * What a unit sees of the others, as its plan has it (`others`). One place decides it: rankings, sealed results and
 * comparisons ask here.
 */
type Setting = Pick<Plan, 'others' | 'vetoes'>;

/** From what shows least to what shows most. */
const WIDTHS = ['none', 'rank-only', 'rank-and-total'] as const;

export const othersOf = ({ others = DEFAULT_OTHERS }: Pick<Plan, 'others'>) => others;

/**
 * Totals of others are told above this only: a row that stands exactly at a veto's cap would tell that its unit is
 * vetoed. It depends on the plan alone; depended it on who is vetoed, it would tell that. Null: all are told.
 */
export const toldAbove = ({ vetoes }: Pick<Plan, 'vetoes'>): number | null =>
  vetoes.reduce<number | null>((most, { cap }) => Math.max(most ?? cap, cap), null);

/**
 * What an answer about an earlier time shows: what the plan known then let see, and no more than the plan in use
 * does. What a later plan closes is closed for the past as well, or an earlier `asOf` would open it again.
 */
export const settingNow = (then: Setting, inUse: Setting): Setting => ({
  vetoes: then.vetoes,
  others: WIDTHS.find((width) => [then, inUse].some((plan) => othersOf(plan) === width)),
});

/** A ranking as a unit sees it: its own row in full, the others without name, and as much as the plan allows. */
export function rowsFor(
  unit: string,
  rows: readonly RankingRow[],
  plan: Setting,
): (RankingRow | HiddenRow)[] {
  const others = othersOf(plan);
  if (others === 'none') return rows.filter((row) => row.unit === unit);
  const bar = toldAbove(plan);
  const totalOf = ({ total }: RankingRow): number | null =>
    others === 'rank-only' || total === null || (bar !== null && total <= bar) ? null : total;
  return rows.map((row) => (row.unit === unit ? row : { rank: row.rank, total: totalOf(row) }));
}

/** With fewer, a middle or a best would be one unit's own figure. */
const FEWEST = 5;

type Compared = Pick<Peers, 'ofGroup' | 'ofZone' | 'total' | 'criteria'>;

/** A comparison as a unit sees it: medians and bests only of enough units, and only where totals may be seen. */
export function peersFor<P extends Compared>(peers: P, plan: Setting): P {
  const open = othersOf(plan) === 'rank-and-total';
  const [group, zone] = [open && peers.ofGroup >= FEWEST, open && peers.ofZone >= FEWEST];
  const shown = <C extends Peers['total']>(figure: C): C => ({
    ...figure,
    ...(group ? {} : { groupMedian: null, groupBest: null }),
    ...(zone ? {} : { zoneMedian: null, zoneBest: null }),
  });
  return { ...peers, total: shown(peers.total), criteria: peers.criteria.map(shown) };
}
