import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readRows } from '#ingest/store/rows.ts';

const row = z.object({ unit: z.string(), count: z.int() });

const asked = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ unit: `单位 "${index}"\n、`, count: index }));
const bytesOf = (rows: readonly object[]): Buffer =>
  Buffer.from(rows.map((one) => `${JSON.stringify(one)}\n`).join(''));

describe('rows of the store', () => {
  it.each([0, 1, 2, 20_000])('are all there, in their order: %i of them', async (count) => {
    expect(await readRows(row, bytesOf(asked(count)))).toEqual(asked(count));
  });

  it('are read wherever a piece ends', async () => {
    // Lines of one length each, so that one of the lengths ends with a piece and others do not.
    for (let length = 120; length < 140; length++) {
      const rows = Array.from({ length: 2_000 }, (_, count) => ({ unit: 'u'.repeat(length), count }));
      expect((await readRows(row, bytesOf(rows))).map(({ count }) => count)).toEqual(
        rows.map(({ count }) => count),
      );
    }
  });

  it('are refused where one is not of its shape, in whichever piece', async () => {
    const rows = [...asked(10_000), { unit: 'u', count: 'many' }];
    await expect(readRows(row, bytesOf(rows))).rejects.toThrow(/count/);
  });

  it('come while others have their turn', async () => {
    let turns = 0;
    const counting = setInterval(() => turns++, 0);
    await readRows(row, bytesOf(asked(200_000)));
    clearInterval(counting);
    expect(turns).toBeGreaterThan(0);
  });
});
