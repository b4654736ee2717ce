/** The names that ClickHouse gives to the types of our columns, one each for reading and writing. */
export const TYPE = {
  text: 'String',
  bool: 'Bool',
  uint8: 'UInt8',
  uint16: 'UInt16',
  uint32: 'UInt32',
  int32: 'Int32',
  uint64: 'UInt64',
  int64: 'Int64',
  date: 'Date32',
  /** Six decimals, in 64 and in 128 bits: a sum of the first is one of the second. */
  decimal: 'Decimal(18, 6)',
  wide: 'Decimal(38, 6)',
} as const;

export const arrayOf = (inner: string): string => `Array(${inner})`;
export const nullableOf = (inner: string): string => `Nullable(${inner})`;

/** What an `Array(…)` or a `Nullable(…)` holds; undefined where a type is none. */
export const innerOf = (wrapper: 'Array' | 'Nullable', type: string): string | undefined =>
  type.startsWith(`${wrapper}(`) && type.endsWith(')') ? type.slice(wrapper.length + 1, -1) : undefined;
