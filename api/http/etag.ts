import { createHash } from 'node:crypto';

const kept = new WeakMap<Uint8Array, string>();

/** A digest of what is sent, and of nothing else: other bytes never carry the same tag. Bytes that are kept are looked at once. */
export function tagOf(content: Uint8Array | string): string {
  const known = typeof content === 'string' ? undefined : kept.get(content);
  const tag = known ?? createHash('sha256').update(content).digest('base64url').slice(0, 27);
  if (typeof content !== 'string') kept.set(content, tag);
  return tag;
}
