import { createHash, randomUUID } from 'node:crypto';
import { createLru } from '#api/board/lru.ts';

/** An answer, and what its bytes may be kept for. */
export type Made<T> = {
  value: T;
  /** False once time alone has made it out of date: a day ends. */
  isCurrent(): boolean;
  /** False where something is still being computed that the next answer will have. */
  isWhole: boolean;
};

type Entry = { bytes: Buffer; etag: string; watermark: string; isCurrent(): boolean };

/** Bytes kept at most. */
const MOST = 64 * 2 ** 20;

/** Tags never match those of an earlier run, whose stream may have been another one. */
const run = randomUUID();

/**
 * Keeps answers as bytes, by question (who may see, plan, parameters) and watermark: asked again with nothing
 * new, they cost a look-up. Who asks while an answer is being made waits for the same one.
 */
export function createKeeper() {
  const entries = createLru<Entry>(MOST);
  const making = new Map<string, Promise<Entry>>();

  async function make<T>(question: string, watermark: string, work: () => Promise<Made<T>>): Promise<Entry> {
    const { value, isCurrent, isWhole } = await work();
    const bytes = Buffer.from(JSON.stringify(value));
    const hash = createHash('sha256').update(JSON.stringify([run, question, watermark, bytes.length]));
    if (!isWhole) hash.update(randomUUID());
    const entry = { bytes, etag: hash.digest('base64url').slice(0, 27), watermark, isCurrent };
    if (isWhole) entries.set(question, entry, bytes.length);
    return entry;
  }

  return async <T>(
    question: unknown,
    watermark: string,
    work: () => Promise<Made<T>>,
  ): Promise<{ bytes: Uint8Array; etag: string }> => {
    const key = JSON.stringify(question);
    const kept = entries.get(key);
    if (kept?.watermark === watermark && kept.isCurrent()) return kept;
    const place = `${watermark} ${key}`;
    const underWay = making.get(place);
    if (underWay) return underWay;
    const entry = make(key, watermark, work);
    making.set(place, entry);
    try {
      return await entry;
    } finally {
      making.delete(place);
    }
  };
}

export type Keeper = ReturnType<typeof createKeeper>;
