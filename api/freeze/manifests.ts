import { Problem } from '#api/http/problem.ts';
import type { Manifest } from '#schemas/manifest.ts';
import { SCORING_VERSION } from '#schemas/scoring.ts';
import { SEAL_FORMAT } from '#schemas/seal.ts';
import { sha256Of, toHex } from './digest.ts';
import type { Bounded } from './ledger.ts';
import { type Judging, planIn, rowsIn } from './rows.ts';
import type { Planted } from './tree.ts';

type Common = Pick<Manifest, 'year' | 'asOf' | 'previous' | 'setAside'>;

/** Makes a year's manifest, and the fingerprints that go with it, out of a snapshot and its tree. */
export async function makeManifest(
  judging: Judging,
  common: Common,
  { snapshot, tree }: { snapshot: Bounded; tree: Planted },
): Promise<{ manifest: Manifest; fingerprints: string }> {
  const plan = await planIn(judging.ask, common.year, snapshot);
  if (!plan) throw new Problem('not-found', `No plan was adopted for ${common.year} up to ${common.asOf}.`);
  const fingerprints = tree.fingerprints();
  const manifest: Manifest = {
    format: SEAL_FORMAT,
    ...common,
    plan,
    scoring: SCORING_VERSION,
    complete: true,
    events: tree.size,
    root: toHex(tree.root()),
    fingerprints: sha256Of(fingerprints),
    rows: await rowsIn(judging, plan, snapshot),
  };
  return { manifest, fingerprints: fingerprints.toString('base64') };
}
