import { decimalsApart, decimalsBetween } from '../numbers.ts';
import { greatest } from './rows.ts';

type Unit = { recordedOn: string | null };
type Claimed = { selfScore: number; evidenced: number | null; difference: number | null };

/** Who overrates most, found in the units and their claims. */
export type InspectionFact<C extends Claimed> =
  | { kind: 'none-submitted' }
  | { kind: 'fair'; units: number; done: number }
  /** The claims furthest above the record, all that are as far; with as few decimals, from two on, as subtract and tell them from the next. */
  | { kind: 'overclaimed'; units: number; done: number; claims: C[]; points: number; decimals: number };

/** So many decimals tell the greatest difference from the next one. */
function apartFromNext(claims: readonly Claimed[], most: number): number {
  const below = claims.filter(({ difference }) => (difference ?? 0) < most);
  const next = greatest(below, ({ difference }) => difference ?? 0);
  return decimalsApart(next.found.length > 0 ? [most, next.most] : [most]);
}

export function inspectionFact<C extends Claimed>(
  units: readonly Unit[],
  claims: readonly C[],
): InspectionFact<C> {
  const done = units.filter(({ recordedOn }) => recordedOn !== null).length;
  if (done === 0) return { kind: 'none-submitted' };
  const { most, found } = greatest(claims, ({ difference }) => difference ?? 0);
  const submitted = { units: units.length, done };
  return found.length === 0
    ? { kind: 'fair', ...submitted }
    : {
        kind: 'overclaimed',
        ...submitted,
        claims: found,
        points: most,
        decimals: decimalsBetween(
          found.map(({ selfScore, evidenced }) => [evidenced, selfScore]),
          apartFromNext(claims, most),
        ),
      };
}
