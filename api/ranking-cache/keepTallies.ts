import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '#api/ports.ts';

const EVERY_MS = 60_000;

/** Keeps what the ranking cache knows aside: once a minute where it is other than before, and at the end. */
export function keepTallies({ keep, log }: { keep(): Promise<void>; log: Log }): { stop(): Promise<void> } {
  const stopped = new AbortController();
  const kept = (): Promise<void> =>
    keep().catch((error: unknown) =>
      log.error({ err: error }, 'tallies could not be kept aside; the next start asks the store for them'),
    );
  async function run(): Promise<void> {
    for (;;) {
      await pause(EVERY_MS, undefined, { signal: stopped.signal, ref: false });
      await kept();
    }
  }
  const over = run().catch(() => {});
  return {
    async stop() {
      stopped.abort();
      await over;
      await kept();
    },
  };
}
