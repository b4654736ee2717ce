import type { Day } from '../../dates.ts';
import { countText } from '../numbers.ts';
import type { Speech } from '../speech.ts';

/** A unit's rank on each day of a trend; null where it had none. */
export type RankWay = { days: readonly Day[]; ranks: readonly (number | null)[] };

/** From which rank to which a unit came: `rank 7 in Jan, 3 now`. Null where it never had one. */
export function rankWayText(
  { vocabulary, window }: Pick<Speech, 'vocabulary' | 'window'>,
  { days, ranks }: RankWay,
): string | null {
  const { moved, now, gone } = vocabulary.rankWay;
  const begun = ranks.findIndex((rank) => rank !== null);
  const [first, last] = [ranks[begun] ?? null, ranks.at(-1) ?? null];
  if (first === null) return null;
  const month = window((days[begun] ?? '').slice(0, 7));
  if (last === null) return gone(month, countText(first));
  const alone = begun === ranks.length - 1;
  return alone ? now(countText(last)) : moved(month, countText(first), countText(last));
}
