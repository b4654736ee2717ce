import { createHash } from 'node:crypto';
import { verifyMerkleInclusion } from '@sigstore/verify/dist/tlog/merkle.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Bytes,
  consistencyProof,
  emptyRoot,
  growTree,
  inclusionProof,
  leafHash,
  type Nodes,
  nodeHash,
  rootAt,
  rootOf,
  textLeafHash,
  verifyConsistency,
  verifyInclusion,
} from '#schemas/merkle.ts';

const sha256 = (bytes: Bytes): Bytes => createHash('sha256').update(bytes).digest();
const hex = (bytes: Bytes): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Bytes => Buffer.from(text, 'hex');

/** The tree that Certificate Transparency tests its implementations with, and its roots from 0 to 8 leaves. */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map(bytes);
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const INCLUSIONS: [index: number, size: number, proof: string[]][] = [
  [0, 1, []],
  [
    0,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    5,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
  [
    1,
    5,
    [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];
const CONSISTENCIES: [first: number, second: number, proof: string[]][] = [
  [1, 1, []],
  [
    1,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    6,
    8,
    [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [
    2,
    5,
    [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];

type Tree = { leaves: Bytes[]; nodes: Nodes; root: Bytes };

function treeOf(contents: readonly Bytes[]): Tree {
  const kept = new Map<string, Bytes>();
  const tree = growTree(sha256, (level, index, node) => kept.set(`${level}/${index}`, node));
  const leaves = contents.map((content) => leafHash(sha256, content));
  for (const leaf of leaves) tree.add(leaf);
  const nodes: Nodes = (level, index) => {
    const node = kept.get(`${level}/${index}`);
    if (!node) throw new Error(`no complete subtree ${level}/${index}`);
    return node;
  };
  return { leaves, nodes, root: tree.root() };
}

const numbered = (size: number): Bytes[] =>
  Array.from({ length: size }, (_, index) => Buffer.from(`leaf ${index}`));

/** The definition of RFC 6962 §2.1, word for word: slow, and as independent as a recursion can be. */
function definition(contents: readonly Bytes[]): Bytes {
  if (contents.length === 0) return sha256(Buffer.alloc(0));
  if (contents.length === 1) return sha256(Buffer.concat([Buffer.of(0), contents[0] as Bytes]));
  let k = 1;
  while (k * 2 < contents.length) k *= 2;
  return sha256(
    Buffer.concat([Buffer.of(1), definition(contents.slice(0, k)), definition(contents.slice(k))]),
  );
}

describe('Given the test vectors of Certificate Transparency', () => {
  it('when trees of 0 to 8 leaves are made, then their roots are as published', () => {
    const roots = ROOTS.map((_, size) => hex(treeOf(LEAVES.slice(0, size)).root));
    expect(roots).toEqual(ROOTS);
    expect(hex(emptyRoot(sha256))).toBe(ROOTS[0]);
  });

  it.each(INCLUSIONS)(
    'when leaf %i of %i is proved, then the proof is as published',
    (index, size, proof) => {
      const { nodes, leaves, root } = treeOf(LEAVES);
      expect(inclusionProof(sha256, nodes, index, size).map(hex)).toEqual(proof);
      const claim = { index, size, leaf: leaves[index] as Bytes, proof: proof.map(bytes) };
      expect(verifyInclusion(sha256, { ...claim, root: bytes(ROOTS[size] as string) })).toBe(true);
      expect(verifyInclusion(sha256, { ...claim, root: size === 8 ? bytes(ROOTS[7] as string) : root })).toBe(
        false,
      );
    },
  );

  it.each(CONSISTENCIES)(
    'when %i leaves within %i are proved, then the proof is as published',
    (first, second, proof) => {
      const { nodes } = treeOf(LEAVES);
      expect(consistencyProof(sha256, nodes, first, second).map(hex)).toEqual(proof);
      const [firstRoot, secondRoot] = [bytes(ROOTS[first] as string), bytes(ROOTS[second] as string)];
      const claim = { first, second, firstRoot, secondRoot, proof: proof.map(bytes) };
      expect(verifyConsistency(sha256, claim)).toBe(true);
      if (first !== second)
        expect(verifyConsistency(sha256, { ...claim, firstRoot: bytes(ROOTS[3] as string) })).toBe(false);
    },
  );
});

describe('Given trees of any size', () => {
  it('when they grow leaf by leaf, then every root is the one of the definition', () => {
    const contents = numbered(70);
    const { nodes } = treeOf(contents);
    for (let size = 0; size <= contents.length; size++) {
      const defined = hex(definition(contents.slice(0, size)));
      expect(hex(rootAt(sha256, nodes, size))).toBe(defined);
      expect(
        hex(
          rootOf(
            sha256,
            contents.slice(0, size).map((leaf) => leafHash(sha256, leaf)),
          ),
        ),
      ).toBe(defined);
    }
  });

  it('when every leaf of every size is proved, then Sigstore, which did not learn it from us, agrees', () => {
    const contents = numbered(40);
    const { nodes } = treeOf(contents);
    for (let size = 1; size <= contents.length; size++)
      for (let index = 0; index < size; index++) {
        const hashes = inclusionProof(sha256, nodes, index, size).map((node) => Buffer.from(node));
        const logHash = Buffer.from(rootAt(sha256, nodes, size));
        const entry = {
          canonicalizedBody: Buffer.from(contents[index] as Bytes),
          inclusionProof: {
            logIndex: String(index),
            treeSize: String(size),
            rootHash: logHash,
            hashes,
            checkpoint: undefined,
          },
        };
        const checkpoint = { logSize: BigInt(size), logHash };
        type Parameters_ = Parameters<typeof verifyMerkleInclusion>;
        verifyMerkleInclusion(entry as unknown as Parameters_[0], checkpoint as Parameters_[1]);
      }
  });

  it('when a tree begins with another, then its proof convinces, and no other one does', () => {
    const contents = numbered(33);
    const { nodes } = treeOf(contents);
    for (let second = 0; second <= contents.length; second++)
      for (let first = 0; first <= second; first++) {
        const proof = consistencyProof(sha256, nodes, first, second);
        const claim = {
          first,
          second,
          firstRoot: rootAt(sha256, nodes, first),
          secondRoot: rootAt(sha256, nodes, second),
          proof,
        };
        expect(verifyConsistency(sha256, claim)).toBe(true);
        const wrong = sha256(Buffer.from('wrong'));
        expect(verifyConsistency(sha256, { ...claim, firstRoot: wrong })).toBe(false);
        if (first > 0) expect(verifyConsistency(sha256, { ...claim, secondRoot: wrong })).toBe(false);
        expect(verifyConsistency(sha256, { ...claim, proof: [...proof, wrong] })).toBe(false);
        if (proof.length > 0)
          expect(verifyConsistency(sha256, { ...claim, proof: proof.slice(1) })).toBe(false);
      }
  });

  it('when one leaf differs anywhere, then neither old proofs nor old roots hold', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }).chain((size) =>
          fc.record({
            size: fc.constant(size),
            index: fc.nat(size - 1),
            changed: fc.nat(size - 1),
          }),
        ),
        ({ size, index, changed }) => {
          const contents = numbered(size);
          const before = treeOf(contents);
          const after = treeOf(contents.with(changed, Buffer.from('another leaf')));
          expect(hex(after.root)).not.toBe(hex(before.root));
          const claim = {
            index,
            size,
            leaf: before.leaves[index] as Bytes,
            proof: inclusionProof(sha256, before.nodes, index, size),
          };
          expect(verifyInclusion(sha256, { ...claim, root: before.root })).toBe(true);
          expect(verifyInclusion(sha256, { ...claim, root: after.root })).toBe(false);
          if (size > 1)
            expect(verifyInclusion(sha256, { ...claim, index: (index + 1) % size, root: before.root })).toBe(
              false,
            );
          const grown = treeOf([...contents.with(changed, Buffer.from('another leaf')), Buffer.from('more')]);
          const proof = consistencyProof(sha256, grown.nodes, size, size + 1);
          const grows = { first: size, second: size + 1, secondRoot: grown.root, proof };
          expect(verifyConsistency(sha256, { ...grows, firstRoot: after.root })).toBe(true);
          expect(verifyConsistency(sha256, { ...grows, firstRoot: before.root })).toBe(false);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('when a leaf looks like a node, then it is no node', () => {
    const [left, right] = [sha256(Buffer.from('a')), sha256(Buffer.from('b'))];
    expect(hex(leafHash(sha256, Buffer.concat([left, right])))).not.toBe(hex(nodeHash(sha256, left, right)));
  });

  it('when a leaf is a text, then its hash is that of its bytes', () => {
    const text = '党委中心组 \u0000 𠮷';
    expect(hex(textLeafHash(sha256, text))).toBe(hex(leafHash(sha256, Buffer.from(text))));
  });

  it('when a proof is asked for a leaf or a size that is not there, then it is refused', () => {
    const { nodes } = treeOf(LEAVES);
    expect(() => inclusionProof(sha256, nodes, 8, 8)).toThrow(RangeError);
    expect(() => inclusionProof(sha256, nodes, -1, 8)).toThrow(RangeError);
    expect(() => consistencyProof(sha256, nodes, 9, 8)).toThrow(RangeError);
    const claim = {
      index: 8,
      size: 8,
      leaf: sha256(Buffer.alloc(0)),
      proof: [],
      root: bytes(ROOTS[8] ?? ''),
    };
    expect(verifyInclusion(sha256, claim)).toBe(false);
  });
});
