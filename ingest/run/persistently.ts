import { setTimeout as sleep } from 'node:timers/promises';

/** Waits between attempts: soon at first, in the end every ten seconds. */
const backoff = (attempt: number): number => Math.min(100 * 2 ** attempt, 10_000);

/** Waits, unless the signal aborts. */
export const pause = (ms: number, signal: AbortSignal): Promise<unknown> =>
  sleep(ms, undefined, { signal }).catch(() => undefined);

/** Repeats what fails until it succeeds; false if the signal aborts first. Tells each failure, and the success after. */
export async function persistently(
  action: () => Promise<unknown>,
  signal: AbortSignal,
  tell: (failure: unknown) => void,
): Promise<boolean> {
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      await action();
      tell(undefined);
      return true;
    } catch (error) {
      tell(error);
      await pause(backoff(attempt), signal);
    }
  }
  return false;
}
