import { micros } from '#schemas/numbers.ts';

/**
 * Writes rows as one block of ClickHouse's Native format: column after column, in binary. The engine reads it
 * several times faster than JSON, and making it costs no more than JSON.stringify.
 */
export type Writer = {
  bytes: Buffer;
  length: number;
};

/** How the values of one column are written. */
export type Codec<T> = { type: string; write: (writer: Writer, values: readonly T[]) => void };

function reserve(writer: Writer, size: number): void {
  if (writer.length + size <= writer.bytes.length) return;
  const grown = Buffer.allocUnsafe(Math.max(writer.bytes.length * 2, writer.length + size));
  writer.bytes.copy(grown, 0, 0, writer.length);
  writer.bytes = grown;
}

/** LEB128, as the format writes lengths. The caller has reserved five bytes. */
function varint(writer: Writer, value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    writer.bytes[writer.length++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  writer.bytes[writer.length++] = rest;
}

const SHORT = 127;

function putText(writer: Writer, value: string): void {
  // A UTF-16 unit takes at most three bytes.
  reserve(writer, value.length * 3 + 5);
  if (value.length * 3 <= SHORT) {
    const size = writer.bytes.write(value, writer.length + 1);
    writer.bytes[writer.length] = size;
    writer.length += size + 1;
    return;
  }
  varint(writer, Buffer.byteLength(value));
  writer.length += writer.bytes.write(value, writer.length);
}

const HIGH = 2 ** 32;

/** A 64-bit integer, two's complement, from a safe integer. The caller has reserved eight bytes. */
function putSafe(writer: Writer, value: number): void {
  const { bytes, length } = writer;
  const high = Math.floor(value / HIGH);
  bytes.writeUInt32LE(value - high * HIGH, length);
  bytes.writeInt32LE(high, length + 4);
  writer.length = length + 8;
}

export const text: Codec<string> = {
  type: 'String',
  write: (writer, values) => {
    for (const value of values) putText(writer, value);
  },
};

export const bool: Codec<boolean> = {
  type: 'Bool',
  write: (writer, values) => {
    reserve(writer, values.length);
    for (const value of values) writer.bytes[writer.length++] = value ? 1 : 0;
  },
};

/** A safe integer: positions, instants, years, sizes. */
export const whole: Codec<number> = {
  type: 'Int64',
  write: (writer, values) => {
    reserve(writer, values.length * 8);
    for (const value of values) putSafe(writer, value);
  },
};

/** A calendar day, kept as the number of days since 1970. */
export const date: Codec<string> = {
  type: 'Date32',
  write: (writer, values) => {
    reserve(writer, values.length * 4);
    for (const value of values) {
      writer.bytes.writeInt32LE(Date.parse(value) / 86_400_000, writer.length);
      writer.length += 4;
    }
  },
};

/** Below this a double times a million is exact enough to be rounded to the right whole number. */
const EXACT = 1e8;

/** A number with at most six decimals. */
export const decimal: Codec<number> = {
  type: 'Decimal(18, 6)',
  write: (writer, values) => {
    reserve(writer, values.length * 8);
    for (const value of values) {
      if (Math.abs(value) < EXACT) putSafe(writer, Math.round(value * 1_000_000));
      else {
        writer.bytes.writeBigInt64LE(micros(value), writer.length);
        writer.length += 8;
      }
    }
  },
};

export const nullable = <T>(inner: Codec<T>, blank: T): Codec<T | null> => ({
  type: `Nullable(${inner.type})`,
  write: (writer, values) => {
    bool.write(
      writer,
      values.map((value) => value === null),
    );
    inner.write(
      writer,
      values.map((value) => value ?? blank),
    );
  },
});

export const list = <T>(inner: Codec<T>): Codec<readonly T[]> => ({
  type: `Array(${inner.type})`,
  write: (writer, values) => {
    let end = 0;
    whole.write(
      writer,
      values.map((value) => (end += value.length)),
    );
    inner.write(writer, values.flat() as T[]);
  },
});

/** A codec for every field of a row; the order is the order of the columns. */
export type Columns<R> = { [K in keyof R]-?: Codec<R[K]> };

/** One block of all the rows. */
export function nativeBlock<R>(columns: Columns<R>, rows: readonly R[]): Buffer {
  const names = Object.keys(columns) as (keyof R & string)[];
  const writer: Writer = { bytes: Buffer.allocUnsafe(64 * 1024), length: 0 };
  reserve(writer, 10);
  varint(writer, names.length);
  varint(writer, rows.length);
  for (const name of names) {
    const codec = columns[name];
    putText(writer, name);
    putText(writer, codec.type);
    codec.write(
      writer,
      rows.map((row) => row[name]),
    );
  }
  return writer.bytes.subarray(0, writer.length);
}
