import { Problem } from '#api/http/problem.ts';
import { inSteps } from '#ingest/process/calmly.ts';
import { sealSteps, writtenManifest } from '#schemas/manifest.ts';
import type { Offsets } from '#schemas/position.ts';
import { SCORING_VERSION } from '#schemas/scoring.ts';
import { type Archive, growFrom, type Kept } from './archive.ts';
import { boundsOf } from './bounds.ts';
import { sha256, toHex } from './digest.ts';
import type { Bounded } from './ledger.ts';
import { makeManifest } from './manifests.ts';
import { type Freeze, freezesOf } from './records.ts';
import type { Judging } from './rows.ts';
import { isSigned } from './signing.ts';
import type { Planted, Tree } from './tree.ts';

export type VaultParts = Judging & {
  archive: Archive;
  /** How far reads reflect the stream. */
  offsets(): Offsets;
};

/** Opens what was sealed. What is not kept is made again from the events, and must turn out the same. */
export type Vault = {
  /** The seals of a year, oldest first; none before it is sealed. */
  seals(year: number): Promise<Freeze[]>;
  /** What each of the seals up to this one covers, in the terms of this stream. */
  chainTo(freezes: readonly Freeze[], freeze: Freeze): Promise<Bounded[]>;
  file(freezes: readonly Freeze[], freeze: Freeze): Promise<Kept>;
  /** Uses the tree of a seal; `isGood` tells whether it may have been damaged where it was kept. */
  tree<T>(
    freezes: readonly Freeze[],
    freeze: Freeze,
    use: (tree: Tree) => T,
    isGood: (result: T) => boolean,
  ): Promise<T>;
};

const differs = ({ row }: Freeze, why: string): Problem =>
  new Problem(
    'conflict',
    `Seal ${row.number} of ${row.year} does not fit the events of this stream: ${why}.`,
  );

export function createVault(parts: VaultParts): Vault {
  const { ask, archive } = parts;
  const growing = new Map<string, Promise<Planted>>();

  async function bounds(freeze: Freeze): Promise<Bounded> {
    const found = await boundsOf(ask, freeze, parts.offsets());
    if (found) return found;
    throw differs(freeze, `it covers ${freeze.row.events}, and no such number is found`);
  }

  const chainTo: Vault['chainTo'] = (freezes, freeze) =>
    Promise.all(freezes.filter(({ row }) => row.number <= freeze.row.number).map(bounds));

  async function growAnew(freezes: readonly Freeze[], freeze: Freeze): Promise<Planted> {
    const tree = await growFrom(ask, await chainTo(freezes, freeze));
    if (toHex(tree.root()) !== freeze.row.root) throw differs(freeze, 'their root is another');
    await archive.keepTree(freeze.row.manifest, tree);
    return tree;
  }

  /** Many may ask for a proof at once; the tree grows once for all of them. */
  function grow(freezes: readonly Freeze[], freeze: Freeze): Promise<Planted> {
    const key = freeze.row.manifest;
    const known = growing.get(key);
    if (known) return known;
    const grown = growAnew(freezes, freeze).finally(() => growing.delete(key));
    growing.set(key, grown);
    return grown;
  }

  async function remake(freezes: readonly Freeze[], freeze: Freeze): Promise<Kept> {
    const { row } = freeze;
    const { year, asOf, previous, setAside, signature, publicKey } = row;
    const common = { year, asOf, previous, ...(setAside && { setAside }) };
    if (row.scoring !== SCORING_VERSION)
      throw differs(freeze, `its arithmetic was version ${row.scoring}, and this is ${SCORING_VERSION}`);
    const tree = await grow(freezes, freeze);
    const snapshot = await bounds(freeze);
    const made = await makeManifest(parts, common, { snapshot, tree });
    const written = await inSteps(writtenManifest(made.manifest));
    const statement = await inSteps(sealSteps(sha256, written));
    if (statement.manifest !== row.manifest) throw differs(freeze, 'they give another result');
    if (!isSigned(statement, row)) throw differs(freeze, 'its signature is not good');
    return archive.keepFile(written, { fingerprints: made.fingerprints, signature, publicKey });
  }

  return {
    chainTo,
    seals: (year) => freezesOf(ask, year, parts.offsets()),
    file: async (freezes, freeze) => (await archive.file(freeze.row)) ?? remake(freezes, freeze),
    async tree(freezes, freeze, use, isGood) {
      const kept = archive.tree(freeze.row, use);
      return kept !== undefined && isGood(kept) ? kept : use(await grow(freezes, freeze));
    },
  };
}
