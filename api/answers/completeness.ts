import type { Ask } from '#api/queries/ask.ts';
import { lastRecorded } from '#api/queries/lastRecorded.ts';
import type { Snapshot } from '#api/queries/snapshot.ts';
import { coversAll, type Offsets } from '#schemas/position.ts';
import type { QuarantineCount } from './quarantineCount.ts';

export type CompletenessParts = {
  ask: Ask;
  /** The offsets behind the last record of each partition of the stream. */
  end(): Promise<Offsets>;
  quarantined: QuarantineCount;
};

/** What may be under way between stream and store at any moment, in records; more than that is being caught up with. */
const UNDER_WAY = 5_000;

/**
 * Whether an answer knows all that it should: nothing is in quarantine, and every partition has been read up to
 * the time it speaks of. Recorded times ascend within a partition but for the clocks of foreign producers.
 */
export function createCompleteness({ ask, end, quarantined }: CompletenessParts) {
  async function readUpTo(offsets: Offsets, asOf: number | null): Promise<boolean> {
    const last = await end();
    if (coversAll(offsets, last)) return true;
    if (asOf === null)
      return last.every((offset, partition) => offset - (offsets[partition] ?? 0) <= UNDER_WAY);
    const times = await lastRecorded(ask, offsets);
    return times.every((time, partition) => {
      if ((offsets[partition] ?? 0) >= (last[partition] ?? 0)) return true;
      return time !== null && time > asOf;
    });
  }

  return async (snapshot: Snapshot): Promise<boolean> => {
    if ((await quarantined(snapshot)) > 0) return false;
    return readUpTo(snapshot.offsets, snapshot.asOf);
  };
}

export type Completeness = ReturnType<typeof createCompleteness>;
