/**
 * How a number is written: the one place for screen, chart and paper, the same in both languages. Rounding is half up
 * from the exact decimal that names the double (81.345 → 81.35), as people and spreadsheets do it; `toFixed` rounds
 * what the double holds in binary (81.344999…) and is used nowhere.
 */

/** What stands where a figure is not known or not counted. */
export const NOTHING = '–';

/** Signs of a difference: the minus is as wide as the plus. */
const PLUS = '+';
const MINUS = '−';

/** Digits of points, totals and scores, as long as they tell what must be told apart. */
export const DECIMALS = 2;
/** Totals and scores have four decimals, attainments six: beyond that there is nothing to show. */
const MOST_DECIMALS = 6;

type Figure = number | null | undefined;
const isMissing = (value: Figure): value is null | undefined => value === null || value === undefined;

/** The shortest decimal that names a size: its digits, and how many of them stand behind the point. */
function exactly(size: number): { digits: bigint; places: number } {
  const [mantissa = '0', exponent = '0'] = String(size).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const places = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return places < 0 ? { digits: digits * 10n ** BigInt(-places), places: 0 } : { digits, places };
}

/** Sizes below this are told apart from halves by doubles, and fit into them. */
const SMALL = 1e9;
const TENS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6];
/** How near a half doubles may be wrong about it. */
const NEAR = 1e-4;

/** A size in units of the last decimal shown, halves up. */
function unitsOf(size: number, decimals: number): bigint | number {
  const ten = TENS[decimals];
  if (ten !== undefined && size < SMALL / ten) {
    const units = size * ten;
    const least = Math.floor(units);
    if (Math.abs(units - least - 0.5) > NEAR) return units - least > 0.5 ? least + 1 : least;
  }
  return exactUnitsOf(size, decimals);
}

/** The same from the decimal that names the size, digit by digit. */
function exactUnitsOf(size: number, decimals: number): bigint {
  const { digits, places } = exactly(size);
  if (places <= decimals) return digits * 10n ** BigInt(decimals - places);
  const unit = 10n ** BigInt(places - decimals);
  return (2n * digits + unit) / (2n * unit);
}

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');

/** Digits of a size with a fixed number of decimals, thousands set off: `11,090.50`. */
function sized(size: number, decimals: number): string {
  const digits = unitsOf(size, decimals)
    .toString()
    .padStart(decimals + 1, '0');
  const whole = grouped(digits.slice(0, digits.length - decimals));
  return decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`;
}

const isZero = (text: string): boolean => !/[1-9]/.test(text);

/** A figure with fixed decimals, so that points stand under points; of a negative one the size is rounded. */
export function pointsText(value: Figure, decimals = DECIMALS): string {
  if (isMissing(value)) return NOTHING;
  const text = sized(Math.abs(value), decimals);
  return value < 0 && !isZero(text) ? MINUS + text : text;
}

/** As few decimals as show that a number is not zero, from the usual ones on. */
function visibleDecimals(size: number, decimals: number): number {
  let enough = decimals;
  while (size > 0 && enough < MOST_DECIMALS && isZero(sized(size, enough))) enough += 1;
  return enough;
}

/** By how much two figures differ: what is not nothing never reads 0.00. */
export const gapText = (value: Figure, decimals = DECIMALS): string =>
  isMissing(value) ? NOTHING : pointsText(value, visibleDecimals(Math.abs(value), decimals));

/** A difference with its sign, by which more and less are told apart without colour: `+2.86`, `−0.35`. */
export function signedText(value: Figure, decimals = DECIMALS): string {
  if (isMissing(value)) return NOTHING;
  const text = gapText(value, decimals);
  return value > 0 && !isZero(text) ? PLUS + text : text;
}

/** Points lost, told as a loss: `−2.86`. */
export const lossText = (value: Figure): string => signedText(isMissing(value) ? value : -value || 0);

/** Places gained or lost: `▲3`, `▼1,204`; nothing where it stayed or nobody knows. */
export const movesText = (places: Figure): string =>
  isMissing(places) || places === 0 ? '' : `${places > 0 ? '▲' : '▼'}${countText(Math.abs(places))}`;

/**
 * As programs read it: digits and a point, rounded as it is shown, or with all its digits where no decimals are asked
 * for. What another program reckons with has no thousands set off, and a minus that it knows.
 */
export function decimalText(value: number, decimals?: number): string {
  const size = Math.abs(value);
  const text = sized(size, decimals ?? Math.max(0, exactly(size).places)).replaceAll(',', '');
  return value < 0 && !isZero(text) ? `-${text}` : text;
}

/** A plain number, quantity or weight: whole where it is, at most two decimals otherwise, never 0 for what is not. */
export function plainText(value: Figure): string {
  if (isMissing(value)) return NOTHING;
  const text = gapText(value);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** How many there are, with thousands set off: `11,090`. */
export const countText = (value: Figure): string => (isMissing(value) ? NOTHING : pointsText(value, 0));

/** Shares as whole per cent; what is not quite all never reads 100 %, what is not quite none never 0 %. */
export function shareText(share: Figure): string {
  if (isMissing(share)) return NOTHING;
  if (share > 0 && share < 0.01) return '<1%';
  if (share < 1 && share > 0.99) return '>99%';
  const { digits, places } = exactly(Math.abs(share));
  return `${share < 0 ? MINUS : ''}${grouped(unitsOf(Number(`${digits}e${2 - places}`), 0).toString())}%`;
}

export function bandText(band: readonly [number, number] | null): string {
  if (!band) return NOTHING;
  const [best, worst] = band.map(countText);
  return best === worst ? (best ?? NOTHING) : `${best}–${worst}`;
}

/**
 * How many decimals tell figures apart that stand in an order: two, and as many more as it takes until no two that
 * differ look alike. Figures that are equal may look alike.
 */
export function decimalsApart(values: Iterable<Figure>): number {
  const known = Float64Array.from([...values].filter((value): value is number => !isMissing(value))).sort();
  const differs = (value: number, at: number): boolean => at > 0 && value !== known[at - 1];
  for (let decimals = DECIMALS; decimals < MOST_DECIMALS; decimals += 1)
    if (!known.some((value, at) => differs(value, at) && looksLike(value, known[at - 1] ?? 0, decimals)))
      return decimals;
  return MOST_DECIMALS;
}

/** Two figures of which the second less the first is told beside them. */
export type Ends = readonly [from: Figure, to: Figure];

/** Rounded one by one, the difference is that of its ends, and what differs looks different. */
const agrees = ([from, to]: Ends, decimals: number): boolean => {
  if (isMissing(from) || isMissing(to)) return true;
  const change = exactDifference(to, from);
  const [low, high, between] = [from, to, change].map((value) => roundedTo(value, decimals));
  return exactDifference(high ?? 0, low ?? 0) === between && (change === 0 || between !== 0);
};

/**
 * How a difference is told beside its ends: it is the difference of the exact figures, and all of them have as many
 * decimals as it takes until the rounded ones subtract (85.3849 → 87.7651 is 85.385, 87.765 and +2.380). So of one
 * pair, and of all rows of a table.
 */
export function decimalsBetween(pairs: readonly Ends[], least = DECIMALS): number {
  for (let decimals = least; decimals < MOST_DECIMALS; decimals += 1)
    if (pairs.every((pair) => agrees(pair, decimals))) return decimals;
  return MOST_DECIMALS;
}

/** The same where the ends of all pairs stand among each other, too, and are told apart: the rows of a table. */
export const pairDecimals = (pairs: readonly Ends[]): number =>
  decimalsBetween(pairs, decimalsApart(pairs.flat()));

type Totalled = { total: Figure; totalWithoutVeto?: Figure };

/** With how many decimals totals are written wherever these rows are spoken of or shown: in tables, prose and charts. */
export function totalDecimals(rows: readonly Totalled[]): number {
  const totals: Figure[] = [];
  for (const { total, totalWithoutVeto } of rows) {
    totals.push(total);
    // Only a veto parts the two.
    if (totalWithoutVeto !== total) totals.push(totalWithoutVeto);
  }
  return decimalsApart(totals);
}

/** Only neighbours less than a unit of the last digit apart can look alike; few are, and only those are written out. */
const looksLike = (a: number, b: number, decimals: number): boolean =>
  Math.abs(a - b) * 10 ** decimals < 1.5 && pointsText(a, decimals) === pointsText(b, decimals);

/** Millionths: what has at most six decimals and is not enormous is a whole number of them, exactly. */
const MILLION = 1e6;
const whole = (value: number): number => Math.round(value * MILLION);

/** The sum as decimals add up, without what doubles leave over. */
export const exactSum = (values: Iterable<number>): number => {
  let sum = 0;
  for (const value of values) sum += whole(value);
  return sum / MILLION;
};

/** a − b as decimals subtract. */
export const exactDifference = (a: number, b: number): number => (whole(a) - whole(b)) / MILLION;

/** a − b as a reader subtracts them who sees so many decimals: the one rule for a lead and for a distance. */
export const shownDifference = (a: number, b: number, decimals: number): number =>
  exactDifference(roundedTo(a, decimals), roundedTo(b, decimals));

/** Whether parts that are rounded one by one do not add up to their rounded sum: then a reader has to be told. */
export const partsDiffer = (parts: readonly number[], sum: number, decimals = DECIMALS): boolean =>
  roundedTo(exactSum(parts.map((part) => roundedTo(part, decimals))), decimals) !== roundedTo(sum, decimals);

/** The mean to four decimals, as scores have; null of nothing. */
export function exactMean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sum = Math.round(exactSum(values) * MILLION);
  const unit = 100 * values.length;
  return Math.floor((2 * sum + unit) / (2 * unit)) / 1e4;
}

/** Rounded half up to that many decimals, where a number is needed and not its text. */
export const roundedTo = (value: number, decimals: number): number => {
  const units = unitsOf(Math.abs(value), decimals);
  const size = typeof units === 'number' ? units / (TENS[decimals] ?? 1) : Number(`${units}e-${decimals}`);
  return (value < 0 ? -size : size) || 0;
};

/**
 * A name in running Chinese, where no spaces part it from the next word: one that ends in a digit or letter is set off,
 * so that `单位7305` and what follows do not run together.
 */
export const setOff = (name: string): string => (ENDS_OPEN.test(name.slice(-2)) ? `${name} ` : name);
const ENDS_OPEN = /[\p{Script=Latin}\p{Nd}]$/u;

/** A blank at which no line ends. */
const NO_BREAK = '\u00a0';

/**
 * A figure and what it counts stay on one line: `48 个单位`, `11 月 22 日`, `第 43 名`, `48 units`. For what is read and not
 * for what is reckoned with or searched: `parted` takes it back.
 */
export const unparted = (text: string): string =>
  DIGIT.test(text)
    ? text.replace(/(?<=\d) (?=[\p{Script=Han}\p{Script=Latin}])|(?<=第|\d [月年]) (?=\d)/gu, NO_BREAK)
    : text;
const DIGIT = /\d/;
export const parted = (text: string): string => text.replaceAll(NO_BREAK, ' ');
