import { setTimeout as pause } from 'node:timers/promises';
import type { Log, Projection, Reads } from '#api/ports.ts';
import type { Attachments } from './attachments.ts';

const FIRST_MS = 10 * 60_000;
const DAY_MS = 24 * 3_600_000;
const PAGE = 1_000;

type PruningParts = {
  attachments: Pick<Attachments, 'prune'>;
  reads: Pick<Reads, 'units' | 'attachments'>;
  projection: Pick<Projection, 'caughtUp' | 'troubles'>;
  log: Log;
};

/**
 * Removes files that were uploaded and never referred to. Only what is still marked so is looked at, and only while
 * reads are whole: a store that is being rebuilt knows of no event.
 */
export async function pruneOnce({ attachments, reads, projection }: PruningParts): Promise<number> {
  if (!(await projection.caughtUp()) || projection.troubles().length > 0) return 0;
  let gone = 0;
  let cursor: string | undefined;
  do {
    const page = await reads.units({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    for (const { unit } of page.items) {
      const referred = new Set((await reads.attachments(unit)).map(({ sha256 }) => sha256));
      gone += await attachments.prune(unit, (sha256) => referred.has(sha256));
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return gone;
}

/** Once a day, not in the first minutes. */
export function startPruning(parts: PruningParts): { stop(): Promise<void> } {
  const stopped = new AbortController();
  async function run(): Promise<void> {
    for (let wait = FIRST_MS; ; wait = DAY_MS) {
      await pause(wait, undefined, { signal: stopped.signal, ref: false });
      try {
        const gone = await pruneOnce(parts);
        if (gone > 0) parts.log.info({ gone }, 'uploads that no event refers to were removed');
      } catch (error) {
        parts.log.error({ err: error }, 'unused uploads could not be removed');
      }
    }
  }
  const over = run().catch(() => {});
  return {
    async stop() {
      stopped.abort();
      await over;
    },
  };
}
