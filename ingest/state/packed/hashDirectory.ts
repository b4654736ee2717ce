/**
 * Finds ordinals by key without holding the keys: open addressing over 32-bit hashes, 8 bytes a slot, at most two
 * thirds full. One look-up in thousands names an ordinal of another key; whoever asks compares the keys.
 */
export type HashDirectory = {
  /** Notes where the key is found from now on; `isIt` tells an ordinal that is under the same key. */
  put(key: string, ordinal: number, isIt: (ordinal: number) => boolean): void;
  /** The ordinal under the key's hash that `isIt` accepts. */
  find(key: string, isIt: (ordinal: number) => boolean): number | undefined;
  clear(): void;
  /** What is in memory, to be kept as it is; not a copy. */
  image(): DirectoryImage;
};

/** A directory as it lies in memory. Its seed goes with it: hashes of another seed find nothing. */
export type DirectoryImage = { seed: number; count: number; hashes: Uint32Array; ordinals: Uint32Array };

const SMALLEST = 1 << 12;

// Drawn by each process for the directories that it begins, so that nobody can send keys that all fall into one place.
const SEED = Math.floor(Math.random() * 2 ** 32);

// One key is looked up in several directories, one after another.
let lastKey: string | undefined;
let lastSeed = SEED;
let lastHash = 0;

function hashOf(key: string, seed: number): number {
  if (key === lastKey && seed === lastSeed) return lastHash;
  let hash = seed;
  for (let index = 0; index < key.length; index++)
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x5bd1e995) ^ (hash >>> 15);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  lastKey = key;
  lastSeed = seed;
  lastHash = (hash ^ (hash >>> 16)) >>> 0;
  return lastHash;
}

/** Begins empty, or with an image that was kept. */
export function createHashDirectory(image?: DirectoryImage): HashDirectory {
  const seed = image?.seed ?? SEED;
  let hashes = image?.hashes ?? new Uint32Array(SMALLEST);
  /** Counted from 1; 0 where the slot is free. */
  let ordinals = image?.ordinals ?? new Uint32Array(SMALLEST);
  let count = image?.count ?? 0;

  function place(hash: number, ordinal: number): void {
    const mask = hashes.length - 1;
    let slot = hash & mask;
    while (ordinals[slot] !== 0) slot = (slot + 1) & mask;
    hashes[slot] = hash;
    ordinals[slot] = ordinal;
  }

  /** The slot of a key that is there already. */
  function slotOf(hash: number, isIt: (ordinal: number) => boolean): number | undefined {
    const mask = hashes.length - 1;
    for (let slot = hash & mask; ordinals[slot] !== 0; slot = (slot + 1) & mask)
      if (hashes[slot] === hash && isIt((ordinals[slot] as number) - 1)) return slot;
    return undefined;
  }

  function grow(): void {
    const [oldHashes, oldOrdinals] = [hashes, ordinals];
    hashes = new Uint32Array(oldHashes.length * 2);
    ordinals = new Uint32Array(oldHashes.length * 2);
    for (const [slot, ordinal] of oldOrdinals.entries())
      if (ordinal !== 0) place(oldHashes[slot] as number, ordinal);
  }

  return {
    put(key, ordinal, isIt) {
      const hash = hashOf(key, seed);
      const slot = slotOf(hash, isIt);
      if (slot !== undefined) {
        ordinals[slot] = ordinal + 1;
        return;
      }
      if (++count * 3 > hashes.length * 2) grow();
      place(hash, ordinal + 1);
    },
    find(key, isIt) {
      const slot = slotOf(hashOf(key, seed), isIt);
      return slot === undefined ? undefined : (ordinals[slot] as number) - 1;
    },
    clear() {
      hashes = new Uint32Array(SMALLEST);
      ordinals = new Uint32Array(SMALLEST);
      count = 0;
    },
    image: () => ({ seed, count, hashes, ordinals }),
  };
}
