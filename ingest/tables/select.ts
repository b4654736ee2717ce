import { z } from 'zod';
import type { Description, RowOf } from './columns.ts';

/** Names of a table's columns. */
type Names<D> = keyof D & string;

/**
 * What a query asks of a table: the columns of its SELECT, and the schema of the rows that it answers with. A column
 * that the table has not does not compile.
 */
export type Selection<R> = {
  readonly columns: string;
  readonly row: z.ZodType<R>;
  /** The schema of each column, for rows that have more than these. */
  readonly shape: { readonly [K in keyof R]: z.ZodType<R[K]> };
  /** The columns, some of them replaced by what is said here in SQL, of the same type. */
  columnsWith(instead: Partial<Record<keyof R & string, string>>): string;
};

/** The rows of a selection. */
export type Selected<S> = S extends Selection<infer R> ? R : never;

/** All columns of a table but some, in its order. */
export const allBut = <D extends object, const L extends readonly Names<D>[]>(
  table: D,
  ...left: L
): Exclude<Names<D>, L[number]>[] =>
  (Object.keys(table) as Names<D>[]).filter((name) => !left.includes(name)) as Exclude<Names<D>, L[number]>[];

/** Rows that were read are the reader's own. */
type Own<T> = T extends readonly (infer U)[] ? U[] : T;
type RowOfSelection<D, N extends Names<D>, A extends Readonly<Record<string, Names<D>>>> = {
  [K in N]: Own<RowOf<D>[K]>;
} & { [K in keyof A]: Own<RowOf<D>[A[K]]> };

const quoted = (name: string): string => `\`${name}\``;

/** Some columns of a table; `as` gives further ones under another name. */
export function select<
  D extends object,
  N extends Names<D>,
  A extends Readonly<Record<string, Names<D>>> = Record<never, never>,
>(table: D, names: readonly N[], as: A = {} as A): Selection<RowOfSelection<D, N, A>> {
  const sources = new Map<string, string>([
    ...names.map((name) => [name, name] as const),
    ...Object.entries(as),
  ]);
  const described = table as Description;
  const columnsWith = (instead: Readonly<Record<string, string>>): string =>
    [...sources]
      .map(([name, source]) => {
        const said = instead[name] ?? quoted(source);
        return said === quoted(name) ? said : `${said} AS ${quoted(name)}`;
      })
      .join(', ');
  type Row = RowOfSelection<D, N, A>;
  const shape = Object.fromEntries(
    [...sources].map(([name, source]) => [name, (described[source] as Description[string]).read]),
  );
  return {
    columns: columnsWith({}),
    row: z.object(shape) as unknown as z.ZodType<Row>,
    shape: shape as unknown as Selection<Row>['shape'],
    columnsWith: columnsWith as Selection<Row>['columnsWith'],
  };
}
