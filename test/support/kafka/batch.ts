import * as zlib from 'node:zlib';
import { gzipSync } from 'node:zlib';
import { compressFrameSync } from 'lz4-napi';
import { compressSync } from 'snappy';
import { CODECS, type Codec } from '#ingest/stream/kafkaCodecs.ts';

/** A record batch as a broker sends it, made by the format's own description and not by any client's code. */
export type BatchParts = {
  base?: number;
  records: readonly RecordParts[];
  codec?: Codec;
  /** What stands in place of the compressed records. */
  body?: Buffer;
  count?: number;
  attributes?: number;
  producerId?: number;
};
export type RecordParts = {
  key?: string | Buffer | null;
  value?: string | Buffer | null;
  headers?: readonly (readonly [string | Buffer, string | Buffer | null])[];
};

const { zstdCompressSync } = zlib as unknown as { zstdCompressSync?: (bytes: Buffer) => Buffer };
export const hasZstd = zstdCompressSync !== undefined;

export const COMPRESS: Record<Codec, (bytes: Buffer) => Buffer> = {
  none: (bytes) => bytes,
  gzip: (bytes) => gzipSync(bytes),
  snappy: (bytes) => compressSync(bytes),
  lz4: (bytes) => compressFrameSync(bytes),
  zstd: (bytes) => (zstdCompressSync ? zstdCompressSync(bytes) : bytes),
};

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) + 0x80);
  return Buffer.from([...bytes, rest]);
}

const piece = (value: string | Buffer | null): Buffer[] => {
  if (value === null) return [varint(-1)];
  const bytes = Buffer.from(value as Buffer);
  return [varint(bytes.length), bytes];
};

function record({ key = null, value = null, headers = [] }: RecordParts, delta: number): Buffer {
  const body = Buffer.concat([
    Buffer.from([0]),
    varint(0),
    varint(delta),
    ...piece(key),
    ...piece(value),
    varint(headers.length),
    ...headers.flatMap(([name, said]) => [...piece(name), ...piece(said)]),
  ]);
  return Buffer.concat([varint(body.length), body]);
}

export function batchOf(parts: BatchParts): Buffer {
  const { base = 0, records, codec = 'none', attributes = 0, producerId = -1 } = parts;
  const body = parts.body ?? COMPRESS[codec](Buffer.concat(records.map(record)));
  const head = Buffer.alloc(61);
  head.writeBigInt64BE(BigInt(base), 0);
  head.writeInt32BE(49 + body.length, 8);
  head.writeInt8(2, 16);
  head.writeInt16BE(CODECS.indexOf(codec) | attributes, 21);
  head.writeInt32BE((parts.count ?? records.length) - 1, 23);
  head.writeBigInt64BE(1_000n, 27);
  head.writeBigInt64BE(2_000n, 35);
  head.writeBigInt64BE(BigInt(producerId), 43);
  head.writeInt32BE(parts.count ?? records.length, 57);
  return Buffer.concat([head, body]);
}
