import { isLasting } from './lasting.ts';
import { type Logger, spanIn } from './troubleLog.ts';

/** Told in a sentence what is waited for, and undefined when the waiting is over. */
export type Waiting = (sentence: string | undefined) => Promise<void> | void;

/** What the product needs is not there. The message is a sentence for whoever runs it. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

export type ReachOptions = {
  /** What is opened, as whoever runs it knows it: "Kafka at kafka:9092". */
  what: string;
  /** Without it nothing is waited for. */
  waiting?: Waiting | undefined;
  /** Time between two attempts, ms (default 2 s). */
  everyMs?: number;
  clock?: () => number;
};

const reasonOf = (error: unknown): string => {
  const { message, code } = error as Error & { code?: unknown };
  return message || String(code ?? 'no reason given');
};

/**
 * Opens what another machine serves, as soon as that is there. What would fail again however often it is tried (a
 * wrong password, settings that lose events) is not waited for.
 */
export async function reach<T>(open: () => Promise<T>, options: ReachOptions): Promise<T> {
  const { what, waiting, everyMs = 2_000, clock = Date.now } = options;
  const since = clock();
  for (let told = false; ; ) {
    try {
      const opened = await open();
      if (told) await waiting?.(undefined);
      return opened;
    } catch (error) {
      if (isLasting(error))
        throw new Unreachable(`${what} cannot be used: ${reasonOf(error)}.`, { cause: error });
      if (!waiting) throw new Unreachable(`${what} cannot be reached: ${reasonOf(error)}.`, { cause: error });
      const span = told ? ` (for ${spanIn(clock() - since)} so far)` : '';
      await waiting(`Waiting for ${what}${span}: ${reasonOf(error)}.`);
      told = true;
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  }
}

/** The hosts of a URL, without user, password and options. */
export const placeOf = (url: string): string =>
  url.replace(/^\w+:\/\/(?:[^@/]*@)?/, '').replace(/[?#].*$/, '');

type Reach = <T>(open: () => Promise<T>) => Promise<T>;

/** For what the settings say is on other machines; what is embedded is there, or fails as it fails. */
export type Reachers = { store: Reach; stream: Reach };

export function reachers(
  { storeUrl, streamUrl }: { storeUrl?: string | undefined; streamUrl?: string | undefined },
  waiting?: Waiting,
): Reachers {
  const at =
    (name: string, url: string | undefined): Reach =>
    (open) =>
      url === undefined ? open() : reach(open, { what: `${name} at ${placeOf(url)}`, waiting });
  return { store: at('ClickHouse', storeUrl), stream: at('Kafka', streamUrl) };
}

/** Logs what is waited for once when it begins, and once when it is over; `show` hears of each attempt. */
export function saidOnce(log: Logger, show: Waiting, clock: () => number = Date.now): Waiting {
  let since: number | undefined;
  return async (sentence) => {
    if (sentence !== undefined && since === undefined) {
      since = clock();
      log.warn({}, sentence);
    } else if (sentence === undefined && since !== undefined) {
      log.info({}, `it is there, after ${spanIn(clock() - since)}`);
      since = undefined;
    }
    await show(sentence);
  };
}
