import type { Whole } from '#schemas/tallies.ts';
import { innerOf, TYPE } from './types.ts';

/**
 * Reads ClickHouse's Native format: blocks of columns in binary, so that a million numbers are there in a few
 * milliseconds. Every type that `write.ts` writes, and those that sums and counts answer with.
 */
type Numbers = { length: number; [index: number]: number };
/** One array a row: row `i` holds `values` from `i ? ends[i - 1] : 0` to `ends[i]`. */
export type Lists<V> = { ends: Numbers; values: V };
/** Where a row has no value, `nulls` is 1 and the value means nothing. */
export type Nullable<V> = { nulls: Numbers; values: V };
export type Block = {
  rows: number;
  texts(name: string): readonly string[];
  numbers(name: string): Numbers;
  numberLists(name: string): Lists<Numbers>;
  /** Decimals, in units of their last digit. */
  wholes(name: string): readonly Whole[];
  wholeLists(name: string): Lists<readonly Whole[]>;
  textLists(name: string): Lists<readonly string[]>;
  nullableTexts(name: string): Nullable<readonly string[]>;
  nullableWholes(name: string): Nullable<readonly Whole[]>;
};

type Cursor = { bytes: Buffer; at: number };
type Column = readonly string[] | readonly Whole[] | Numbers | Lists<unknown> | Nullable<unknown>;

function varint(cursor: Cursor): number {
  let value = 0;
  for (let shift = 1; ; shift *= 128) {
    const byte = cursor.bytes[cursor.at++] ?? 0;
    value += (byte & 0x7f) * shift;
    if (byte < 0x80) return value;
  }
}

function text(cursor: Cursor): string {
  const length = varint(cursor);
  const { bytes, at } = cursor;
  cursor.at = at + length;
  return length < 24 ? shortText(bytes, at, length) : bytes.toString('utf8', at, at + length);
}

/** Decoding has a fixed cost that short texts of plain letters need not pay. */
function shortText(bytes: Buffer, at: number, length: number): string {
  let value = '';
  for (let index = at; index < at + length; index++) {
    const byte = bytes[index] ?? 0;
    if (byte >= 0x80) return bytes.toString('utf8', at, at + length);
    value += String.fromCharCode(byte);
  }
  return value;
}

/** A copy of the next bytes, aligned as typed arrays want it. */
function take(cursor: Cursor, length: number): ArrayBuffer {
  const { bytes, at } = cursor;
  cursor.at = at + length;
  const start = bytes.byteOffset + at;
  return bytes.buffer.slice(start, start + length) as ArrayBuffer;
}

const HIGH = 2 ** 32;

/** Unsigned 64-bit integers that are known to be safe. */
function longs(cursor: Cursor, count: number): Float64Array {
  const halves = new Uint32Array(take(cursor, count * 8));
  const values = new Float64Array(count);
  for (let index = 0; index < count; index++)
    values[index] = (halves[index * 2] ?? 0) + (halves[index * 2 + 1] ?? 0) * HIGH;
  return values;
}

/** Two's complement of 64 or 128 bits; a number where it is a safe integer, else a bigint. */
function wholes(cursor: Cursor, count: number, words: 2 | 4): Whole[] {
  const parts = new Int32Array(take(cursor, count * words * 4));
  const values: Whole[] = [];
  for (let index = 0; index < count; index++) {
    const first = index * words;
    const low = parts[first] ?? 0;
    const high = parts[first + 1] ?? 0;
    const sign = high >> 31;
    const fits = words === 2 || (parts[first + 2] === sign && parts[first + 3] === sign);
    const value = high * HIGH + (low >>> 0);
    values.push(fits && Number.isSafeInteger(value) ? value : bigWhole(parts, first, words));
  }
  return values;
}

function bigWhole(parts: Int32Array, first: number, words: number): bigint {
  let value = BigInt(parts[first + words - 1] ?? 0);
  for (let word = words - 2; word >= 0; word--)
    value = (value << 32n) | BigInt((parts[first + word] ?? 0) >>> 0);
  return value;
}

const SIMPLE: Record<string, (cursor: Cursor, count: number) => Column> = {
  [TYPE.text]: (cursor, count) => Array.from({ length: count }, () => text(cursor)),
  [TYPE.bool]: (cursor, count) => new Uint8Array(take(cursor, count)),
  [TYPE.uint8]: (cursor, count) => new Uint8Array(take(cursor, count)),
  [TYPE.uint16]: (cursor, count) => new Uint16Array(take(cursor, count * 2)),
  [TYPE.uint32]: (cursor, count) => new Uint32Array(take(cursor, count * 4)),
  [TYPE.int32]: (cursor, count) => new Int32Array(take(cursor, count * 4)),
  [TYPE.date]: (cursor, count) => new Int32Array(take(cursor, count * 4)),
  [TYPE.uint64]: longs,
  [TYPE.int64]: (cursor, count) => wholes(cursor, count, 2),
  [TYPE.decimal]: (cursor, count) => wholes(cursor, count, 2),
  [TYPE.wide]: (cursor, count) => wholes(cursor, count, 4),
};

function column(cursor: Cursor, type: string, rows: number): Column {
  const simple = SIMPLE[type];
  if (simple) return simple(cursor, rows);
  const given = innerOf('Nullable', type);
  if (given !== undefined)
    return { nulls: new Uint8Array(take(cursor, rows)), values: column(cursor, given, rows) };
  const inner = innerOf('Array', type);
  if (inner === undefined) throw new Error(`no reader for columns of ${type}`);
  const ends = longs(cursor, rows);
  return { ends, values: column(cursor, inner, ends[rows - 1] ?? 0) };
}

function block(cursor: Cursor): Block {
  const count = varint(cursor);
  const rows = varint(cursor);
  const columns = new Map<string, Column>();
  for (let index = 0; index < count; index++) {
    const name = text(cursor);
    const type = text(cursor);
    columns.set(name, column(cursor, type, rows));
  }
  const named = <C>(name: string): C => {
    const found = columns.get(name);
    if (!found) throw new Error(`the answer has no column ${name}`);
    return found as C;
  };
  return {
    rows,
    texts: named,
    numbers: named,
    numberLists: named,
    wholes: named,
    wholeLists: named,
    textLists: named,
    nullableTexts: named,
    nullableWholes: named,
  };
}

export function* readNative(bytes: Buffer): Generator<Block> {
  const cursor = { bytes, at: 0 };
  while (cursor.at < bytes.length) yield block(cursor);
}
