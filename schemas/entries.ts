/**
 * What a dictionary itself holds under a key. Ids come from plans and units, and `constructor`, `toString` and
 * `__proto__` are ids like any other: read with brackets alone, these find what every object inherits.
 */
export const entryOf = <T>(
  dictionary: Readonly<Record<string, T>> | undefined,
  key: string,
): T | undefined =>
  dictionary !== undefined && Object.hasOwn(dictionary, key) ? dictionary[key] : undefined;

/** Writes under a key whatever it is called; assigned with brackets, `__proto__` would be lost. */
export function put<T>(dictionary: Record<string, T>, key: string, value: T): void {
  if (key === '__proto__')
    Object.defineProperty(dictionary, key, { value, enumerable: true, configurable: true, writable: true });
  else dictionary[key] = value;
}
