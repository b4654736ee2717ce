import closeWithGrace from 'close-with-grace';

type Closer = () => Promise<unknown> | unknown;

/** What was opened last is closed first; also when a later part does not open. */
export type Closers = { add(closer: Closer): void; all(): Promise<void> };

export function createClosers(): Closers {
  const closers: Closer[] = [];
  return {
    add: (closer) => void closers.unshift(closer),
    async all() {
      const failures: unknown[] = [];
      for (const close of closers.splice(0))
        try {
          await close();
        } catch (error) {
          failures.push(error);
        }
      if (failures.length > 0) throw failures[0];
    },
  };
}

/** Calls `open` with closers, and closes what was opened before it failed. */
export async function opening<T>(open: (closers: Closers) => Promise<T>): Promise<T> {
  const closers = createClosers();
  try {
    return await open(closers);
  } catch (error) {
    // Why it did not open is worth more than what then did not close.
    await closers.all().catch(() => {});
    throw error;
  }
}

const PATIENCE_MS = 15_000;

/** Closes the process in order when it is told to end, or after an error that nobody caught. */
export function closeAtEnd(
  log: { error(fields: object, message: string): void },
  close: () => Promise<void>,
): void {
  closeWithGrace({ delay: PATIENCE_MS, logger: false }, async ({ err }) => {
    if (err) log.error({ err }, 'ending after an error that nobody caught');
    await close();
  });
}
