import type { z } from 'zod';

/** A value bound to a `{name:Type}` placeholder. */
export type Param = string | number | bigint | boolean | readonly (string | number | bigint)[];
export type Params = Readonly<Record<string, Param>>;

/** All that queries need of the store. Both reject when the store refuses or takes too long. */
export type Ask = {
  /** Rows of a SELECT (without FORMAT), each checked. 64-bit integers and decimals come as numbers. */
  query<T>(row: z.ZodType<T>, sql: string, params?: Params): Promise<T[]>;
  /** The same as the bytes of the Native format (`ingest/clickhouse-native/read.ts`), for answers of many numbers. */
  native(sql: string, params?: Params): Promise<Buffer>;
};
