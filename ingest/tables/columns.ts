import { z } from 'zod';
import * as native from '../clickhouse-native/write.ts';

/** What a column holds: how its values are written in bulk, and by which schema they are read back. */
export type Column<T> = { codec: native.Codec<T>; read: z.ZodType<T> };

export const text: Column<string> = { codec: native.text, read: z.string() };
export const bool: Column<boolean> = { codec: native.bool, read: z.boolean() };
/** A safe integer: positions, instants, years, sizes. */
export const whole: Column<number> = { codec: native.whole, read: z.int() };
export const date: Column<string> = { codec: native.date, read: z.string() };
export const decimal: Column<number> = { codec: native.decimal, read: z.number() };
export const decimalOrNone: Column<number | null> = {
  codec: native.nullable<number>(native.decimal, 0),
  read: z.number().nullable(),
};
export const textOrNone: Column<string | null> = {
  codec: native.nullable<string>(native.text, ''),
  read: z.string().nullable(),
};
export const texts: Column<readonly string[]> = {
  codec: native.list(native.text),
  read: z.array(z.string()),
};
/** One of a few words. */
export const oneOf = <const T extends string>(words: readonly T[]): Column<T> => ({
  codec: native.text,
  read: z.enum(words) as z.ZodType<T>,
});

/** A table: its columns in the order in which they are written. */
export type Description = Readonly<Record<string, { codec: { type: string }; read: z.ZodType }>>;
export type RowOf<D> = { [K in keyof D]: D[K] extends Column<infer T> ? T : never };

/** A codec for every column of a row, as the Native format wants them. */
export const codecsOf = <D extends object>(description: D): native.Columns<RowOf<D>> =>
  Object.fromEntries(
    Object.entries(description as Description).map(([name, { codec }]) => [name, codec]),
  ) as unknown as native.Columns<RowOf<D>>;

/** The schema of rows as a SELECT answers with them. */
export const schemaOf = <D extends object>(description: D): z.ZodType<RowOf<D>> =>
  z.object(
    Object.fromEntries(Object.entries(description as Description).map(([name, { read }]) => [name, read])),
  ) as unknown as z.ZodType<RowOf<D>>;

/** The columns of a SELECT that reads whole rows. */
export const selectList = (description: object): string =>
  Object.keys(description)
    .map((name) => `\`${name}\``)
    .join(', ');
