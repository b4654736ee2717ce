import { randomUUID } from 'node:crypto';
import { checkNames, type Param, type Params, paramText } from './params.ts';

/**
 * A statement and its bound values as the body of a request. In the URL, where the client would put them, a look-up of
 * a thousand keys is longer than ClickHouse takes (1 MiB), and than proxies do (some 8 KiB).
 */
export type Form = { contentType: string; body: Buffer };

/** ClickHouse reads no field of more than 128 KiB. */
const MOST_BYTES = 64 * 1024;

type Pieces = readonly Param[];

/** Cuts what grows without the others' knowing into values that each go into a field. */
function piecesOf(value: Param, most: number): Pieces {
  if (typeof value === 'string') return textPieces(value, most);
  if (typeof value !== 'object') return [value];
  const pieces: (string | number | bigint)[][] = [[]];
  let size = 0;
  for (const item of value) {
    const bytes = Buffer.byteLength(paramText([item]));
    if (size + bytes > most && size > 0) {
      pieces.push([]);
      size = 0;
    }
    pieces.at(-1)?.push(item);
    size += bytes;
  }
  return pieces;
}

/** By characters, none of which is cut in two; four bytes hold the largest, and its escape. */
function textPieces(text: string, most: number): string[] {
  if (Buffer.byteLength(text) <= most / 2) return [text];
  const characters = [...text];
  const step = Math.floor(most / 4);
  const pieces: string[] = [];
  for (let at = 0; at < characters.length; at += step) pieces.push(characters.slice(at, at + step).join(''));
  return pieces;
}

const field = (boundary: string, name: string, value: string): string =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

/**
 * Where a value is too large for a field it goes in pieces, and its placeholder in the statement puts them together
 * again: `{keys:Array(String)}` becomes `arrayConcat({keys:Array(String)}, {keys_1:Array(String)}, …)`.
 */
export function formOf(sql: string, params: Params, most: number = MOST_BYTES): Form {
  checkNames(params);
  const boundary = `wuxing-${randomUUID()}`;
  let query = sql;
  let fields = '';
  for (const [name, value] of Object.entries(params)) {
    const pieces = piecesOf(value, most);
    const names = pieces.map((_, index) => (index === 0 ? name : `${name}__${index}`));
    for (const [index, piece] of pieces.entries())
      fields += field(boundary, `param_${names[index]}`, paramText(piece));
    if (pieces.length === 1) continue;
    const together = typeof value === 'object' ? 'arrayConcat' : 'concat';
    query = query.replaceAll(new RegExp(`\\{${name}:([^}]+)\\}`, 'g'), (_, type: string) => {
      const placeholders = names.map((one) => `{${one}:${type}}`);
      return `${together}(${placeholders.join(', ')})`;
    });
  }
  const body = Buffer.from(`${field(boundary, 'query', query)}${fields}--${boundary}--\r\n`);
  return { contentType: `multipart/form-data; boundary=${boundary}`, body };
}
