import { mkdirSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ask } from '#api/queries/ask.ts';
import { canonicalJson } from '#schemas/canonical.ts';
import type { FreezeRow } from '#schemas/freezes.ts';
import { type Manifest, type SealedFile, sealedFileText, sealOf } from '#schemas/manifest.ts';
import { fromHex, sha256, sha256Of } from './digest.ts';
import { type Bounded, leavesAt, sealedPositions } from './ledger.ts';
import { isSigned } from './signing.ts';
import { type Planted, plantTree, type Tree, withSavedTree } from './tree.ts';

/** A sealed file with the manifest in it. */
export type Kept = { manifest: Manifest; text: string };

/**
 * Sealed files and their trees below the data folder. All of it can be made again from the events: what is missing
 * or was tampered with counts for nothing.
 */
export type Archive = {
  /** The sealed file, if it is here and what the seal vouches for. */
  file(row: FreezeRow): Promise<Kept | undefined>;
  keepFile(file: SealedFile): Promise<Kept>;
  /** Uses the tree of a seal, if it is here and has the seal's root. */
  tree<T>(row: FreezeRow, use: (tree: Tree) => T): T | undefined;
  keepTree(manifest: string, tree: Planted): Promise<void>;
};

/** Manifests held in memory; one of 10,000 units takes some 10 MB. */
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
      const text = await readFile(pathOf(row.manifest, 'json'), 'utf8').catch(() => undefined);
      const manifest = text === undefined ? undefined : vouchedFor(row, text);
      return text === undefined || !manifest ? undefined : hold(row.manifest, { manifest, text });
    },
    async keepFile(file) {
      const digest = sha256Of(canonicalJson(file.manifest));
      const text = sealedFileText(file);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const path = pathOf(digest, 'json');
      await writeFile(`${path}.draft`, text, { mode: 0o600 });
      await rename(`${path}.draft`, path);
      return hold(digest, { manifest: file.manifest, text });
    },
    tree: (row, use) => withSavedTree(pathOf(row.manifest, 'tree'), row.events, fromHex(row.root), use),
    async keepTree(manifest, tree) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      await tree.save(pathOf(manifest, 'tree'));
    },
  };
}

/** The manifest of a kept file, if the file is the one that was sealed, to the byte. */
function vouchedFor(row: FreezeRow, text: string): Manifest | undefined {
  try {
    const file = JSON.parse(text) as SealedFile;
    const { manifest, fingerprints, signature, publicKey } = file;
    const isWhole =
      sha256Of(canonicalJson(manifest)) === row.manifest &&
      sha256Of(Buffer.from(fingerprints, 'base64')) === manifest.fingerprints &&
      signature === row.signature &&
      publicKey === row.publicKey &&
      sealedFileText(file) === text &&
      isSigned(sealOf(sha256, manifest), row);
    return isWhole ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/** The tree over what the last of a chain of seals covers, read from the ledger. */
export async function growFrom(ask: Ask, chain: readonly Bounded[]): Promise<Planted> {
  const positions = await sealedPositions(ask, chain);
  const tree = plantTree(positions.length);
  for await (const leaf of leavesAt(ask, positions)) tree.add(leaf);
  return tree;
}
