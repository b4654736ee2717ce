import { createHash } from 'node:crypto';

/** A digest of what is sent, and of nothing else: other bytes never carry the same tag. */
export const tagOf = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('base64url').slice(0, 27);
