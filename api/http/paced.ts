import type { Readable } from 'node:stream';

/** Whoever sends slowly holds what others wait for: the chunks of a body, each awaited no longer than it may take. */

export type Pace = {
  /** How long nothing at all may come, in ms. */
  silenceMs: number;
  /** After so long a body must have come at `slowest` bytes a second on average. */
  patienceMs: number;
  slowest: number;
};

export const PACE: Pace = { silenceMs: 30_000, patienceMs: 60_000, slowest: 8 * 1024 };

export class TooSlow extends Error {}

/** Throws `TooSlow`. The body itself stays open for the answer: what still comes is let go by, so that it is heard. */
export async function* paced(
  body: Readable,
  { silenceMs, patienceMs, slowest }: Pace,
): AsyncGenerator<Buffer> {
  const chunks = body.iterator({ destroyOnReturn: false });
  const began = Date.now();
  let length = 0;
  try {
    for (;;) {
      const { promise: silent, reject } = Promise.withResolvers<never>();
      silent.catch(() => {});
      const timer = setTimeout(() => reject(new TooSlow()), silenceMs);
      const next = await Promise.race([chunks.next(), silent]).finally(() => clearTimeout(timer));
      if (next.done) return;
      const chunk = next.value as Buffer;
      length += chunk.length;
      const seconds = (Date.now() - began) / 1_000;
      if (seconds * 1_000 > patienceMs && length < slowest * seconds) throw new TooSlow();
      yield chunk;
    }
  } finally {
    void chunks.return?.(undefined).catch(() => {});
    if (!body.destroyed) body.resume();
  }
}
