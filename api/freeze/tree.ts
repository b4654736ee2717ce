import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { FINGERPRINT } from '#schemas/manifest.ts';
import { type Bytes, growTree, type Nodes, rootAt } from '#schemas/merkle.ts';
import { sha256 } from './digest.ts';

/**
 * A seal's tree, kept as its complete subtrees, level after level: 64 bytes an event. With all of them at hand a
 * proof takes a few reads, where the leaves alone would have to be hashed again.
 */
export type Tree = {
  size: number;
  nodes: Nodes;
  /** Where a leaf stands, by its hash; -1 where it does not. */
  indexOf(leaf: Bytes): number;
};

const HASH = 32;

/** Where each level begins, in nodes, and behind them where the last one ends. */
function levelStarts(size: number): number[] {
  const starts = [0];
  for (let width = size; width >= 1; width = Math.floor(width / 2)) starts.push((starts.at(-1) ?? 0) + width);
  return starts;
}

/** A tree in memory while its leaves come in. */
export type Planted = Tree & {
  add(leaf: Bytes): void;
  root(): Bytes;
  /** The first bytes of each leaf's hash. */
  fingerprints(): Buffer;
  /** Written aside and put in place whole. */
  save(file: string): Promise<void>;
};

/** Makes room for a tree of a known number of leaves. */
export function plantTree(size: number): Planted {
  const starts = levelStarts(size);
  const bytes = Buffer.alloc((starts.at(-1) ?? 0) * HASH);
  const place = (level: number, index: number): number => ((starts[level] ?? 0) + index) * HASH;
  const growing = growTree(sha256, (level, index, node) => bytes.set(node, place(level, index)));
  const nodes: Nodes = (level, index) => bytes.subarray(place(level, index), place(level, index) + HASH);
  return {
    size,
    nodes,
    add: growing.add,
    root: growing.root,
    indexOf: (leaf) => indexIn(bytes.subarray(0, size * HASH), leaf),
    fingerprints() {
      const prints = Buffer.alloc(size * FINGERPRINT);
      for (let index = 0; index < size; index++)
        bytes.copy(prints, index * FINGERPRINT, index * HASH, index * HASH + FINGERPRINT);
      return prints;
    },
    async save(file) {
      const draft = `${file}.draft`;
      await writeFile(draft, bytes, { mode: 0o600 });
      await rename(draft, file);
    },
  };
}

/** The index of a hash among hashes that stand side by side. */
function indexIn(hashes: Buffer, wanted: Bytes): number {
  for (let at = hashes.indexOf(wanted); at >= 0; at = hashes.indexOf(wanted, at + 1))
    if (at % HASH === 0) return at / HASH;
  return -1;
}

const CHUNK = 2 ** 15;

/** Uses a tree that was saved, if it is there, whole, and has the root that it should; undefined else. */
export function withSavedTree<T>(
  file: string,
  size: number,
  root: Bytes,
  use: (tree: Tree) => T,
): T | undefined {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch {
    return undefined;
  }
  try {
    const starts = levelStarts(size);
    if (fstatSync(handle).size !== (starts.at(-1) ?? 0) * HASH) return undefined;
    const read = (first: number, count: number): Buffer => {
      const bytes = Buffer.alloc(count * HASH);
      readSync(handle, bytes, 0, bytes.length, first * HASH);
      return bytes;
    };
    const nodes: Nodes = (level, index) => read((starts[level] ?? 0) + index, 1);
    const indexOf = (leaf: Bytes): number => {
      for (let from = 0; from < size; from += CHUNK) {
        const found = indexIn(read(from, Math.min(CHUNK, size - from)), leaf);
        if (found >= 0) return from + found;
      }
      return -1;
    };
    if (!root.every((byte, index) => byte === rootAt(sha256, nodes, size)[index])) return undefined;
    return use({ size, nodes, indexOf });
  } finally {
    closeSync(handle);
  }
}
