/** What stands where a name will stand: an id in its place would be read as the name. */
export const AWAITED = '…';

/** An answer of the server, as far as it is there. */
type Answer = { data: unknown; error: unknown };

/** A name that an answer brings: until then the sign that it is awaited, and null once the answer has no such name. */
export function nameOrNone(name: string | undefined, { data, error }: Answer): string | null {
  const isAwaited = (data === undefined || data === null) && !error;
  return name ?? (isAwaited ? AWAITED : null);
}

/** The same, with the id where there is no such name. */
export const nameOrId = (name: string | undefined, answer: Answer, id: string): string =>
  nameOrNone(name, answer) ?? id;
