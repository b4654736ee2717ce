/** Rows of a table by key: what is changed and not committed yet. */
export type Changes<V> = Iterable<[string, V]> & {
  readonly size: number;
  get(key: string): V | undefined;
  set(key: string, value: V): unknown;
};
