import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bandText,
  countText,
  decimalsApart,
  decimalsBetween,
  exactDifference,
  exactMean,
  exactSum,
  gapText,
  lossText,
  plainText,
  pointsText,
  roundedTo,
  setOff,
  shareText,
  signedText,
} from '#schemas/presentation/numbers.ts';

/** Guards against 85.38 → 87.77 told as +2.38. */
describe('a difference beside its ends', () => {
  const written = (text: string): number => Number(text.replaceAll(',', '').replace('−', '-'));

  it('has as many decimals as they, and as many as it takes until what is written subtracts', () => {
    expect(decimalsBetween([[85.3849, 87.7651]])).toBe(3);
    expect(decimalsBetween([[85.38, 87.77]])).toBe(2);
    expect(decimalsBetween([[59.9999, 60]])).toBe(4);
    expect(decimalsBetween([[null, 60]])).toBe(2);
    const total = fc.integer({ min: 0, max: 1_000_000 }).map((tenThousandths) => tenThousandths / 10_000);
    const pairs = fc.array(fc.tuple(total, total), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(pairs, (rows) => {
        const decimals = decimalsBetween(rows);
        expect(decimals).toBeLessThanOrEqual(4);
        for (const [from, to] of rows) {
          const [one, other] = [pointsText(from, decimals), pointsText(to, decimals)];
          const change = signedText(exactDifference(to, from), decimals);
          expect(written(other) - written(one)).toBeCloseTo(written(change), 8);
          if (from !== to) expect(other).not.toBe(one);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

/** Guards against rounding what the double holds in binary: 59.995 told as 59.99 where 60 is a threshold. */
describe('a figure is rounded half up from its exact decimal', () => {
  it.each([
    [81.345, '81.35'],
    [64.285, '64.29'],
    [59.995, '60.00'],
    [1.005, '1.01'],
    [87.125, '87.13'],
    [-81.345, '−81.35'],
    [-0.001, '0.00'],
    [0, '0.00'],
    [1e-7, '0.00'],
    [1234.5, '1,234.50'],
    [1e21, '1,000,000,000,000,000,000,000.00'],
    [999.995, '1,000.00'],
    [null, '–'],
    [undefined, '–'],
  ])('%s → %s', (value, text) => expect(pointsText(value)).toBe(text));

  it('every half of a hundredth goes up, and everything else to the nearest', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000_000 }), (tenThousandths) => {
        const hundredths = Math.floor((tenThousandths + 50) / 100);
        const text = `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
        expect(pointsText(tenThousandths / 10_000).replaceAll(',', '')).toBe(text);
        expect(roundedTo(tenThousandths / 10_000, 2)).toBe(Number(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it('whatever the size and however many decimals, as the digits of its decimal say', () => {
    const size = fc.oneof(
      fc.double({ min: 0, max: 1e12, noNaN: true }),
      fc.double({ min: 0, max: 1e-5, noNaN: true }),
      // Near a half, on either side.
      fc
        .tuple(fc.integer({ min: 0, max: 1e7 }), fc.constantFrom(0, 1e-9, -1e-9, 1e-12), fc.nat(6))
        .map(([units, off, places]) => Math.abs((units + 0.5) / 10 ** places + off)),
    );
    fc.assert(
      fc.property(size, fc.nat(6), (value, decimals) => {
        const [mantissa = '', exponent = '0'] = String(value).split('e');
        const [whole = '', fraction = ''] = mantissa.split('.');
        const shift = Number(exponent) + decimals;
        const digits = (whole + fraction).padEnd(whole.length + Math.max(0, shift), '0');
        const at = whole.length + shift;
        const kept = BigInt(at > 0 ? digits.slice(0, at) : '0');
        const next = at >= 0 ? Number(digits[at] ?? '0') : 0;
        const units = String(kept + (next >= 5 ? 1n : 0n)).padStart(decimals + 1, '0');
        const point = units.length - decimals;
        const text = decimals ? `${units.slice(0, point)}.${units.slice(point)}` : units;
        expect(pointsText(value, decimals).replaceAll(',', '')).toBe(text);
        expect(roundedTo(value, decimals)).toBe(Number(text));
      }),
      { numRuns: 5_000 },
    );
  });

  it('shares, too', () => {
    const halves = [0.285, 0.005, 0.015, 0.555, 0.575, 0.995, 1, 0, 0.004, 0.9949, 1.155];
    expect(halves.map(shareText)).toEqual([
      '29%',
      '<1%',
      '2%',
      '56%',
      '58%',
      '>99%',
      '100%',
      '0%',
      '<1%',
      '>99%',
      '116%',
    ]);
  });
});

describe('each kind of number is written in one way', () => {
  it('counts and ranks have their thousands set off', () => {
    expect([0, 999, 3918, 11_090, 1_000_000].map(countText)).toEqual([
      '0',
      '999',
      '3,918',
      '11,090',
      '1,000,000',
    ]);
    expect([bandText([1200, 1204]), bandText([3, 3]), bandText(null)]).toEqual(['1,200–1,204', '3', '–']);
  });

  it('a plain number has the decimals that it needs, two at most', () => {
    expect([40, 2.5, 0.75, 1234.567, 0.001, -3.1, 100].map(plainText)).toEqual([
      '40',
      '2.5',
      '0.75',
      '1,234.57',
      '0.001',
      '−3.1',
      '100',
    ]);
  });

  it('a difference has its sign and never reads as none', () => {
    expect([2.86, -0.345, 0, 0.0035, -0.0001].map((value) => signedText(value))).toEqual([
      '+2.86',
      '−0.35',
      '0.00',
      '+0.004',
      '−0.0001',
    ]);
    expect([gapText(0.0002), lossText(3), lossText(0), lossText(null)]).toEqual([
      '0.0002',
      '−3.00',
      '0.00',
      '–',
    ]);
  });

  it('sums, differences and means are those of the decimals', () => {
    expect([exactSum([0.1, 0.2]), exactDifference(91.36, 91.355), exactDifference(0.3, 0.1)]).toEqual([
      0.3, 0.005, 0.2,
    ]);
    expect([exactMean([81.345, 81.346]), exactMean([0.0001, 0.0002]), exactMean([])]).toEqual([
      81.3455,
      0.0002,
      null,
    ]);
  });
});

describe('figures that differ look different where they stand in an order', () => {
  it.each([
    [[81.35, 64.29], 2],
    [[81.351, 81.352], 3],
    [[81.3451, 81.3452, 12], 4],
    [[81.345, 81.345, 60], 2],
    [[81.344, 81.346], 2],
    [[null, 5], 2],
    [[], 2],
  ])('%s takes %i decimals', (values, decimals) => expect(decimalsApart(values)).toBe(decimals));

  it('whatever the totals are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 60 }), (values) => {
        const totals = [...new Set(values)].map((value) => value / 10_000);
        const decimals = decimalsApart(totals);
        expect(new Set(totals.map((total) => pointsText(total, decimals))).size).toBe(totals.length);
      }),
    );
  });
});

it('a name that ends in a digit or letter is set off from the next Chinese word', () => {
  expect(['单位7305', '第３', 'Farm', '三分场', '一（2）'].map(setOff)).toEqual([
    '单位7305 ',
    '第３ ',
    'Farm ',
    '三分场',
    '一（2）',
  ]);
});

/** Binary rounding comes back the day somebody formats a number in passing: so that is not allowed at all. */
it('nowhere but in the room for numbers is a number rounded to text', () => {
  /** The second reads what a sender wrote, to its sixth digit, and writes nothing that anyone sees. */
  const own = [join('schemas', 'presentation', 'numbers.ts'), join('schemas', 'numbers.ts')];
  const files = ['schemas', 'api', 'dashboard', 'ingest', 'wuxing'].flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|vue)$/.test(name))
      .map((name) => join(room, name)),
  );
  const found = files
    .filter((file) => !own.includes(file))
    .filter((file) =>
      /\.toFixed\(|\.toPrecision\(|toLocaleString\(|Intl\.NumberFormat/.test(readFileSync(file, 'utf8')),
    );
  expect(found).toEqual([]);
});
