import { sha256, toHex } from '#api/freeze/digest.ts';
import { canonicalJson } from '#schemas/canonical.ts';
import type { Manifest, SealedFile } from '#schemas/manifest.ts';
import { rootOf } from '#schemas/merkle.ts';
import type { Seal } from '#schemas/seal.ts';
import type { Exported } from './exported.ts';
import { type Finding, MOST, type Named } from './findings.ts';
import { type Misfits, neighbours, type Placed, sealOrder } from './match.ts';
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

/** The first of many, which are told one by one. */
const firstOf = ({ missing, changed, added, moved }: Misfits): Misfits => ({
  missing: missing.slice(0, MOST),
  changed: changed.slice(0, MOST),
  added: added.slice(0, MOST),
  moved: moved.slice(0, MOST),
});

const countOf = (misfits: Misfits): number =>
  Object.values(misfits).reduce((sum, list) => sum + list.length, 0);

/** Events whose names are needed to tell of misfits. */
export function eventsToName(placed: Placed, misfits: Misfits): number[] {
  const { missing, changed, added, moved } = firstOf(misfits);
  const around = missing.flatMap((leaf) => neighbours(placed, leaf)).filter((event) => event !== null);
  return [...changed, ...added, ...moved, ...around];
}

/** Events that differ from the sealed ones. */
export function eventFindings(exported: Exported, placed: Placed, misfits: Misfits, names: Names): Finding[] {
  const first = firstOf(misfits);
  const named = (event: number | null): Named | null => (event === null ? null : names(event));
  const { gaps } = exported;
  const more = countOf(misfits) - countOf(first);
  return [
    ...first.changed.map((event): Finding => ({ kind: 'changed', event: names(event) })),
    ...first.added.map((event): Finding => ({ kind: 'added', event: names(event) })),
    ...first.moved.map((event): Finding => ({ kind: 'moved', event: names(event) })),
    ...first.missing.map((index): Finding => {
      const [after, before] = neighbours(placed, index);
      return { kind: 'missing', index, after: named(after), before: named(before), positions: gaps };
    }),
    ...(more > 0 ? [{ kind: 'more', of: 'events', count: more } as const] : []),
  ];
}

/** Leaves in an order, one at a time. */
function* leavesOf(exported: Exported, order: ArrayLike<number>, count: number): Generator<Uint8Array> {
  for (let at = 0; at < count; at++) yield exported.leaf(order[at] ?? 0);
}

/** The root over the events, in the order of the sealed leaves; where those are unknown, in the order of the rules. */
export function rootFindings(exported: Exported, placed: Placed | undefined, manifest: Manifest): Finding[] {
  if (placed?.eventOf.includes(-1)) return [];
  const order: ArrayLike<number> = placed?.eventOf ?? sealOrder(exported);
  const rootOver = (count: number): string => toHex(rootOf(sha256, leavesOf(exported, order, count)));
  const computed = rootOver(order.length);
  const findings: Finding[] = [];
  if (computed !== manifest.root) findings.push({ kind: 'root', sealed: manifest.root, computed });
  const { previous } = manifest;
  if (!previous) return findings;
  const before = rootOver(Math.min(previous.events, order.length));
  if (before !== previous.root) findings.push({ kind: 'previous', sealed: previous.root, found: before });
  return findings;
}
