import { mkdirSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Ask } from '#api/queries/ask.ts';
import { breathe, calmly } from '#ingest/process/calmly.ts';
import type { FreezeRow } from '#schemas/freezes.ts';
import { type Manifest, rowLeaf, type SealedFile, statementOf, type Written } from '#schemas/manifest.ts';
import { textLeafHash } from '#schemas/merkle.ts';
import { fromHex, sha256, sha256Of, toHex } from './digest.ts';
import { type Bounded, leavesAt, sealedPositions } from './ledger.ts';
import { isSigned } from './signing.ts';
import { type Planted, plantTree, type Tree, withSavedTree } from './tree.ts';

/** A sealed file with the manifest in it, and the tree over its rows. */
export type Kept = { manifest: Manifest; rows: Planted; bytes: Buffer };

/**
 * Sealed files and their trees below the data folder. All of it can be made again from the events: what is missing
 * or was tampered with counts for nothing.
 */
export type Archive = {
  /** The sealed file, if it is here and what the seal vouches for. */
  file(row: FreezeRow): Promise<Kept | undefined>;
  keepFile(written: Written, about: Omit<SealedFile, 'manifest'>): Promise<Kept>;
  /** Uses the tree of a seal, if it is here and has the seal's root. */
  tree<T>(row: FreezeRow, use: (tree: Tree) => T): T | undefined;
  keepTree(manifest: string, tree: Planted): Promise<void>;
};

/** Files held in memory; one of 10,000 units takes some 10 MB, and 11 bytes more for each event. */
const HELD = 3;

export function createArchive(folder: string): Archive {
  const held = new Map<string, Kept>();
  const pathOf = (manifest: string, kind: 'json' | 'tree'): string => join(folder, `${manifest}.${kind}`);

  function hold(manifest: string, kept: Kept): Kept {
    held.delete(manifest);
    held.set(manifest, kept);
    for (const oldest of held.keys()) if (held.size > HELD) held.delete(oldest);
    return kept;
  }

  return {
    async file(row) {
      const known = held.get(row.manifest);
      if (known) return known;
      const bytes = await readFile(pathOf(row.manifest, 'json')).catch(() => undefined);
      const kept = bytes && (await vouchedFor(row, bytes).catch(() => undefined));
      return kept && hold(row.manifest, kept);
    },
    async keepFile(written, { fingerprints, ...seal }) {
      const text = Buffer.from(written.text);
      const digest = sha256Of(text);
      await breathe();
      const bytes = Buffer.concat([HEAD, Buffer.from(fingerprints), MIDDLE, text, tailOf(seal)]);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const path = pathOf(digest, 'json');
      await writeFile(`${path}.draft`, bytes, { mode: 0o600 });
      await rename(`${path}.draft`, path);
      const rows = plantTree(written.rows.length);
      await calmly(written.rows, (row) => rows.add(textLeafHash(sha256, row)));
      return hold(digest, { manifest: written.manifest, rows, bytes });
    },
    tree: (row, use) => withSavedTree(pathOf(row.manifest, 'tree'), row.events, fromHex(row.root), use),
    async keepTree(manifest, tree) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      await tree.save(pathOf(manifest, 'tree'));
    },
  };
}

async function treeOf({ rows }: Manifest): Promise<Planted> {
  const tree = plantTree(rows.length);
  await calmly(rows, (row) => tree.add(rowLeaf(sha256, row)));
  return tree;
}

/** What a sealed file is made of: canonical JSON, with the keys in their order. */
const HEAD = Buffer.from('{"fingerprints":"');
const MIDDLE = Buffer.from('","manifest":');
const tailOf = ({ publicKey, signature }: Pick<SealedFile, 'publicKey' | 'signature'>): Buffer =>
  Buffer.from(`,"publicKey":${JSON.stringify(publicKey)},"signature":${JSON.stringify(signature)}}\n`);

/**
 * What a kept file holds, if it is the one that was sealed, to the byte. Nothing of it is written again to find out: the
 * digests are those of its own bytes, and between them stands only what the seal itself says.
 */
async function vouchedFor(row: FreezeRow, bytes: Buffer): Promise<Kept | undefined> {
  const tail = tailOf(row);
  const [middle, end] = [bytes.indexOf(MIDDLE, HEAD.length), bytes.length - tail.length];
  const hasFrame = bytes.subarray(0, HEAD.length).equals(HEAD) && bytes.subarray(end).equals(tail);
  if (!hasFrame || middle < 0) return undefined;
  const content = bytes.subarray(middle + MIDDLE.length, end);
  if (sha256Of(content) !== row.manifest) return undefined;
  const manifest = JSON.parse(content.toString()) as Manifest;
  await yieldToOthers();
  const base64 = bytes.toString('latin1', HEAD.length, middle);
  const prints = Buffer.from(base64, 'base64');
  // Other letters can stand for the same bytes.
  if (sha256Of(prints) !== manifest.fingerprints || prints.toString('base64') !== base64) return undefined;
  const rows = await treeOf(manifest);
  const statement = statementOf(manifest, { rowsRoot: toHex(rows.root()), digest: row.manifest });
  return isSigned(statement, row) ? { manifest, rows, bytes } : undefined;
}

/** The tree over what the last of a chain of seals covers, read from the ledger. */
export async function growFrom(ask: Ask, chain: readonly Bounded[]): Promise<Planted> {
  const positions = await sealedPositions(ask, chain);
  const tree = plantTree(positions.length);
  for await (const leaf of leavesAt(ask, positions)) tree.add(leaf);
  return tree;
}
