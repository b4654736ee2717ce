import { z } from 'zod';
import { canonicalJson } from './canonical.ts';
import { type Bytes, type Hash, rootOf, textLeafHash } from './merkle.ts';
import { plan } from './plan.ts';
import { type RankingRow, rankingRow } from './results/results.ts';
import { type Seal, sealCommon, sha256Hex, signed } from './seal.ts';
import { atOnce, type Steps } from './steps.ts';

/** A sealed year as a whole: the manifest with plan and rows, and the file that carries it with its signature. */

export const manifest = z.strictObject({
  ...sealCommon,
  plan,
  /** Nothing was missing, nor in quarantine but for what `setAside` names: no other year is sealed. */
  complete: z.literal(true),
  /** SHA-256 of the fingerprints that the sealed file carries. */
  fingerprints: sha256Hex,
  /** As `/rankings` gives them on the basis `year` for this `asOf`. */
  rows: z.array(rankingRow),
});
export type Manifest = z.infer<typeof manifest>;

/** Bytes of a leaf's hash that the sealed file carries, to name the events that differ. */
export const FINGERPRINT = 8;

/** The sealed file: one line of canonical JSON, so that no byte of it can change unseen. */
export const sealedFile = z.strictObject({
  manifest,
  ...signed,
  /** The first bytes of the leaves' hashes, in their order (base64). */
  fingerprints: z.base64(),
});
export type SealedFile = z.infer<typeof sealedFile>;

export const sealedFileText = (file: SealedFile): string => `${canonicalJson(file)}\n`;

/** UTF-8, as hash functions and signatures take it. */
const bytesOf = (text: string): Bytes => new TextEncoder().encode(text);
const hexOf = (bytes: Bytes): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export const sealBytes = (statement: Seal): Bytes => bytesOf(canonicalJson(statement));

/** The leaf of an event: its canonical envelope, with the recorded time and without the stream's position. */
export function eventLeaf(hash: Hash, envelope: Readonly<Record<string, unknown>>): Bytes {
  if (!('position' in envelope)) return textLeafHash(hash, canonicalJson(envelope));
  const { position: _, ...kept } = envelope;
  return textLeafHash(hash, canonicalJson(kept));
}

/** The leaf of a ranking row: the row in canonical form. */
export const rowLeaf = (hash: Hash, row: RankingRow): Bytes => textLeafHash(hash, canonicalJson(row));

/** A manifest with its canonical text, and that of each row: leaves, digest and file are all made from these. */
export type Written = { manifest: Manifest; text: string; rows: readonly string[] };

/** Writes a manifest, a row a step. */
export function* writtenManifest(content: Manifest): Steps<Written> {
  const rows: string[] = [];
  for (const row of content.rows) {
    rows.push(canonicalJson(row));
    yield;
  }
  const members = Object.entries({ ...content, rows: null })
    .filter(([, own]) => own !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, own]) => `"${key}":${key === 'rows' ? `[${rows.join(',')}]` : canonicalJson(own)}`);
  return { manifest: content, text: `{${members.join(',')}}`, rows };
}

/** The statement about a manifest; in steps. */
export function* sealSteps(hash: Hash, { manifest: content, text, rows }: Written): Steps<Seal> {
  const leaves: Bytes[] = [];
  for (const row of rows) {
    leaves.push(textLeafHash(hash, row));
    yield;
  }
  const rowsRoot = hexOf(rootOf(hash, leaves));
  yield;
  return statementOf(content, { rowsRoot, digest: hexOf(hash(bytesOf(text))) });
}

/** The same on end. */
export const sealOf = (hash: Hash, content: Manifest): Seal =>
  atOnce(sealSteps(hash, atOnce(writtenManifest(content))));

/** The same for whoever has the root over the rows and the digest of the canonical manifest already. */
export function statementOf(
  content: Manifest,
  { rowsRoot, digest }: { rowsRoot: string; digest: string },
): Seal {
  const { format, year, scoring, asOf, events, root, previous, plan, rows, setAside } = content;
  return {
    format,
    year,
    scoring,
    asOf,
    events,
    root,
    previous,
    ...(setAside && { setAside }),
    plan: { year: plan.year, version: plan.version },
    rows: { count: rows.length, root: rowsRoot },
    manifest: digest,
  };
}
