import { orientationOfExif } from '../kinds/webp.ts';

/** The first picture in a WebP, as its container names it: a still one has one picture, an animated one many. */

export type WebpFrame = {
  width: number;
  height: number;
  /** Its own chunks, with their heads: the transparency where it has one, and the picture. */
  chunks: Buffer;
  transparent: boolean;
  /** Which way up it is, 1 to 8, as Exif counts. */
  orientation: number;
};

type Chunk = { name: string; data: Buffer; whole: Buffer };

const HEAD = 12;
const CHUNK_HEAD = 8;
/** An animation's frame begins with where it stands, how large it is and how long it is shown. */
const FRAME_HEAD = 16;

function* chunksIn(bytes: Buffer, from: number): Generator<Chunk> {
  for (let at = from; at + CHUNK_HEAD <= bytes.length; ) {
    const length = bytes.readUInt32LE(at + 4);
    const end = at + CHUNK_HEAD + length;
    if (end > bytes.length) return;
    const next = end + (length % 2);
    const name = bytes.toString('latin1', at, at + 4);
    yield { name, data: bytes.subarray(at + CHUNK_HEAD, end), whole: bytes.subarray(at, next) };
    at = next;
  }
}

const START_OF_FRAME = Buffer.from([0x9d, 0x01, 0x2a]);
const LOSSLESS = 0x2f;
const FOURTEEN_BITS = 0x3fff;

/** What the decoder makes room for: the picture's own size, not what the container says of it. */
function sideLengths({ name, data }: Chunk): [width: number, height: number] | undefined {
  if (name === 'VP8L' && data.length >= 5 && data[0] === LOSSLESS) {
    const bits = data.readUInt32LE(1);
    return [(bits & FOURTEEN_BITS) + 1, ((bits >>> 14) & FOURTEEN_BITS) + 1];
  }
  if (name === 'VP8 ' && data.length >= 10 && data.subarray(3, 6).equals(START_OF_FRAME))
    return [data.readUInt16LE(6) & FOURTEEN_BITS, data.readUInt16LE(8) & FOURTEEN_BITS];
  return undefined;
}

/** Undefined for what is no WebP, or holds no picture that could be read. */
export function firstFrame(bytes: Buffer): WebpFrame | undefined {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP')
    return undefined;
  const chunks = [...chunksIn(bytes, HEAD)];
  const exif = chunks.find(({ name }) => name === 'EXIF');
  const orientation = (exif && orientationOfExif(exif.data)) ?? 1;
  const first = chunks.find(({ name }) => name === 'VP8 ' || name === 'VP8L' || name === 'ANMF');
  const picture =
    first?.name === 'ANMF' ? pictureAmong([...chunksIn(first.data, FRAME_HEAD)]) : pictureAmong(chunks);
  return picture && { ...picture, orientation };
}

function pictureAmong(chunks: readonly Chunk[]): Omit<WebpFrame, 'orientation'> | undefined {
  const picture = chunks.find(({ name }) => name === 'VP8 ' || name === 'VP8L');
  const sides = picture && sideLengths(picture);
  if (!sides) return undefined;
  const alpha = picture.name === 'VP8 ' ? chunks.find(({ name }) => name === 'ALPH') : undefined;
  const [width, height] = sides;
  const own = alpha ? [alpha.whole, picture.whole] : [picture.whole];
  return { width, height, chunks: Buffer.concat(own), transparent: alpha !== undefined };
}

const TRANSPARENT = 0x10;

/** A still WebP of that picture alone. */
export function stillWebp({ width, height, chunks, transparent }: Omit<WebpFrame, 'orientation'>): Buffer {
  const extended = Buffer.alloc(transparent ? CHUNK_HEAD + 10 : 0);
  if (transparent) {
    extended.write('VP8X', 'latin1');
    extended.writeUInt32LE(10, 4);
    extended[CHUNK_HEAD] = TRANSPARENT;
    extended.writeUIntLE(width - 1, CHUNK_HEAD + 4, 3);
    extended.writeUIntLE(height - 1, CHUNK_HEAD + 7, 3);
  }
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(4 + extended.length + chunks.length, 4);
  return Buffer.concat([head, extended, chunks]);
}
