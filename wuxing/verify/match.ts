import { FINGERPRINT } from '#schemas/manifest.ts';
import type { Exported } from './exported.ts';

/** Which event of an export is which leaf of a seal. Numbers are places in `Exported`, or of leaves. */
export type Placed = {
  /** By leaf, the event that is it; -1 where there is none. */
  eventOf: Int32Array;
  /** By event, its leaf; -1 where it is not sealed. */
  leafOf: Int32Array;
  /** Second copies of a sealed event. */
  copies: Set<number>;
};

/** What does not fit. */
export type Misfits = {
  /** Sealed leaves without an event that no other event stands for. */
  missing: number[];
  /** Events that stand where a leaf is missing. */
  changed: number[];
  /** Events that are not sealed, in no leaf's place. */
  added: number[];
  /** Events that stand before one of their subject which was sealed before them. */
  moved: number[];
};

const NONE = -1;

/** Subjects compare by their bytes, as the store orders them. */
const bySubject = (a: string, b: string): number =>
  a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Places of events in the order of leaves: by recorded time, then subject, then as the export has them. */
export function sealOrder({ times, subjects }: Exported): Uint32Array {
  const order = Uint32Array.from(times, (_, index) => index);
  return order.sort(
    (a, b) => (times[a] ?? 0) - (times[b] ?? 0) || bySubject(subjects[a] ?? '', subjects[b] ?? '') || a - b,
  );
}

/**
 * Finds a leaf by its fingerprint; -1 where there is none. An open-addressed table of numbers: a map of texts would take
 * a hundred bytes for each of millions of leaves.
 */
function leafFinder(fingerprints: Buffer): (hash: Buffer) => number {
  const leaves = fingerprints.length / FINGERPRINT;
  const mask = 2 ** Math.ceil(Math.log2(leaves * 2 + 1)) - 1;
  const table = new Int32Array(mask + 1).fill(NONE);
  /** The slot of a fingerprint: where its leaf is, or would be. */
  const slotOf = (bytes: Buffer, at: number): number => {
    let slot = bytes.readUInt32LE(at) & mask;
    for (;;) {
      const leaf = table[slot] ?? NONE;
      if (leaf === NONE || isSame(fingerprints, leaf * FINGERPRINT, bytes, at)) return slot;
      slot = (slot + 1) & mask;
    }
  };
  for (let leaf = 0; leaf < leaves; leaf++) table[slotOf(fingerprints, leaf * FINGERPRINT)] = leaf;
  return (hash) => table[slotOf(hash, 0)] ?? NONE;
}

const isSame = (a: Buffer, atA: number, b: Buffer, atB: number): boolean =>
  a.readUInt32LE(atA) === b.readUInt32LE(atB) && a.readUInt32LE(atA + 4) === b.readUInt32LE(atB + 4);

/** Finds each event among the sealed leaves by the beginning of its leaf's hash. */
export function place(exported: Exported, fingerprints: Buffer): Placed {
  const find = leafFinder(fingerprints);
  const eventOf = new Int32Array(fingerprints.length / FINGERPRINT).fill(NONE);
  const leafOf = new Int32Array(exported.lines.length).fill(NONE);
  const copies = new Set<number>();
  for (let event = 0; event < leafOf.length; event++) {
    const leaf = find(exported.leaf(event));
    if (leaf === NONE) continue;
    if (eventOf[leaf] === NONE) {
      eventOf[leaf] = event;
      leafOf[event] = leaf;
    } else copies.add(event);
  }
  return { eventOf, leafOf, copies };
}

/** What does not fit; an event that is not sealed is a changed one if it stands, in the order of leaves, where one is missing. */
export function misfitsOf(exported: Exported, placed: Placed, ignore: (event: number) => boolean): Misfits {
  const { eventOf, leafOf } = placed;
  const missing = new Set<number>();
  for (let leaf = 0; leaf < eventOf.length; leaf++) if (eventOf[leaf] === NONE) missing.add(leaf);
  const changed: number[] = [];
  const added: number[] = [];
  let last = NONE;
  for (const event of sealOrder(exported)) {
    const leaf = leafOf[event] ?? NONE;
    if (leaf !== NONE) last = leaf;
    else if (ignore(event)) continue;
    else if (missing.delete(last + 1)) {
      changed.push(event);
      last++;
    } else added.push(event);
  }
  return { missing: [...missing], changed, added, moved: movedIn(exported, leafOf) };
}

function movedIn({ subjects }: Exported, leafOf: Int32Array): number[] {
  const last = new Map<string, number>();
  const moved: number[] = [];
  for (let event = 0; event < leafOf.length; event++) {
    const leaf = leafOf[event] ?? NONE;
    if (leaf === NONE) continue;
    const subject = subjects[event] ?? '';
    if (leaf < (last.get(subject) ?? NONE)) moved.push(event);
    else last.set(subject, leaf);
  }
  return moved;
}

/** The events that stand on both sides of a missing leaf. */
export function neighbours({ eventOf }: Placed, leaf: number): [before: number | null, after: number | null] {
  let [before, after] = [leaf - 1, leaf + 1];
  while (before >= 0 && eventOf[before] === NONE) before--;
  while (after < eventOf.length && eventOf[after] === NONE) after++;
  return [eventOf[before] ?? null, eventOf[after] ?? null];
}
