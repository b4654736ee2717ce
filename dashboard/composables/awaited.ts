/** What stands where a name will stand: an id in its place would be read as the name. */
export const AWAITED = '…';

/** An answer of the server, as far as it is there. */
type Answer = { data: unknown; error: unknown };

/** A name that an answer brings: until then the sign that it is awaited, and the id once the answer has no such name. */
export function nameOrId(name: string | undefined, { data, error }: Answer, id: string): string {
  const isAwaited = (data === undefined || data === null) && !error;
  return name ?? (isAwaited ? AWAITED : id);
}
