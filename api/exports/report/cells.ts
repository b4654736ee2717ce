import { cellText, type Heading, type Table } from '#schemas/presentation/table.ts';
import { halves, longestPiece } from './fold.ts';

/** Rows that are looked at; the others are much like them. */
const SAMPLE = 300;

/**
 * Up to which width names and Chinese heads stay on one line: as wide as there is room for. Longer heads take so many
 * lines; rather one more than that a name be torn.
 */
const WHOLE = [
  { name: 32, head: 12, lines: 2 },
  { name: 32, head: 4, lines: 2 },
  { name: 20, head: 12, lines: 2 },
  { name: 20, head: 4, lines: 3 },
  { name: 20, head: 4, lines: 4 },
  { name: 18, head: 4, lines: 4 },
  { name: 16, head: 4, lines: 4 },
  { name: 14, head: 10, lines: 2 },
  { name: 14, head: 4, lines: 3 },
];

/** A word that is longer is torn after all: no column gives up its room to it. */
const TORN = 24;

export type Measure = {
  /** The width to share out. */
  room: number;
  /** Width of a digit in the table's type, and what a cell's padding takes, in the same units. */
  digit: number;
  padding: number;
  /** Width of a sign of a figure, in digits, where another font may stand in. */
  figure?: number;
  /** Width of a Latin letter in digits, and of one in a head, which may be bold. */
  letter?: number;
  headLetter?: number;
  /** Heads that stand upright need no width of their own. */
  upright?: (column: Heading) => boolean;
};

function headWidth(heading: string, whole: number, lines: number): number {
  if (!/\p{Script=Han}/u.test(heading)) return 0;
  const width = halves(heading);
  return width <= whole ? width : Math.ceil(width / lines) + 1;
}

/** What the texts of a column take, in half-width characters: a piece that no line may tear apart, and a whole one. */
type Taken = { piece: number; whole: number };

/** What signs beside digits are wider than one, in digits: the widest of the fonts that are named or stand in. */
const WIDER: [signs: RegExp, by: number][] = [
  [/[%▲▼○●]/gu, 0.8],
  [/[+−<>]/gu, 0.35],
];

/** Width in digits of a figure that stands on one line. */
const figureWidth = (text: string, figure: number): number =>
  WIDER.reduce((width, [signs, by]) => width + by * (text.match(signs)?.length ?? 0), longestPiece(text)) *
  figure;

const isFigure = (text: string): boolean => /\d/.test(text) && !/\p{L}|[^\S\u00A0]/u.test(text);

/** What of a text no line may tear apart: a Latin word is as wide as its letters, a figure as its signs. */
function tornAt(text: string, { letter = 1, figure = 1 }: Measure): number {
  if (isFigure(text)) return Math.min(figureWidth(text, figure), TORN);
  return Math.min(longestPiece(text), TORN) * (letter !== 1 && /\p{Script=Latin}/u.test(text) ? letter : 1);
}

function takenBy({ columns, rows }: Table, measure: Measure): Taken[] {
  const sample = rows.slice(0, SAMPLE);
  return columns.map((column, index) => {
    const taken = { piece: 0, whole: 0 };
    for (const row of sample) {
      const text = cellText(row[index] ?? null, column);
      taken.piece = Math.max(taken.piece, tornAt(text, measure));
      if (column.kind === 'text') taken.whole = Math.max(taken.whole, halves(text));
    }
    return taken;
  });
}

const leastWidths = (
  columns: readonly Heading[],
  taken: readonly Taken[],
  measure: Measure,
  { name, head, lines }: (typeof WHOLE)[number],
): number[] => {
  const { digit, padding, upright, letter, headLetter = letter } = measure;
  return columns.map((column, index) => {
    const { piece, whole } = taken[index] ?? { piece: 0, whole: 0 };
    const heading = upright?.(column) ? '' : column.heading;
    const pieces = Math.max(
      headWidth(heading, head, lines),
      tornAt(heading, { ...measure, ...(headLetter && { letter: headLetter }) }),
      piece,
    );
    return Math.max(pieces, Math.min(name, whole)) * digit + padding;
  });
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** What is left of every column once only the names give way. */
const NAMES_TORN = { name: 0, head: 0, lines: 4 };

/** Whether the columns have room for the longest word of each. */
export const wordsFit = (table: Table, measure: Measure): boolean =>
  sum(leastWidths(table.columns, takenBy(table, measure), measure, NAMES_TORN)) <= measure.room;

/** Whether names stay as whole as they are wished for, with heads in as many lines as may be. */
export const namesFit = (table: Table, measure: Measure): boolean => {
  const taken = takenBy(table, measure);
  return WHOLE.some((whole) => sum(leastWidths(table.columns, taken, measure, whole)) <= measure.room);
};

/** Widths in the proportion that columns ask for, what some have to spare moved to those that lack. */
function shared(fair: readonly number[], least: readonly number[]): number[] {
  const spare = fair.map((width, index) => Math.max(0, width - (least[index] ?? 0)));
  const lacking = fair.map((width, index) => Math.max(0, (least[index] ?? 0) - width));
  const moved = Math.min(sum(spare), sum(lacking));
  const share = (values: readonly number[], index: number) =>
    moved === 0 ? 0 : ((values[index] ?? 0) / sum(values)) * moved;
  return fair.map((width, index) => width + share(lacking, index) - share(spare, index));
}

/** Between what words and figures take and what names would like, as far as the room goes. */
function squeezed(words: readonly number[], preferred: readonly number[], room: number): number[] {
  const part = Math.max(0, (room - sum(words)) / (sum(preferred) - sum(words) || 1));
  return words.map((width, index) => width + ((preferred[index] ?? width) - width) * Math.min(1, part));
}

/**
 * Widths of columns, in whole units that add up to the room: in the proportion that the columns ask for, but none
 * so narrow that a word or figure is torn apart, as long as there is room for that.
 */
export function widthsOf(table: Table, measure: Measure): number[] {
  const { room } = measure;
  const asked = table.columns.reduce((total, { width }) => total + width, 0);
  const fair = table.columns.map(({ width }) => (width * room) / asked);
  const taken = takenBy(table, measure);
  const leastWith = (whole: (typeof WHOLE)[number]) => leastWidths(table.columns, taken, measure, whole);
  const tries = WHOLE.map(leastWith);
  const least = tries.find((widths) => sum(widths) <= room) ?? tries.at(-1) ?? [];
  const words = leastWith(NAMES_TORN);
  const asWished = shared(fair, least);
  const isTorn = asWished.some((width, index) => width < (words[index] ?? 0) - 1);
  const widths = (isTorn ? shared(fair, squeezed(words, least, room)) : asWished).map(Math.floor);
  const left = room - sum(widths);
  return widths.map((width, index) => (index === 0 ? width + left : width));
}

/** Units × requirements, whose heads are long and columns narrow. */
export const isMatrix = ({ id }: { id: string }): boolean => id.startsWith('matrix');
