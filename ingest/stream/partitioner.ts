/** MurmurHash2 as Kafka's Java client has it, which decides for most producers; it never changes. */
function murmur2(bytes: Buffer): number {
  const MIX = 0x5bd1e995;
  let hash = 0x9747b28c ^ bytes.length;
  const whole = bytes.length & ~3;
  for (let at = 0; at < whole; at += 4) {
    let word = Math.imul(bytes.readInt32LE(at), MIX);
    word = Math.imul(word ^ (word >>> 24), MIX);
    hash = Math.imul(hash, MIX) ^ word;
  }
  for (let at = bytes.length - 1; at >= whole; at--) hash ^= bytes.readUInt8(at) << (8 * (at - whole));
  if (whole < bytes.length) hash = Math.imul(hash, MIX);
  hash = Math.imul(hash ^ (hash >>> 13), MIX);
  return hash ^ (hash >>> 15);
}

/** The one partition in which a subject's events stand, by Java's default partitioner; the order within is theirs. */
export const homeOf = (subject: string, partitions: number): number =>
  partitions === 1 ? 0 : (murmur2(Buffer.from(subject)) & 0x7fffffff) % partitions;
