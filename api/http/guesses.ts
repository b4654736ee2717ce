import { ipKeyGenerator } from 'express-rate-limit';

/**
 * Counts failing attempts to get in. Who brings what is valid is never asked: a count must not lock out those who
 * share an address with somebody who guesses.
 */
export type Guesses = {
  /** Counts a failing attempt; the seconds to wait where there were too many, undefined before. */
  fail(key: string): number | undefined;
  /** The seconds to wait where there were too many already; counts nothing. */
  wait(key: string): number | undefined;
  /** Forgets a key: its owner got in. */
  forget(key: string): void;
};

export type GuessLimits = { limit: number; windowMs: number; now?: () => number };

/** More keys than this are not kept: the oldest goes, so that forged addresses cost no memory. */
const MOST_KEYS = 10_000;

type Count = { failures: number; until: number };

export function createGuesses({ limit, windowMs, now = Date.now }: GuessLimits): Guesses {
  const counts = new Map<string, Count>();

  const current = (key: string): Count | undefined => {
    const found = counts.get(key);
    if (found && found.until > now()) return found;
    counts.delete(key);
    return undefined;
  };

  const waitOf = (count: Count | undefined): number | undefined =>
    count && count.failures > limit ? Math.max(1, Math.ceil((count.until - now()) / 1_000)) : undefined;

  return {
    fail(key) {
      const count = current(key) ?? { failures: 0, until: now() + windowMs };
      count.failures += 1;
      counts.set(key, count);
      const [oldest] = counts.keys();
      if (counts.size > MOST_KEYS && oldest !== undefined) counts.delete(oldest);
      return waitOf(count);
    },
    wait: (key) => waitOf(current(key)),
    forget: (key) => void counts.delete(key),
  };
}

/** Whom an address stands for: of IPv6 the network of a household, since one person has billions of addresses. */
export const addressKey = (ip: string | undefined): string => (ip ? ipKeyGenerator(ip, 64) : 'unknown');

const WINDOW_MS = 15 * 60_000;

/** By address: what fails to sign in, and, with more patience for scripts, what fails as a bearer token. */
export type AddressGuesses = { signIns: Guesses; bearers: Guesses };

export const addressGuesses = (now?: () => number): AddressGuesses => ({
  signIns: createGuesses({ limit: 30, windowMs: WINDOW_MS, ...(now && { now }) }),
  bearers: createGuesses({ limit: 100, windowMs: WINDOW_MS, ...(now && { now }) }),
});

/** Ten wrong passwords from one address, or sixty from everywhere, close an account for a quarter of an hour. */
export const passwordGuesses = (now: () => number = Date.now) => ({
  byBoth: createGuesses({ limit: 10, windowMs: WINDOW_MS, now }),
  byAccount: createGuesses({ limit: 60, windowMs: WINDOW_MS, now }),
});
