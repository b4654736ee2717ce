import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, open, type RootDatabase } from 'lmdb';
import { type Audience, audiencesOf } from '#schemas/news/readers.ts';
import type { News } from '#schemas/news/rules.ts';
import type { NewsBody } from '#schemas/results/news.ts';

/** A piece of news as it is kept. `seq`: its place, later ones are greater. */
export type Kept = { seq: number; at: number; body: NewsBody };
type Row = Kept & { key: string };

/** What somebody has read: everything up to a place, and single pieces behind it. */
export type Read = { upTo: number; items: readonly number[] };

/** Pieces behind `upTo` that are remembered one by one; beyond them the oldest of all is what counts. */
const MOST_SINGLE = 1_000;
/** What is older is dropped. */
const KEPT_MS = 90 * 86_400_000;
/** A store that grows without end would slow everything down: of so many the oldest go. */
const MOST_KEPT = 200_000;

/**
 * News, who has read what, and what the last look remembers. All of `DATA_DIR/news` is one LMDB environment, so that
 * news, its memory and what is to be sent (`outbox.ts`) are committed together: a process that is killed has told all
 * of it or nothing.
 */
export type NewsStore = {
  root: RootDatabase;
  /** Runs inside one transaction, and resolves once it is on disk. */
  write<T>(change: () => T): Promise<T>;
  /** Adds what is not known yet; within `write`. */
  add(news: readonly News[], at: number): Kept[];
  find(seq: number): Kept | undefined;
  /** What stands in some lists before a place, the latest first. */
  list(audiences: readonly Audience[], before: number): Generator<Kept>;
  last(): number;
  readOf(reader: string): Read;
  /** Within `write`. */
  markRead(
    reader: string,
    request: { upTo?: number | undefined; items?: readonly number[] | undefined },
  ): void;
  memory<T>(name: string): T | undefined;
  /** Within `write`. */
  remember(name: string, value: unknown): void;
  /** Drops what is old; within `write`. */
  prune(now: number): void;
  close(): Promise<void>;
};

/** Keys of LMDB are short, ids of units and vetoes may not be. */
const digest = (key: string): string => createHash('sha256').update(key).digest('base64url');

export function openNewsStore(dataDir: string): NewsStore {
  const path = join(dataDir, 'news');
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const root = open({ path, maxDbs: 16 });
  const items: Database<Row, number> = root.openDB({ name: 'items' });
  const keys: Database<number, string> = root.openDB({ name: 'keys' });
  const feeds: Database<true, [string, number]> = root.openDB({ name: 'feeds' });
  const readers: Database<Read, string> = root.openDB({ name: 'readers' });
  const memories: Database<unknown, string> = root.openDB({ name: 'memory' });

  const last = (): number => {
    const [found = 0] = items.getKeys({ reverse: true, limit: 1 });
    return found;
  };

  const drop = ({ seq, key, body }: Row): void => {
    items.remove(seq);
    keys.remove(key);
    for (const audience of audiencesOf(body)) feeds.remove([audience, seq]);
  };

  function* feed(audience: Audience, before: number): Generator<number> {
    for (const { key } of feeds.getRange({
      start: [audience, before - 1],
      end: [audience, 0],
      reverse: true,
    }))
      yield key[1];
  }

  const readOf = (reader: string): Read => readers.get(reader) ?? { upTo: 0, items: [] };

  return {
    root,
    async write(change) {
      const result = await root.transaction(change);
      await root.flushed;
      return result as Awaited<typeof result>;
    },
    add(news, at) {
      const added: Kept[] = [];
      let seq = last();
      for (const { key: told, body } of news) {
        const key = digest(told);
        if (keys.get(key) !== undefined) continue;
        seq += 1;
        items.put(seq, { seq, at, key, body });
        keys.put(key, seq);
        for (const audience of audiencesOf(body)) feeds.put([audience, seq], true);
        added.push({ seq, at, body });
      }
      return added;
    },
    find: (seq) => items.get(seq),
    *list(audiences, before) {
      const open = audiences.map((audience) => feed(audience, before));
      const heads = open.map((one) => one.next());
      for (;;) {
        let at = -1;
        for (const [index, head] of heads.entries())
          if (!head.done && (at < 0 || head.value > ((heads[at]?.value as number) ?? 0))) at = index;
        const head = heads[at];
        if (!head || head.done) return;
        const seq = head.value;
        // A piece may stand in several of the lists.
        for (const [index, one] of heads.entries())
          if (!one.done && one.value === seq) heads[index] = (open[index] as Generator<number>).next();
        const found = items.get(seq);
        if (found) yield found;
      }
    },
    last,
    readOf,
    markRead(reader, { upTo, items: single = [] }) {
      const before = readOf(reader);
      const to = Math.min(Math.max(before.upTo, upTo ?? 0), last());
      const behind = [...new Set([...before.items, ...single])]
        .filter((seq) => seq > to)
        .sort((a, b) => a - b);
      readers.put(reader, { upTo: to, items: behind.slice(-MOST_SINGLE) });
    },
    memory: <T>(name: string) => memories.get(name) as T | undefined,
    remember: (name, value) => void memories.put(name, value),
    prune(now) {
      let left = items.getCount();
      for (const { value } of items.getRange()) {
        if (value.at >= now - KEPT_MS && left <= MOST_KEPT) return;
        drop(value);
        left -= 1;
      }
    },
    close: () => root.close(),
  };
}
