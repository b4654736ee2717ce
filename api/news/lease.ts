import type { NewsStore } from './store.ts';

/** Several servers may share a data folder. Only the one that holds the lease makes news and sends messages. */
export type Lease = {
  /** Takes or renews it; false where another one has it. Within `store.write`. */
  take(): boolean;
  /** Whether it is held still: asked in the same transaction as what depends on it. */
  holds(): boolean;
  /** Gives it back, so that nobody waits for it to run out. Within `store.write`. */
  drop(): void;
};

type Held = { holder: string; until: number };

/** Longer than a message takes at most: a server that stands still for so long has sent what it was sending. */
const LEASE_MS = 120_000;

export function openLease({ memory, remember }: NewsStore, holder: string, now: () => number): Lease {
  const held = (): Held | undefined => memory<Held>('lease');
  return {
    take() {
      const found = held();
      if (found && found.holder !== holder && found.until > now()) return false;
      if (found?.holder === holder && found.until > now() + LEASE_MS / 2) return true;
      remember('lease', { holder, until: now() + LEASE_MS } satisfies Held);
      return true;
    },
    holds() {
      const found = held();
      return found?.holder === holder && found.until > now();
    },
    drop() {
      if (held()?.holder === holder) remember('lease', { holder, until: 0 } satisfies Held);
    },
  };
}
