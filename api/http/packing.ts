import { promisify } from 'node:util';
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib';
import type { Request } from 'express';

/**
 * Long answers are packed for callers who take that: what packing costs is less than what sending costs that it saves
 * (docs/performance.md). It is done by the engine's own threads, and once for bytes that are kept.
 */

/** What is shorter fits a few packets anyway. */
const LEAST = 16 * 1_024;

type Pack = (bytes: Uint8Array) => Promise<Buffer>;

const brotli = promisify(brotliCompress);
const zstd = promisify(zstdCompress);
const deflate = promisify(gzip);

/** The best first. The lowest level of each: the next ones cost several times as much for a few hundredths less. */
const PACKERS = new Map<string, Pack>([
  ['zstd', (bytes) => zstd(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 1 } })],
  [
    'br',
    (bytes) =>
      brotli(bytes, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: 1,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
      }),
  ],
  ['gzip', (bytes) => deflate(bytes, { level: 1 })],
]);

/** Of these codings, best first, the one that the caller takes; undefined for none. */
export const codingFor = (request: Request, codings: Iterable<string>): string | undefined =>
  [...codings].find((coding) => request.acceptsEncodings(coding) === coding);

const kept = new WeakMap<Uint8Array, Map<string, Promise<Buffer>>>();

/** Bytes that others may ask for, too, are packed once, also where they ask meanwhile. */
function once(bytes: Uint8Array, coding: string, pack: Pack): Promise<Buffer> {
  const known = kept.get(bytes) ?? new Map<string, Promise<Buffer>>();
  kept.set(bytes, known);
  const packed = known.get(coding) ?? pack(bytes);
  known.set(coding, packed);
  return packed;
}

const isText = (type: string): boolean => /^(?:application\/json|text\/)/.test(type);

/** The content as it goes to the caller. */
export async function packedFor(
  request: Request,
  content: string | Uint8Array,
  type: string,
): Promise<{ content: string | Uint8Array; coding?: string }> {
  if (content.length < LEAST || !isText(type)) return { content };
  const coding = codingFor(request, PACKERS.keys());
  const pack = coding === undefined ? undefined : PACKERS.get(coding);
  if (coding === undefined || !pack) return { content };
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return { content: await once(bytes, coding, pack), coding };
}
