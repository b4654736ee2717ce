import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createResponseCache } from '#api/answers/responseCache.ts';
import { tagOf } from '#api/http/etag.ts';

/** Two different bodies never carry the same tag, and what is kept is dropped when it may be out of date. */

function world() {
  const seen = { moves: 0, current: true, made: 0, value: { on: '2026-11-20' } as unknown };
  const cached = createResponseCache(() => seen.moves);
  const ask = (isWhole = true) =>
    cached(['ranking'], '1-7', async () => {
      seen.made++;
      return { value: seen.value, isCurrent: () => seen.current, isWhole };
    });
  return { seen, ask };
}

describe('given answers of the same length to the same question at the same watermark', () => {
  it('then their tags are digests of their bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (one, other) => {
        const [first, second] = [world(), world()];
        first.seen.value = one;
        second.seen.value = other;
        const [a, b] = [await first.ask(), await second.ask()];
        expect(a.etag).toBe(tagOf(a.bytes));
        expect(a.etag === b.etag).toBe(Buffer.compare(a.bytes, b.bytes) === 0);
      }),
    );
  });

  it('when midnight has passed, then the day is another, and so are body and tag', async () => {
    const { seen, ask } = world();
    const before = await ask();
    expect(await ask()).toBe(before);
    seen.current = false;
    seen.value = { on: '2026-11-21' };
    const after = await ask();
    expect(after.bytes.length).toBe(before.bytes.length);
    expect(after.etag).not.toBe(before.etag);
  });

  it.each(['a rebuild', 'a quarantined event that is taken in after all'])(
    'when %s ends at the watermark that was there before, then it is answered anew',
    async () => {
      const { seen, ask } = world();
      const before = await ask();
      seen.moves++;
      seen.value = { on: '2026-11-22' };
      const after = await ask();
      expect(after.etag).not.toBe(before.etag);
      expect(seen.made).toBe(2);
    },
  );

  it('when it moves while an answer is being made, then that one is not kept for afterwards', async () => {
    const { seen, ask } = world();
    const early = ask();
    seen.moves++;
    await Promise.all([early, ask()]);
    await ask();
    expect(seen.made).toBe(2);
  });
});
