import { tagOf } from '#api/http/etag.ts';
import type { Kept } from '#api/ports.ts';
import { createLru } from '#api/ranking-cache/lru.ts';
import { jsonOf } from './json.ts';

/** An answer, and what its bytes may be kept for. */
export type Made<T> = {
  value: T;
  /** False once time alone has made it out of date: a day ends. */
  isCurrent(): boolean;
  /** False where something is still being computed that the next answer will have. */
  isWhole: boolean;
  /** True where it is kept all the same, until `isCurrent` says that it is there. */
  awaits?: boolean;
};

type Entry = Kept<unknown> & { bytes: Buffer; version: string; isCurrent(): boolean };

/** Bytes kept at most. */
const MOST = 64 * 2 ** 20;

/** Objects are left out: they would keep alive what the bytes were made from. */
const headOf = (value: unknown): object =>
  Object.fromEntries(
    Object.entries(Object(value)).flatMap(([name, own]) => {
      if (Array.isArray(own)) return [[name, own.length]];
      return own === null || typeof own !== 'object' ? [[name, own]] : [];
    }),
  );

/**
 * Keeps answers as bytes, by question (who may see, plan, parameters) and watermark: asked again with nothing
 * new, they cost a look-up. Who asks while an answer is being made waits for the same one. `moves` counts how often
 * the projection has moved: a rebuild, or a quarantined event taken in after all, may end at a watermark that was
 * there before.
 */
export function createResponseCache(moves: () => number) {
  const entries = createLru<Entry>(MOST);
  const making = new Map<string, Promise<Entry>>();

  async function make<T>(question: string, version: string, work: () => Promise<Made<T>>): Promise<Entry> {
    const { value, isCurrent, isWhole, awaits = !isWhole } = await work();
    const bytes = await jsonOf(value);
    const entry = { bytes, etag: tagOf(bytes), head: headOf(value), awaits, version, isCurrent };
    if (isWhole) entries.set(question, entry, bytes.length);
    return entry;
  }

  return async <T>(question: unknown, watermark: string, work: () => Promise<Made<T>>): Promise<Kept<T>> => {
    const key = JSON.stringify(question);
    const version = `${moves()} ${watermark}`;
    const kept = entries.get(key);
    if (kept?.version === version && kept.isCurrent()) return kept as Kept<T> & Entry;
    const place = `${version} ${key}`;
    const underWay = making.get(place);
    if (underWay) return underWay as Promise<Kept<T> & Entry>;
    const entry = make(key, version, work);
    making.set(place, entry);
    try {
      return (await entry) as Kept<T> & Entry;
    } finally {
      making.delete(place);
    }
  };
}

export type ResponseCache = ReturnType<typeof createResponseCache>;
