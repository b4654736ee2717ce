import { describe, expect, test } from 'vitest';
import { type Block, readNative } from '#ingest/clickhouse-native/read.ts';
import * as native from '#ingest/clickhouse-native/write.ts';
import { shrink } from '#schemas/exact.ts';
import { mulberry32 } from '#schemas/mulberry32.ts';
import { micros } from '#schemas/numbers.ts';
import type { Whole } from '#schemas/tallies.ts';

/** What is written is what is read, for every type, at the ends of its range and in blocks of any size. */
type Column = {
  codec: native.Codec<never>;
  read(block: Block): unknown;
  edges: readonly unknown[];
  seen(value: never): unknown;
};
const column = <T>(
  codec: native.Codec<T>,
  read: (block: Block) => unknown,
  edges: readonly T[],
  seen: (value: T) => unknown = (value) => value,
): Column => ({ codec: codec as never, read, edges, seen: seen as never });

const listed = (lists: { ends: ArrayLike<number>; values: ArrayLike<unknown> }): unknown[][] =>
  Array.from(lists.ends, (end, row) => Array.from(lists.values).slice(row ? lists.ends[row - 1] : 0, end));
const given = ({ nulls, values }: { nulls: ArrayLike<number>; values: ArrayLike<unknown> }): unknown[] =>
  Array.from(values, (value, row) => (nulls[row] ? null : value));

const SAFE = Number.MAX_SAFE_INTEGER;
const TEXTS = [
  '',
  'a',
  'x'.repeat(23),
  'y'.repeat(24),
  'z'.repeat(127),
  'z'.repeat(128),
  '五型'.repeat(9_000),
  '🌾\u0000\n',
  'é',
];
const DECIMALS = [
  0, -0.000001, 0.000001, 1.005, -1.5, 99_999_999.999999, 123_456_789.5, 999_999_999, -999_999_999,
];
const WIDE: Whole[] = [
  0,
  -1,
  SAFE,
  -SAFE,
  2n ** 53n,
  2n ** 63n - 1n,
  -(2n ** 63n),
  2n ** 63n,
  2n ** 64n,
  -(2n ** 64n),
  2n ** 96n + 12_345n,
  10n ** 38n - 1n,
  1n - 10n ** 38n,
];
const days = (day: string): number => Date.parse(day) / 86_400_000;

const COLUMNS: Record<string, Column> = {
  text: column(native.text, (block) => block.texts('c'), TEXTS),
  bool: column(native.bool, (block) => block.numbers('c'), [true, false], Number),
  uint8: column(native.uint8, (block) => block.numbers('c'), [0, 1, 255]),
  uint16: column(native.uint16, (block) => block.numbers('c'), [0, 256, 65_535]),
  uint32: column(native.uint32, (block) => block.numbers('c'), [0, 65_536, 2 ** 32 - 1]),
  int32: column(native.int32, (block) => block.numbers('c'), [0, -1, 2 ** 31 - 1, -(2 ** 31)]),
  uint64: column(native.uint64, (block) => block.numbers('c'), [0, 2 ** 32, SAFE]),
  whole: column(native.whole, (block) => block.wholes('c'), [0, -1, 2 ** 32, -(2 ** 32), SAFE, -SAFE]),
  date: column(
    native.date,
    (block) => block.numbers('c'),
    ['1900-01-01', '1969-12-31', '1970-01-01', '2024-02-29', '2199-12-31'],
    days,
  ),
  decimal: column(
    native.decimal,
    (block) => block.wholes('c'),
    DECIMALS,
    (value) => shrink(micros(value)),
  ),
  wide: column(
    native.wide,
    (block) => block.wholes('c'),
    WIDE,
    (value) => shrink(BigInt(value)),
  ),
  'nullable text': column(
    native.nullable<string>(native.text, ''),
    (block) => given(block.nullableTexts('c')),
    [null, '', '班子', null],
  ),
  'nullable decimal': column(
    native.nullable<number>(native.decimal, 0),
    (block) => given(block.nullableWholes('c')),
    [null, 0, -999_999_999, null],
    (value) => (value === null ? null : shrink(micros(value))),
  ),
  'list of texts': column(native.list(native.text), (block) => listed(block.textLists('c')), [
    [],
    ['a'],
    TEXTS,
    [],
  ]),
  'list of numbers': column(native.list(native.uint32), (block) => listed(block.numberLists('c')), [
    [],
    [0, 2 ** 32 - 1],
    [],
  ]),
  'list of decimals': column(
    native.list(native.wide),
    (block) => listed(block.wholeLists('c')),
    [WIDE, [], [1]],
    (value) => value.map((one) => shrink(BigInt(one))),
  ),
};

const SEED = 20_261_126;

describe.each(Object.entries(COLUMNS))('%s', (_, { codec, read, edges, seen }) => {
  const expectSame = (values: readonly unknown[]): void => {
    const bytes = native.nativeBlock<{ c: never }>(
      { c: codec },
      values.map((c) => ({ c: c as never })),
    );
    const blocks = [...readNative(bytes)];
    expect(blocks.map(({ rows }) => rows)).toEqual([values.length]);
    const found = Array.from(read(blocks[0] as Block) as ArrayLike<unknown>, (one) => (one === 0 ? 0 : one));
    expect(found).toEqual(values.map((value) => seen(value as never)).map((one) => (one === 0 ? 0 : one)));
  };

  test('nothing, one row, and every edge', () => {
    expectSame([]);
    for (const edge of edges) expectSame([edge]);
    expectSame(edges);
  });

  test(`blocks of random sizes and orders (seed ${SEED})`, () => {
    const random = mulberry32(SEED);
    for (const size of [2, 127, 128, 1_000, 5_000])
      expectSame(Array.from({ length: size }, () => edges[random() % edges.length]));
  });

  test('several blocks, one behind the other', () => {
    const block = (rows: number) =>
      native.nativeBlock<{ c: never }>(
        { c: codec },
        edges.slice(0, rows).map((c) => ({ c: c as never })),
      );
    const read = [...readNative(Buffer.concat([block(1), block(0), block(2)]))];
    expect(read.map(({ rows }) => rows)).toEqual([1, 0, 2]);
  });
});
