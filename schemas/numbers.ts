import { z } from 'zod';

/** Decimal digits that a number may carry (domain: "at most 6 decimals"). */
export const DECIMALS = 6;
const LIMIT = 1e12;

/** Digits behind the point in the shortest decimal that names this double; that decimal is what the sender wrote. */
function decimalsOf(value: number): number {
  if (Number.isInteger(value)) return 0;
  const [digits = '', exponent = '0'] = String(value).split('e');
  return Math.max(0, (digits.split('.')[1]?.length ?? 0) - Number(exponent));
}

/** A decimal with at most 6 places, below 10^12 in size. */
export const decimal = z
  .number()
  .refine((value) => Math.abs(value) < LIMIT, { error: 'must stay below 10^12' })
  .refine((value) => decimalsOf(value) <= DECIMALS, { error: 'must have at most 6 decimals' });

/** The number in millionths, exact: 1.25 → 1250000n. Takes what `decimal` accepts. */
export function micros(value: number): bigint {
  if (Number.isInteger(value)) return BigInt(value) * 1_000_000n;
  const [whole = '0', fraction = ''] = plain(value).split('.');
  const magnitude = BigInt(whole.replace('-', '') + fraction.padEnd(DECIMALS, '0'));
  return value < 0 ? -magnitude : magnitude;
}

/** Small numbers print as 1e-6; those alone need toFixed, which is exact there. */
const plain = (value: number): string => (Math.abs(value) < 1e-5 ? value.toFixed(DECIMALS) : String(value));
