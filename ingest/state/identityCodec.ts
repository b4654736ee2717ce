import type { Position } from '#schemas/position.ts';
import type { RowCodec } from './rowCodec.ts';

/** Who was first under a source and id, and with what content (SHA-256, base64). */
export type Identity = { position: Position; content: string };

const POSITION = 8;
const DIGEST = 32;

/** The position as a double, then the digest. */
export const identityCodec: RowCodec<Identity> = {
  pack({ position, content }) {
    const bytes = Buffer.allocUnsafe(POSITION + DIGEST);
    bytes.writeDoubleBE(position);
    bytes.write(content, POSITION, DIGEST, 'base64');
    return bytes;
  },
  unpack({ buffer, byteOffset }) {
    const bytes = Buffer.from(buffer, byteOffset, POSITION + DIGEST);
    return { position: bytes.readDoubleBE(), content: bytes.toString('base64', POSITION) };
  },
};
