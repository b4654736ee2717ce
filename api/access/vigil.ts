/** Watches over those whose answers last: a token may be revoked, a session ended, while a stream is open or a job runs. */
export type Vigil = {
  /** Calls `onGone`, once, soon after the caller is let in no longer; returns how to stop watching. */
  watch(isThere: () => boolean, onGone: () => void): () => void;
};

/** How long what was ended may go on. Asking is one look-up in memory, and sees what another process has revoked, too. */
const EVERY_MS = 250;

/** One clock for all; it stands still while nobody is watched and holds no process up. */
export function createVigil(everyMs = EVERY_MS): Vigil {
  const watched = new Set<{ isThere(): boolean; onGone(): void }>();
  let clock: NodeJS.Timeout | undefined;

  const look = (): void => {
    for (const one of watched)
      if (!one.isThere()) {
        watched.delete(one);
        one.onGone();
      }
    if (watched.size === 0) stop();
  };
  const stop = (): void => {
    clearInterval(clock);
    clock = undefined;
  };

  return {
    watch(isThere, onGone) {
      const one = { isThere, onGone };
      watched.add(one);
      clock ??= setInterval(look, everyMs).unref();
      return () => {
        watched.delete(one);
        if (watched.size === 0) stop();
      };
    },
  };
}
