import { calmly } from '#ingest/process/calmly.ts';

/** Items of a list that are written at once: some ten milliseconds of long ones. */
const AT_ONCE = 200;

type Fields = Record<string, unknown>;

const isPlain = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/**
 * A value as JSON, the very bytes that `JSON.stringify` gives at once: the long lists of an answer are written piece by
 * piece, so that everybody else in the process gets a turn.
 */
export async function jsonOf(value: unknown): Promise<Buffer> {
  const isLong =
    isPlain(value) && Object.values(value).some((one) => Array.isArray(one) && one.length > AT_ONCE);
  if (!isLong || 'toJSON' in value) return Buffer.from(JSON.stringify(value));
  const pieces: { before: string; write(): string }[] = [];
  let before = '{';
  for (const [name, own] of Object.entries(value)) {
    const head = `${before}${JSON.stringify(name)}:`;
    if (!Array.isArray(own)) {
      const text = JSON.stringify(own);
      if (text === undefined) continue;
      pieces.push({ before: head, write: () => text });
    } else if (own.length === 0) pieces.push({ before: head, write: () => '[]' });
    else
      for (let from = 0; from < own.length; from += AT_ONCE)
        pieces.push({
          before: from === 0 ? `${head}[` : ',',
          write: () => {
            const text = JSON.stringify(own.slice(from, from + AT_ONCE)).slice(1, -1);
            return from + AT_ONCE < own.length ? text : `${text}]`;
          },
        });
    before = ',';
  }
  const written: Buffer[] = [];
  await calmly(pieces, (piece) => written.push(Buffer.from(piece.before + piece.write())));
  return Buffer.concat([...written, Buffer.from('}')]);
}
