import type { Ask } from '#api/queries/ask.ts';
import { instantOf } from '#schemas/dates.ts';
import { coversAll, type Offsets, offsetOf, parseWatermark } from '#schemas/position.ts';
import { type Bounded, countSealed } from './ledger.ts';
import type { Freeze } from './records.ts';

/**
 * What a seal covers, told in the terms of this stream. Nearly always that is all that was recorded up to `asOf`;
 * but a producer with a slow clock may add an event that is dated before. Then it is what had been read when the
 * seal was made: by its own watermark, or, where the events have moved to another stream of one partition, what
 * stands before the seal itself. Undefined where none of them gives the number of events that were sealed; that
 * the guess is right, the root proves.
 */
export async function boundsOf(ask: Ask, freeze: Freeze, now: Offsets): Promise<Bounded | undefined> {
  const asOf = instantOf(freeze.row.asOf);
  const then = parseWatermark(freeze.watermark);
  const candidates: (Offsets | undefined)[] = [
    now,
    then?.length === now.length ? then : undefined,
    now.length === 1 ? [offsetOf(freeze.position)] : undefined,
  ];
  for (const offsets of candidates) {
    if (!offsets || !coversAll(now, offsets)) continue;
    if ((await countSealed(ask, { offsets, asOf })) === freeze.row.events) return { offsets, asOf };
  }
  return undefined;
}
