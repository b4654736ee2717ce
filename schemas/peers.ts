import { medianOf } from './middle.ts';
import type { Ranked } from './ranks.ts';
import type { Comparison, Peers } from './results/peers.ts';
import { type Judge, pointsOf, type Verdict } from './scoring.ts';

type Read = (verdict: Verdict) => number | null;

const points = (value: number | null): number | null => (value === null ? null : pointsOf(value));

const scoresOf = (verdicts: readonly Verdict[], read: Read): number[] =>
  verdicts.flatMap((verdict) => read(verdict) ?? []);

const greatest = (values: readonly number[]): number | null =>
  values.length ? values.reduce((best, value) => Math.max(best, value)) : null;

function compare(own: Verdict, group: readonly Verdict[], zone: readonly Verdict[], read: Read): Comparison {
  const [inGroup, inZone] = [scoresOf(group, read), scoresOf(zone, read)];
  return {
    own: points(read(own)),
    groupMedian: points(medianOf(inGroup)),
    groupBest: points(greatest(inGroup)),
    zoneMedian: points(medianOf(inZone)),
    zoneBest: points(greatest(inZone)),
  };
}

/** Medians and best values of a unit's group and of the zone: what even a unit may see of the others. */
export function peersOf(
  judge: Judge,
  own: Verdict,
  { verdicts, totals }: Pick<Ranked, 'verdicts' | 'totals'>,
): Pick<Peers, 'unit' | 'group' | 'ofGroup' | 'ofZone' | 'total' | 'criteria'> {
  const group = verdicts.filter(({ tally }) => tally.group === own.tally.group);
  return {
    unit: own.tally.unit,
    group: own.tally.group,
    ofGroup: group.filter(({ total }) => total !== null).length,
    ofZone: totals.length,
    total: compare(own, group, verdicts, ({ total }) => total),
    criteria: judge.criteria.map(({ id }, index) => ({
      id,
      ...compare(own, group, verdicts, ({ criteria }) => criteria[index] ?? null),
    })),
  };
}
