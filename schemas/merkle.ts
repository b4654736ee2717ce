/**
 * Merkle trees after RFC 6962 §2.1: a root over a list of leaves, a proof that a leaf is in it, and a proof that
 * a longer list begins with a shorter one. Pure; the hash function (SHA-256) is the caller's, so that the same
 * code runs in a server, in the tool and in a browser.
 */

export type Bytes = Uint8Array;
export type Hash = (bytes: Bytes) => Bytes;

/**
 * The roots of complete subtrees: of the 2^level leaves that begin at index · 2^level. Level 0 holds the hashes of
 * the leaves. Everything else follows from these, so they are all that is ever kept of a tree.
 */
export type Nodes = (level: number, index: number) => Bytes;

const LEAF = 0;
const NODE = 1;

/** The hash of a leaf: of 0x00 and its bytes, so that no leaf can pass for a node. */
export function leafHash(hash: Hash, leaf: Bytes): Bytes {
  const input = new Uint8Array(leaf.length + 1);
  input[0] = LEAF;
  input.set(leaf, 1);
  return hash(input);
}

const utf8 = new TextEncoder();

/** The same for a text in UTF-8, whose bytes need not be copied: millions of leaves are texts. */
export const textLeafHash = (hash: Hash, text: string): Bytes => hash(utf8.encode(`\0${text}`));

/** The hash of a node: of 0x01 and its two children. */
export function nodeHash(hash: Hash, left: Bytes, right: Bytes): Bytes {
  const input = new Uint8Array(left.length + right.length + 1);
  input[0] = NODE;
  input.set(left, 1);
  input.set(right, left.length + 1);
  return hash(input);
}

export const emptyRoot = (hash: Hash): Bytes => hash(new Uint8Array(0));

/** A tree that grows leaf by leaf and keeps no more than a node a level. */
export type Growing = {
  /** Takes the hash of the next leaf. */
  add(leaf: Bytes): void;
  size(): number;
  /** The root over the leaves so far. */
  root(): Bytes;
};

/** `onNode` is told of every complete subtree, leaves too, in the order in which they come to be. */
export function growTree(
  hash: Hash,
  onNode: (level: number, index: number, node: Bytes) => void = () => {},
): Growing {
  /** By level, the complete subtree that waits for its right neighbour. */
  const waiting: (Bytes | undefined)[] = [];
  let size = 0;
  return {
    size: () => size,
    add(leaf) {
      let node = leaf;
      let level = 0;
      let index = size++;
      onNode(level, index, node);
      for (let left = waiting[level]; left; left = waiting[level]) {
        waiting[level] = undefined;
        node = nodeHash(hash, left, node);
        level++;
        index = (index - 1) / 2;
        onNode(level, index, node);
      }
      waiting[level] = node;
    },
    root() {
      let root: Bytes | undefined;
      for (const node of waiting) if (node) root = root ? nodeHash(hash, node, root) : node;
      return root ?? emptyRoot(hash);
    },
  };
}

/** The root over leaves whose hashes are given. */
export function rootOf(hash: Hash, leaves: Iterable<Bytes>): Bytes {
  const tree = growTree(hash);
  for (const leaf of leaves) tree.add(leaf);
  return tree.root();
}

/** The greatest power of two below n (n ≥ 2): where RFC 6962 parts a list. */
const split = (n: number): number => 2 ** Math.floor(Math.log2(n - 1));

/** The root of the leaves from `start` to `end` (not with it); `start` is a multiple of a power of two ≥ their number. */
function rangeRoot(hash: Hash, nodes: Nodes, start: number, end: number): Bytes {
  const size = end - start;
  const level = Math.log2(size);
  if (Number.isInteger(level)) return nodes(level, start / size);
  const middle = start + split(size);
  return nodeHash(hash, rangeRoot(hash, nodes, start, middle), rangeRoot(hash, nodes, middle, end));
}

/** The root of the first `size` leaves of a tree. */
export const rootAt = (hash: Hash, nodes: Nodes, size: number): Bytes =>
  size === 0 ? emptyRoot(hash) : rangeRoot(hash, nodes, 0, size);

const isWithin = (value: number, from: number, to: number): boolean =>
  Number.isSafeInteger(value) && value >= from && value <= to;

/** PATH(index, D[size]): what it takes to get from a leaf to the root. */
export function inclusionProof(hash: Hash, nodes: Nodes, index: number, size: number): Bytes[] {
  if (!isWithin(index, 0, size - 1)) throw new RangeError(`there is no leaf ${index} among ${size}`);
  const proof: Bytes[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + split(end - start);
    const isLeft = index < middle;
    proof.push(isLeft ? rangeRoot(hash, nodes, middle, end) : rangeRoot(hash, nodes, start, middle));
    if (isLeft) end = middle;
    else start = middle;
  }
  return proof.reverse();
}

/** PROOF(first, D[second]): what it takes to see that a tree of `second` leaves begins with one of `first`. */
export function consistencyProof(hash: Hash, nodes: Nodes, first: number, second: number): Bytes[] {
  if (!isWithin(first, 0, second)) throw new RangeError(`${first} leaves are no beginning of ${second}`);
  const proof: Bytes[] = [];
  if (first === 0 || first === second) return proof;
  let start = 0;
  let end = second;
  while (end !== first) {
    const middle = start + split(end - start);
    const isLeft = first <= middle;
    proof.push(isLeft ? rangeRoot(hash, nodes, middle, end) : rangeRoot(hash, nodes, start, middle));
    if (isLeft) end = middle;
    else start = middle;
  }
  // The subtree that both share is the whole shorter tree where nothing stands left of it: its root is known then.
  if (start > 0) proof.push(rangeRoot(hash, nodes, start, end));
  return proof.reverse();
}

const equal = (a: Bytes, b: Bytes): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);

export type Inclusion = { index: number; size: number; leaf: Bytes; proof: readonly Bytes[]; root: Bytes };

/** Whether a proof leads from the hash of the leaf at `index` to the root over `size` leaves (RFC 9162 §2.1.3.2). */
export function verifyInclusion(hash: Hash, { index, size, leaf, proof, root }: Inclusion): boolean {
  if (!isWithin(index, 0, size - 1)) return false;
  let at = index;
  let last = size - 1;
  let node = leaf;
  for (const other of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      node = nodeHash(hash, other, node);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else node = nodeHash(hash, node, other);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && equal(node, root);
}

export type Consistency = {
  first: number;
  second: number;
  firstRoot: Bytes;
  secondRoot: Bytes;
  proof: readonly Bytes[];
};

/** Whether a proof shows that the tree of `second` leaves begins with the one of `first` (RFC 9162 §2.1.4.2). */
export function verifyConsistency(
  hash: Hash,
  { first, second, firstRoot, secondRoot, proof }: Consistency,
): boolean {
  if (!isWithin(first, 0, second) || !Number.isSafeInteger(second)) return false;
  if (first === 0) return proof.length === 0 && equal(firstRoot, emptyRoot(hash));
  if (first === second) return proof.length === 0 && equal(firstRoot, secondRoot);
  const isPowerOfTwo = Number.isInteger(Math.log2(first));
  const [seed, ...rest] = isPowerOfTwo ? [firstRoot, ...proof] : proof;
  if (!seed || proof.length === 0) return false;
  let at = first - 1;
  let last = second - 1;
  while (at % 2 === 1) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  let [one, two] = [seed, seed];
  for (const other of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      one = nodeHash(hash, other, one);
      two = nodeHash(hash, other, two);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else two = nodeHash(hash, two, other);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && equal(one, firstRoot) && equal(two, secondRoot);
}
