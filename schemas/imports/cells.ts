import { type Day, day, daysIn } from '../dates.ts';
import { decimal } from '../numbers.ts';
import { termNamed } from '../presentation/terms.ts';

/** What a spreadsheet holds in a cell; null where it is empty. */
export type Cell = string | number | boolean | Date | null;

/** What is wrong with a cell: a code that `words.ts` has a sentence for. `shown` is what stands in the cell. */
export type CellFault = { code: CellFaultCode; shown: string };
export type CellFaultCode =
  | 'missing'
  | 'no-whole'
  | 'no-number'
  | 'no-day'
  | 'no-month-day'
  | 'no-flag'
  | 'no-choice'
  | 'rewritten'
  | 'no-result'
  | 'too-long'
  | 'merged'
  | 'unreadable';

/** What spreadsheets show where a formula fails; a reader of files writes the last one where a result was not kept. */
const NO_RESULTS = ['#DIV/0!', '#N/A', '#NAME?', '#NULL!', '#NUM!', '#REF!', '#VALUE!', '#SPILL!', '#CALC!'];
export const NOT_CALCULATED = '#CALC!';
/** Stands for what a merged cell covers: the value is in the first row alone. */
export const MERGED = '#MERGED!';
/** Stands before what a cell holds where signs of it could not be read; U+FFFD is in their place. */
export const GARBLED = '#GARBLED! ';
export const isNoResult = (cell: Cell): boolean => typeof cell === 'string' && NO_RESULTS.includes(cell);

export type Reading<T> = { value: T } | { fault: CellFault };

/** Signs without ink at either end: spaces of every width, joiners, byte order marks. */
const EDGES = /^[\s\p{Cf}\u3164\u2800]+|[\s\p{Cf}\u3164\u2800]+$/gu;

/** The text of a cell as it was meant: without what surrounds it and cannot be seen. */
export function textOf(cell: Cell): string {
  if (cell === null) return '';
  if (cell instanceof Date) return dayOf(cell);
  return String(cell).replace(EDGES, '');
}

/** The same for what is typed by rule and not for reading (ids, numbers, days): full-width signs become plain ones. */
export const plainOf = (cell: Cell): string =>
  textOf(typeof cell === 'string' ? cell.normalize('NFKC') : cell);

/** Dates of spreadsheets have no time zone; the reader gives them as midnight UTC. */
const dayOf = (date: Date): Day => (Number.isNaN(date.valueOf()) ? '' : date.toISOString().slice(0, 10));

const fault = (code: CellFaultCode, cell: Cell): { fault: CellFault } => ({
  fault: { code, shown: textOf(cell).slice(0, 60) },
});

export type Reader<T> = (cell: Cell) => Reading<T>;

export const asText: Reader<string> = (cell) => ({ value: textOf(cell) });

/** An id of an open list (group, form), or the word by which the product shows it: 农业管理区 is `farm`. */
export const asTerm: Reader<string> = (cell) => ({ value: termNamed(textOf(cell)) ?? textOf(cell) });

/** No id and no name that something is found by is longer; what is looked up by it is a key of the store. */
const LONGEST_NAME = 200;

/** A name by which something is found. */
export const asName: Reader<string> = (cell) => {
  const text = textOf(cell);
  return text.length > LONGEST_NAME ? fault('too-long', cell) : { value: text };
};

/** Ids of more than fifteen digits are rounded by spreadsheets, and long ones written as 1.23E+15. */
const ROUNDED = 1e15;

export const asId: Reader<string> = (cell) => {
  if (typeof cell === 'number' && (cell >= ROUNDED || !Number.isInteger(cell)))
    return fault('rewritten', cell);
  if (cell instanceof Date) return fault('rewritten', cell);
  const text = plainOf(cell);
  return text.length > LONGEST_NAME ? fault('too-long', cell) : { value: text };
};

/** `1,234.50` and `１２３４．５`; what a spreadsheet has as a number is taken as it is. */
export const asNumber: Reader<number> = (cell) => {
  const text = plainOf(cell);
  const digits = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/.test(text) ? text.replaceAll(',', '') : text;
  if (
    typeof cell === 'boolean' ||
    cell instanceof Date ||
    !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,2})?$/i.test(digits)
  )
    return fault('no-number', cell);
  const number = Number(digits);
  return decimal.safeParse(number).success ? { value: number } : fault('no-number', cell);
};

export const asWhole: Reader<number> = (cell) => {
  const read = asNumber(cell);
  if ('fault' in read || !Number.isInteger(read.value)) return fault('no-whole', cell);
  return read;
};

const FIRST_SERIAL = Date.UTC(1899, 11, 30);
const MILLISECONDS_A_DAY = 86_400_000;
/** 1900-03-01 to 2099-12-31: other numbers in a column of days are typing errors. */
const SERIALS = { first: 61, last: 73_050 };

/** Workbooks of old Macs count days from 1904; a date arrives as one, and a bare number as they count it. */
const DAYS_TO_1904 = 1_462;
export const daySince1904 = (cell: Cell): Cell => (typeof cell === 'number' ? cell + DAYS_TO_1904 : cell);

const isSerial = (value: number): boolean => value >= SERIALS.first && value <= SERIALS.last;

const SPELLINGS = [
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
];

/**
 * A day as a date, as a serial number of the 1900 system (`daySince1904` makes it of the other), or in one of the
 * spellings `2026-04-17`, `2026/4/17`, `2026.4.17`, `2026年4月17日`, `20260417`. Days of other orders could be read
 * two ways and are refused.
 */
export const asDay: Reader<Day> = (cell) => {
  if (cell instanceof Date)
    return day.safeParse(dayOf(cell)).success ? { value: dayOf(cell) } : fault('no-day', cell);
  const text = plainOf(cell).replace(/\s*([年月日号])\s*/g, '$1');
  for (const spelling of SPELLINGS) {
    const [, year = '', month = '', date = ''] = spelling.exec(text) ?? [];
    if (year === '') continue;
    const exists =
      Number(month) >= 1 &&
      Number(month) <= 12 &&
      Number(date) >= 1 &&
      Number(date) <= daysIn(Number(year), Number(month));
    return exists
      ? { value: `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}` }
      : fault('no-day', cell);
  }
  const serial = /^\d{2,5}$/.test(text) ? Number(text) : Number.NaN;
  return isSerial(serial)
    ? { value: dayOf(new Date(FIRST_SERIAL + serial * MILLISECONDS_A_DAY)) }
    : fault('no-day', cell);
};

const YES = new Set(['是', 'yes', 'y', 'true', '1', '√', '✓', '对']);
const NO = new Set(['否', 'no', 'n', 'false', '0', '×', '不是']);

export const asFlag: Reader<boolean> = (cell) => {
  const text = plainOf(cell).toLowerCase();
  if (YES.has(text)) return { value: true };
  return NO.has(text) ? { value: false } : fault('no-flag', cell);
};

/** One of several words, each with its spellings. */
export const asChoice =
  <T extends string>(choices: Readonly<Record<T, readonly string[]>>): Reader<T> =>
  (cell) => {
    const text = plainOf(cell).toLowerCase();
    const found = (Object.keys(choices) as T[]).find(
      (choice) => choices[choice].includes(text) || choice.toLowerCase() === text,
    );
    return found === undefined ? fault('no-choice', cell) : { value: found };
  };

/** Several in a cell, set apart by spaces, commas, semicolons, enumeration commas or lines. */
export const asList: Reader<string[]> = (cell) => ({
  value: plainOf(cell)
    .split(/[\s,;、]+/u)
    .filter((part) => part !== ''),
});

/** The same for texts with spaces in them, such as addresses of documents. */
export const asLines: Reader<string[]> = (cell) => ({
  value: textOf(cell)
    .split(/[\r\n;；]+/u)
    .map((part) => textOf(part))
    .filter((part) => part !== ''),
});
