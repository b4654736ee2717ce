import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { add, decimalOf, halfUp, minus, proportions, rounded, scaledMean, times } from '#schemas/exact.ts';
import { micros } from '#schemas/numbers.ts';

/** Numbers around 2⁵³, where doubles stop being exact, as often as small ones. */
const whole = fc.oneof(
  fc.bigInt({ min: -1000n, max: 1000n }),
  fc.bigInt({ min: -(2n ** 54n), max: 2n ** 54n }),
  fc.bigInt({ min: 2n ** 53n - 3n, max: 2n ** 53n + 3n }),
);
const asWhole = (value: bigint) =>
  value >= -(2n ** 53n) && value <= 2n ** 53n && Number.isSafeInteger(Number(value)) ? Number(value) : value;

/** Half up in its definition: the greatest whole number that is not greater than the value and a half. */
function halfUpByDefinition(num: bigint, den: bigint): bigint {
  const twice = 2n * num + den;
  const floor = twice / (2n * den);
  return twice < 0n && floor * 2n * den !== twice ? floor - 1n : floor;
}

describe('rounding half up', () => {
  test.each([
    // 0.4999995, 0.5 and 0.5000005 of a whole, and the same below zero
    [1, 2, 1],
    [3, 2, 2],
    [5, 2, 3],
    [-1, 2, 0],
    [-3, 2, -1],
    [-5, 2, -2],
    [999_999, 2_000_000, 0],
    [1_000_001, 2_000_000, 1],
    [0, 7, 0],
    [7, 7, 1],
    [1, 3, 0],
    [2, 3, 1],
    // (2⁵³ − 1) / 2 = 4503599627370495.5, a tie at the end of the safe integers
    [Number.MAX_SAFE_INTEGER, 2, 4_503_599_627_370_496],
    [Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER, 1],
  ])('given %d / %d, then it is %d', (num, den, expected) => {
    expect(halfUp(num, den)).toBe(expected);
    expect(halfUp(BigInt(num), BigInt(den))).toBe(expected);
  });

  test.each([
    [1, 3, 6, 0.333333],
    [2, 3, 6, 0.666667],
    [1, 8, 2, 0.13],
    [3, 8, 2, 0.38],
    [1005, 1000, 2, 1.01],
    [87_500, 1000, 4, 87.5],
  ])('given %d / %d to %d decimals, then it is %d', (num, den, decimals, expected) => {
    expect(rounded({ num, den }, decimals)).toBe(expected);
  });

  test('given any numbers, then fast paths and bigints agree with the definition', () => {
    const positive = fc.oneof(fc.bigInt({ min: 1n, max: 50n }), fc.bigInt({ min: 1n, max: 2n ** 54n }));
    fc.assert(
      fc.property(whole, positive, (num, den) => {
        const expected = halfUpByDefinition(num, den);
        fc.pre(expected <= 2n ** 53n && expected >= -(2n ** 53n));
        expect(BigInt(halfUp(asWhole(num), asWhole(den)))).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });

  test('given a ratio just beside a half, then it is not taken for the half', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 25 }),
        fc.integer({ min: 0, max: 2 ** 26 }),
        (half, below) => {
          // below + 1/2 is a tie over den = 2·half; one less in num falls short of it
          const num = below * 2 * half + half;
          expect(halfUp(num, 2 * half)).toBe(below + 1);
          expect(halfUp(num - 1, 2 * half)).toBe(below);
        },
      ),
    );
  });
});

describe('whole numbers', () => {
  test('given numbers around 2⁵³, then sums, differences and products are exact', () => {
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        expect(BigInt(add(asWhole(a), asWhole(b)))).toBe(a + b);
        expect(BigInt(minus(asWhole(a), asWhole(b)))).toBe(a - b);
        expect(BigInt(times(asWhole(a), asWhole(b)))).toBe(a * b);
      }),
    );
  });

  test('given any decimal, then millionths bring the same decimal back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n }), (millionths) => {
        const value = decimalOf(millionths);
        expect(decimalOf(asWhole(millionths))).toBe(value);
        // A double names every decimal of 15 digits by itself; the sixteenth may be a neighbour's (decision 4).
        const named = millionths < 10n ** 15n && millionths > -(10n ** 15n);
        if (named) expect(micros(value)).toBe(millionths);
      }),
    );
  });

  test('given weights, then their proportions are the same in the smallest whole numbers', () => {
    expect(proportions([20_000_000n, 12_500_000n, 0n])).toEqual([8, 5, 0]);
    expect(proportions([333_333n])).toEqual([1]);
    expect(proportions([0n, 0n])).toEqual([0, 0]);
  });
});

describe('means of ratios', () => {
  const ratio = fc
    .tuple(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.bigInt({ min: 1n, max: 10n ** 15n }))
    .map(([num, den]) => (num <= den ? { num, den } : { num: den, den: num }));

  test('given any ratios, then the mean is rounded as exact fractions are', () => {
    fc.assert(
      fc.property(fc.array(ratio, { minLength: 1, maxLength: 12 }), (ratios) => {
        const den = ratios.reduce((product, one) => product * one.den, 1n);
        const num = ratios.reduce((sum, one) => sum + (one.num * den) / one.den, 0n);
        const mean = scaledMean(
          ratios.map((one) => ({ num: asWhole(one.num), den: asWhole(one.den) })),
          1_000_000,
        );
        expect(BigInt(mean)).toBe(halfUpByDefinition(num * 1_000_000n, den * BigInt(ratios.length)));
      }),
    );
  });

  test('given a mean that is a tie, then it goes up; a hair less, and it does not', () => {
    const zero = { num: 0, den: 1 };
    // (0 + 0.000001) / 2 = 0.0000005, and with 0.000000999999 a little less
    expect(scaledMean([zero, { num: 1, den: 1_000_000 }], 1_000_000)).toBe(1);
    expect(scaledMean([zero, { num: 999_999, den: 1_000_000_000_000 }], 1_000_000)).toBe(0);
    // (1/3 + 2/3 + 0.0000005) / 3 = 0.3333335: thirds add up exactly
    const thirds = [
      { num: 1, den: 3 },
      { num: 2, den: 3 },
    ];
    expect(scaledMean([...thirds, { num: 1, den: 2_000_000 }], 1_000_000)).toBe(333_334);
  });
});
