import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonOf } from '#api/answers/json.ts';

describe('an answer that is written piece by piece', () => {
  const item = fc.oneof(fc.jsonValue(), fc.constant(undefined), fc.string({ unit: 'binary' }));
  const list = fc.oneof(
    fc.array(item, { maxLength: 3 }),
    fc
      .tuple(fc.array(item, { minLength: 1, maxLength: 7 }), fc.integer({ min: 190, max: 620 }))
      .map(([some, length]) => Array.from({ length }, (_, at) => some[at % some.length])),
  );
  const answer = fc.dictionary(fc.string(), fc.oneof(list, item, fc.date({ noInvalidDate: true })));

  it('has the very bytes that it has at once', async () => {
    await fc.assert(
      fc.asyncProperty(answer, async (value) => {
        const whole = { ...value };
        expect((await jsonOf(whole)).equals(Buffer.from(JSON.stringify(whole)))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
