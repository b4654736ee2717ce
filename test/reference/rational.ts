// Exact fractions of whole numbers. The denominator is always positive; nothing is ever cut short.
export type Rational = { readonly n: bigint; readonly d: bigint };

const EXACT = BigInt(Number.MAX_SAFE_INTEGER);

/** Of numbers that are not negative; once both are small, doubles hold them whole and are many times faster. */
function gcd(a: bigint, b: bigint): bigint {
  if (b === 0n) return a;
  if (a > EXACT || b > EXACT) return gcd(b, a % b);
  let [x, y] = [Number(a), Number(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return BigInt(x);
}

export function rational(n: bigint, d = 1n): Rational {
  if (d === 0n) throw new Error('division by zero');
  if (d === 1n) return { n, d };
  const sign = d < 0n ? -1n : 1n;
  const common = gcd(n < 0n ? -n : n, d < 0n ? -d : d) || 1n;
  return { n: (sign * n) / common, d: (sign * d) / common };
}

/** The same few numbers of a plan are read again and again. */
const parsed = new Map<number, Rational>();

/** The value of the shortest decimal that prints as this number: 0.1 is one tenth. */
export function parse(value: number): Rational {
  const known = parsed.get(value);
  if (known) return known;
  const read = parseText(value);
  if (parsed.size < 10_000) parsed.set(value, read);
  return read;
}

function parseText(value: number): Rational {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  if (!match) throw new Error(`not a finite number: ${value}`);
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n);
  const power = Number(exponent) - fraction.length;
  return power >= 0 ? rational(digits * 10n ** BigInt(power)) : rational(digits, 10n ** BigInt(-power));
}

export const zero = rational(0n);
export const one = rational(1n);
export const hundred = rational(100n);

export const plus = (a: Rational, b: Rational) => rational(a.n * b.d + b.n * a.d, a.d * b.d);
export const minus = (a: Rational, b: Rational) => rational(a.n * b.d - b.n * a.d, a.d * b.d);
export const times = (a: Rational, b: Rational) => rational(a.n * b.n, a.d * b.d);
export const over = (a: Rational, b: Rational) => rational(a.n * b.d, a.d * b.n);

export function compare(a: Rational, b: Rational): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export const equal = (a: Rational, b: Rational) => compare(a, b) === 0;
export const smaller = (a: Rational, b: Rational) => (compare(a, b) <= 0 ? a : b);
export const greater = (a: Rational, b: Rational) => (compare(a, b) >= 0 ? a : b);
export const sum = (values: Rational[]) => values.reduce(plus, zero);
export const mean = (values: Rational[]) => over(sum(values), rational(BigInt(values.length)));

export function floor(a: Rational): bigint {
  const quotient = a.n / a.d;
  return a.n < 0n && quotient * a.d !== a.n ? quotient - 1n : quotient;
}

export const ceiling = (a: Rational) => -floor(minus(zero, a));

export function roundHalfUp(a: Rational, decimals: number): Rational {
  const scale = 10n ** BigInt(decimals);
  return rational(floor(plus(times(a, rational(scale)), rational(1n, 2n))), scale);
}

/** The double nearest to the value rounded half up. */
export function toNumber(a: Rational, decimals = 6): number {
  const scale = 10n ** BigInt(decimals);
  const rounded = roundHalfUp(a, decimals);
  const scaled = (rounded.n * scale) / rounded.d;
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, '0');
  const cut = digits.length - decimals;
  const size = Number(`${digits.slice(0, cut)}.${digits.slice(cut)}`);
  return scaled < 0n ? -size : size;
}
