import { sha256, toHex } from '#api/freeze/digest.ts';
import { canonicalJson } from '#schemas/canonical.ts';
import type { Manifest, SealedFile } from '#schemas/manifest.ts';
import { rootOf } from '#schemas/merkle.ts';
import type { Seal } from '#schemas/seal.ts';
import type { Exported } from './exported.ts';
import type { Finding, Named } from './findings.ts';
import { type Matched, neighbours, sealOrder } from './match.ts';
import type { Names } from './names.ts';

/** Stands for what is not there. */
const NONE = '–';

type SealRecord = Exported['records'][number];

/** The event by which the export itself records this seal, or one that claims to be it. */
export function recordOf({ records }: Exported, statement: Seal): SealRecord | undefined {
  const sameTime = records.filter(({ data }) => data.asOf === statement.asOf);
  return (
    sameTime.find(({ data }) => data.manifest === statement.manifest) ??
    sameTime.find(({ data }) => data.root === statement.root) ??
    sameTime[0]
  );
}

/** What the stream recorded of the seal must be what the file says, and so must the seal before it. */
export function recordFindings(
  { records }: Exported,
  own: SealRecord,
  file: SealedFile,
  statement: Seal,
): Finding[] {
  const { signature, publicKey } = file;
  const { previous } = statement;
  const fields = Object.entries({ ...statement, signature, publicKey })
    .filter(([field, value]) => canonicalJson(own.data[field]) !== canonicalJson(value))
    .map(([field]) => field);
  const findings: Finding[] = fields.length ? [{ kind: 'record', line: own.line, fields }] : [];
  const before = records[records.indexOf(own) - 1]?.data;
  const found = before ? { asOf: before.asOf, events: before.events, root: before.root } : null;
  if (canonicalJson(found) !== canonicalJson(previous))
    findings.push({ kind: 'previous', sealed: previous?.root ?? NONE, found: String(found?.root ?? NONE) });
  return findings;
}

/** Events that differ from the sealed ones; those to `ignore` came too late for the seal, or are there already. */
export function eventFindings(
  exported: Exported,
  matched: Matched,
  ignore: ReadonlySet<number>,
  names: Names,
): Finding[] {
  const named = (event: number | null): Named | null => (event === null ? null : names(event));
  const { gaps } = exported;
  return [
    ...matched.changed.map((event): Finding => ({ kind: 'changed', event: names(event) })),
    ...matched.added
      .filter((event) => !ignore.has(event))
      .map((event): Finding => ({ kind: 'added', event: names(event) })),
    ...matched.moved.map((event): Finding => ({ kind: 'moved', event: names(event) })),
    ...matched.missing.map((index): Finding => {
      const [after, before] = neighbours(matched, index);
      return { kind: 'missing', index, after: named(after), before: named(before), positions: gaps };
    }),
  ];
}

/** The root over the events, in the order of the sealed leaves; where those are unknown, in the order of the rules. */
export function rootFindings(
  exported: Exported,
  matched: Matched | undefined,
  manifest: Manifest,
): Finding[] {
  const order: ArrayLike<number> & Iterable<number> = matched?.eventOf ?? sealOrder(exported);
  if (matched && [...order].includes(-1)) return [];
  const leaves = Array.from(order, (event) => exported.leaf(event));
  const computed = toHex(rootOf(sha256, leaves));
  const findings: Finding[] = [];
  if (computed !== manifest.root) findings.push({ kind: 'root', sealed: manifest.root, computed });
  const { previous } = manifest;
  if (!previous) return findings;
  const before = toHex(rootOf(sha256, leaves.slice(0, previous.events)));
  if (before !== previous.root) findings.push({ kind: 'previous', sealed: previous.root, found: before });
  return findings;
}
