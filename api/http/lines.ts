export type Line = { line: number; bytes: Buffer };

/**
 * The lines of a stream as bytes, counted from 1. They end with a line feed and with nothing else: JSON may hold
 * U+2028, U+2029 and U+0085 as they are, at which other readers of lines break. A last one that is empty is none.
 * `tooLong` is called where a line grows beyond `most` bytes, before it fills the memory; it throws.
 */
export async function* linesIn(
  source: AsyncIterable<Uint8Array | string>,
  { most, tooLong }: { most: number; tooLong: (line: number) => never },
): AsyncGenerator<Line> {
  let line = 1;
  let rest: Uint8Array[] = [];
  let length = 0;
  const grow = (part: Uint8Array): void => {
    length += part.length;
    if (length > most) tooLong(line);
    rest.push(part);
  };
  const take = (): Line => {
    const taken = { line: line++, bytes: Buffer.concat(rest) };
    [rest, length] = [[], 0];
    return taken;
  };
  for await (const chunk of source) {
    const bytes = Buffer.from(chunk as Uint8Array);
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      grow(bytes.subarray(start, end));
      yield take();
      start = end + 1;
    }
    if (start < bytes.length) grow(bytes.subarray(start));
  }
  if (length > 0) yield take();
}
