import { decimalsBetween } from '../numbers.ts';
import { greatest } from './rows.ts';

type Unit = { recordedOn: string | null };
type Claimed = { selfScore: number; evidenced: number | null; difference: number | null };

/** Who overrates most, found in the units and their claims. */
export type InspectionFact<C extends Claimed> =
  | { kind: 'none-submitted' }
  | { kind: 'fair'; units: number; done: number }
  /** The claims furthest above the record, all that are as far; with as many decimals as the table of all claims. */
  | { kind: 'overclaimed'; units: number; done: number; claims: C[]; points: number; decimals: number };

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
        decimals: decimalsBetween(claims.map(({ selfScore, evidenced }) => [evidenced, selfScore])),
      };
}
