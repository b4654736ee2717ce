/** The lines that are logged, by whatever logger. */
export type Logger = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
};

export type TroubleLogOptions = {
  /** What is wrong at the moment, a sentence; undefined where nothing is. */
  trouble: () => string | undefined;
  log: Logger;
  /** Milliseconds since the epoch. */
  clock?: () => number;
};

export type TroubleLog = {
  /** Looks once. */
  look(): void;
  /** Looks every second until it is stopped. */
  start(): TroubleLog;
  stop(): void;
};

const EVERY_MS = 1_000;
/** Between two attempts a part may seem well. */
const WELL_LOOKS = 3;

/** A length of time in words. */
export function spanIn(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

/**
 * Logs a trouble once when it begins and once when it is over, with how long it took: what retries for hours would
 * else fill the log, or, as before, say nothing at all.
 */
export function createTroubleLog({ trouble, log, clock = Date.now }: TroubleLogOptions): TroubleLog {
  let since: number | undefined;
  let well = 0;
  let wellSince = 0;
  let timer: NodeJS.Timeout | undefined;

  const self: TroubleLog = {
    look() {
      const now = trouble();
      if (now !== undefined) {
        well = 0;
        if (since !== undefined) return;
        since = clock();
        log.warn(
          { trouble: now },
          'something that is needed does not answer; it is tried again until it does',
        );
        return;
      }
      if (since === undefined) return;
      if (well++ === 0) wellSince = clock();
      if (well < WELL_LOOKS) return;
      log.info(
        { seconds: (wellSince - since) / 1_000 },
        `it works again, after ${spanIn(wellSince - since)}`,
      );
      since = undefined;
      well = 0;
    },
    start() {
      timer = setInterval(self.look, EVERY_MS).unref();
      return self;
    },
    stop: () => clearInterval(timer),
  };
  return self;
}
