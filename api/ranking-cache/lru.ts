/** Keeps what was used last: at most so much weight, where an entry weighs 1 unless told otherwise. */
export type Lru<V> = {
  get(key: string): V | undefined;
  set(key: string, value: V, weight?: number): void;
  delete(key: string): void;
  clear(): void;
  values(): V[];
};

export function createLru<V>(most: number): Lru<V> {
  // A Map remembers the order of insertion: the first entry is the one used longest ago.
  const entries = new Map<string, { value: V; weight: number }>();
  let weighed = 0;

  function remove(key: string): void {
    weighed -= entries.get(key)?.weight ?? 0;
    entries.delete(key);
  }

  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, weight = 1) {
      remove(key);
      entries.set(key, { value, weight });
      weighed += weight;
      for (const oldest of entries.keys()) {
        if (weighed <= most || oldest === key) break;
        remove(oldest);
      }
    },
    delete: remove,
    clear() {
      entries.clear();
      weighed = 0;
    },
    values: () => [...entries.values()].map(({ value }) => value),
  };
}
