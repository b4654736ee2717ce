import type { Database } from 'lmdb';

/** What one commit changed, or all that is known. */
export type ClockPage = { subjects: string[]; times: number[] };

/** Pages after which they are written anew as one. */
const PAGES = 200;

const pageOf = (times: ReadonlyMap<string, number>): ClockPage => ({
  subjects: [...times.keys()],
  times: [...times.values()],
});

export type ClockTable = {
  get(subject: string): number | undefined;
  /** Writes what a commit changes, as part of its transaction. */
  write(changes: ReadonlyMap<string, number>): void;
  /** Takes over what has been committed. */
  settle(changes: ReadonlyMap<string, number>): void;
  /** Within a transaction. */
  clear(): void;
  /** Forgets what it has in memory, once that is committed. */
  forget(): void;
};

/**
 * The clocks of all subjects, in memory, and on disk as pages that follow each other: nearly every event moves one,
 * and a row each would be a third of all that a commit writes.
 */
export function openClockTable(pages: Database<ClockPage, number>): ClockTable {
  const clocks = new Map<string, number>();
  let [first, next] = [0, 0];

  const take = ({ subjects, times }: ClockPage): void => {
    for (const [index, subject] of subjects.entries()) clocks.set(subject, times[index] ?? 0);
  };
  for (const { key, value } of pages.getRange()) {
    if (next === 0) first = key;
    next = key + 1;
    take(value);
  }
  const isLong = (): boolean => next - first >= PAGES;

  return {
    get: (subject) => clocks.get(subject),
    write(changes) {
      if (!isLong()) {
        pages.put(next, pageOf(changes));
        return;
      }
      for (let key = first; key < next; key++) pages.remove(key);
      pages.put(next, pageOf(new Map([...clocks, ...changes])));
    },
    settle(changes) {
      if (isLong()) first = next;
      next++;
      for (const [subject, time] of changes) clocks.set(subject, time);
    },
    clear: () => pages.clearSync(),
    forget() {
      clocks.clear();
      [first, next] = [0, 0];
    },
  };
}
