import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { decompressFrame } from 'lz4-napi';
import { uncompress } from 'snappy';

/** The codecs of a record batch, by the number in its attributes. */
export const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;
export type Codec = (typeof CODECS)[number];

/** A batch that holds more when inflated is not read: one of 1 MiB could ask for gigabytes. */
export const MOST_INFLATED = 64 * 1024 * 1024;

/** This process cannot read what a better one can: reading has to wait for that rather than leave events out. */
export class CodecMissing extends Error {}

type Inflate = (bytes: Buffer) => Promise<Buffer>;
type Zlib = (
  bytes: Buffer,
  options: { maxOutputLength: number },
  done: (error: Error | null, inflated: Buffer) => void,
) => void;

const tooLarge = (): Error => new Error(`it holds more than ${MOST_INFLATED / 2 ** 20} MiB when inflated`);

const withZlib = (inflate: Zlib): Inflate => {
  const inflated = promisify(inflate);
  return (bytes) =>
    inflated(bytes, { maxOutputLength: MOST_INFLATED }).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : error;
    });
};

/** Node has it from 22.15 on. */
const { zstdDecompress } = zlib as unknown as { zstdDecompress?: Zlib };

export const zstdWith = (native: Zlib | undefined): Inflate =>
  native
    ? withZlib(native)
    : async () => {
        throw new CodecMissing(
          `other producers compress with zstd, which Node ${process.versions.node} cannot read; run Node 22.15 or later`,
        );
      };

/** The length that a block of snappy names in front: seven bits a byte, the lowest first. */
function snappyLength(block: Buffer): number {
  let length = 0;
  for (let index = 0; index < 5; index++) {
    const byte = block.readUInt8(index);
    length += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return length;
  }
  throw new Error('it is no snappy');
}

// Java's producers put blocks into a frame of their own; others write one block.
const XERIAL = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0]);
const XERIAL_HEAD = 16;

function snappyBlocks(bytes: Buffer): Buffer[] {
  if (!bytes.subarray(0, XERIAL.length).equals(XERIAL)) return [bytes];
  const blocks: Buffer[] = [];
  for (let at = XERIAL_HEAD; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    at += 4;
    if (at + length > bytes.length) throw new Error('it is cut short');
    blocks.push(bytes.subarray(at, at + length));
    at += length;
  }
  return blocks;
}

const snappy: Inflate = async (bytes) => {
  const blocks = snappyBlocks(bytes);
  if (blocks.reduce((sum, block) => sum + snappyLength(block), 0) > MOST_INFLATED) throw tooLarge();
  const inflated = await Promise.all(blocks.map((block) => uncompress(block) as Promise<Buffer>));
  return inflated.length === 1 && inflated[0] ? inflated[0] : Buffer.concat(inflated);
};

const LZ4_MAGIC = 0x184d2204;
const LZ4_BLOCKS: Record<number, number> = { 4: 2 ** 16, 5: 2 ** 18, 6: 2 ** 20, 7: 2 ** 22 };
/** No byte of LZ4 can stand for more. */
const LZ4_RATIO = 255;

/** The most that a frame can hold, by the sizes of its blocks: the decoder knows no limit of its own. */
function lz4Most(frame: Buffer): number {
  if (frame.readUInt32LE(0) !== LZ4_MAGIC) throw new Error('it is no LZ4 frame');
  const flags = frame.readUInt8(4);
  const block = LZ4_BLOCKS[(frame.readUInt8(5) >> 4) & 7];
  if (block === undefined) throw new Error('it is no LZ4 frame');
  const checked = flags & 0x10 ? 4 : 0;
  let at = 7 + (flags & 0x08 ? 8 : 0) + (flags & 0x01 ? 4 : 0);
  let most = 0;
  for (;;) {
    const size = frame.readUInt32LE(at);
    if (size === 0) return most;
    const stored = (size & 0x7fffffff) >>> 0;
    most += Math.min(block, size >= 2 ** 31 ? stored : stored * LZ4_RATIO);
    at += 4 + stored + checked;
  }
}

const lz4: Inflate = async (bytes) => {
  if (lz4Most(bytes) > MOST_INFLATED) throw tooLarge();
  return decompressFrame(bytes);
};

/** What each codec does; rejects where the bytes are not what they should be, or hold too much. */
export const INFLATE: Record<Codec, Inflate> = {
  none: async (bytes) => bytes,
  gzip: withZlib(zlib.unzip as Zlib),
  snappy,
  lz4,
  zstd: zstdWith(zstdDecompress),
};
