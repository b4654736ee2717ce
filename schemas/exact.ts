import type { Whole } from './tallies.ts';

/**
 * Exact arithmetic on whole numbers: safe integers as long as they fit, bigints beyond. Rounding happens in
 * `halfUp` alone. Decimals enter as millionths (`micros`), so that everything here is whole.
 */

/** num / den, with den > 0. */
export type Ratio = { readonly num: Whole; readonly den: Whole };

const MAX = Number.MAX_SAFE_INTEGER;
export const MILLION = 1_000_000;

export const ZERO: Ratio = { num: 0, den: 1 };
export const ONE: Ratio = { num: 1, den: 1 };

/** A bigint as a plain number where that is exact: numbers are many times faster. */
export const shrink = (value: bigint): Whole => (value <= MAX && value >= -MAX ? Number(value) : value);

export function add(a: Whole, b: Whole): Whole {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (sum <= MAX && sum >= -MAX) return sum;
  }
  return BigInt(a) + BigInt(b);
}

export function times(a: Whole, b: Whole): Whole {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    if (product <= MAX && product >= -MAX) return product;
  }
  return BigInt(a) * BigInt(b);
}

export const minus = (a: Whole, b: Whole): Whole => add(a, typeof b === 'number' ? -b : -BigInt(b));

export const least = (a: Whole, b: Whole): Whole => (a <= b ? a : b);

function halfUpBig(num: bigint, den: bigint): number {
  const twice = 2n * num + den;
  const quotient = twice / (2n * den);
  return Number(twice < 0n && quotient * 2n * den !== twice ? quotient - 1n : quotient);
}

/** num / den to the nearest whole number, halves up (2.5 → 3, -2.5 → -2). den > 0; the result must be a safe integer. */
export function halfUp(num: Whole, den: Whole): number {
  if (typeof num !== 'number' || typeof den !== 'number') return halfUpBig(BigInt(num), BigInt(den));
  // Division of safe integers never rounds up to a whole number from below, for its error is under 1/den.
  const quotient = Math.floor(num / den);
  const rest = num - quotient * den;
  return 2 * rest >= den ? quotient + 1 : quotient;
}

/** num / den × scale, rounded half up. */
export const scaled = ({ num, den }: Ratio, scale: number): number => halfUp(times(num, scale), den);

/** num / den rounded half up to that many decimals, as the double nearest to the decimal. */
export const rounded = (ratio: Ratio, decimals: number): number =>
  scaled(ratio, 10 ** decimals) / 10 ** decimals;

function exactMean(ratios: readonly Ratio[]): Ratio {
  let num = 0n;
  let den = 1n;
  for (const ratio of ratios) {
    num = num * BigInt(ratio.den) + BigInt(ratio.num) * den;
    den *= BigInt(ratio.den);
  }
  return { num, den: den * BigInt(ratios.length) };
}

/**
 * The mean of ratios within 0..1, × scale (at most a million), rounded half up: as if in exact arithmetic. Doubles
 * decide where the half is further away than their error can be, fractions where it is near.
 */
export function scaledMean(ratios: readonly Ratio[], scale: number): number {
  const [first] = ratios;
  if (ratios.length === 1 && first) return scaled(first, scale);
  let sum = 0;
  for (const { num, den } of ratios) sum += Number(num) / Number(den);
  const near = (sum / ratios.length) * scale;
  const certain = Math.abs(near - Math.floor(near) - 0.5) > 1e-3;
  return certain ? Math.floor(near + 0.5) : scaled(exactMean(ratios), scale);
}

/** Millionths as the double nearest to the decimal. */
export function decimalOf(millionths: Whole): number {
  const value = typeof millionths === 'bigint' ? shrink(millionths) : millionths;
  if (typeof value === 'number') return value / MILLION;
  const digits = (value < 0n ? -value : value).toString().padStart(7, '0');
  const size = Number(`${digits.slice(0, -6)}.${digits.slice(-6)}`);
  return value < 0n ? -size : size;
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

/** The same proportions in the smallest whole numbers: sums of products with them stay safe integers. */
export function proportions(values: readonly bigint[]): Whole[] {
  const common = values.reduce(gcd, 0n) || 1n;
  return values.map((value) => shrink(value / common));
}
