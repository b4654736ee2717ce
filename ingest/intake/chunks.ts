/** Events checked or appended in one go; between two the thread serves others. */
export const CHUNK = 1_000;
/** Letters after which a chunk takes no more, however few events it holds: several are under way at a time. */
const CHUNK_LETTERS = 4_000_000;

/** Letters in the texts of a JSON value, roughly what it takes; the rest is small beside them. */
export function lettersIn(value: unknown): number {
  let letters = 0;
  const rest: unknown[] = [value];
  while (rest.length > 0) {
    const item = rest.pop();
    letters += typeof item === 'string' ? item.length : 8;
    if (item === null || typeof item !== 'object') continue;
    for (const inner of Object.values(item)) rest.push(inner);
  }
  return letters;
}

/** Chunks bounded by number and by size. */
export async function* chunksOf<T>(items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T[]> {
  let chunk: T[] = [];
  let letters = 0;
  for await (const item of items) {
    letters += lettersIn(item);
    if (chunk.push(item) < CHUNK && letters < CHUNK_LETTERS) continue;
    yield chunk;
    [chunk, letters] = [[], 0];
  }
  if (chunk.length > 0) yield chunk;
}
