import { createShares } from '#api/exports/turns.ts';
import { createLru } from '#api/ranking-cache/lru.ts';
import { drawApart } from './drawApart.ts';

/** Gives the preview of a picture, or tells that there is none; `read` is called where it has to be drawn. */
export type PreviewOf = (
  sha256: string,
  read: () => AsyncIterable<Uint8Array>,
  signal: AbortSignal,
) => Promise<Uint8Array | undefined>;

/** Bytes of those that are kept. */
const MOST_KEPT = 24 * 1024 * 1024;
/** What an entry takes beside its picture. */
const ENTRY = 500;
/** One after another, so that memory is that of one picture, and who asks for the same one finds it drawn. */
const DRAWN = { atOnce: 1, waiting: 1_000, what: 'previews' };

/** Previews by the digest of their file, drawn when they are first asked for; that there is none is kept as well. */
export function createPreviews(draw: typeof drawApart = drawApart): PreviewOf {
  const kept = createLru<{ png: Uint8Array | undefined }>(MOST_KEPT);
  const turns = createShares(DRAWN);
  return async (sha256, read, signal) => {
    const known = kept.get(sha256);
    if (known) return known.png;
    const leave = await turns.enter('all', signal);
    try {
      const meanwhile = kept.get(sha256);
      if (meanwhile) return meanwhile.png;
      const png = await draw(read(), signal);
      kept.set(sha256, { png }, ENTRY + (png?.length ?? 0));
      return png;
    } finally {
      leave();
    }
  };
}
