import { sha256 } from '#api/freeze/digest.ts';
import { instantOf } from '#schemas/dates.ts';
import { sealOf } from '#schemas/manifest.ts';
import { eventFindings, recordFindings, recordOf, rootFindings } from './compareEvents.ts';
import { resultFindings } from './compareResult.ts';
import { type Exported, readExport } from './exported.ts';
import { type Finding, MOST, type Report } from './findings.ts';
import { type Matched, match } from './match.ts';
import { namesOf } from './names.ts';
import { type Lend, recompute, temporaryStore } from './recompute.ts';
import { openSealed } from './sealed.ts';

export type VerifyOptions = { sealed: string; events: string; key?: string | undefined };

/** Holds a sealed file against exported events, from the leaves to the ranking, and reports whatever differs. */
export async function verifySealed(
  { sealed, events: path, key }: VerifyOptions,
  lend: Lend = temporaryStore,
): Promise<Report> {
  const { file, fingerprints, findings, notes } = openSealed(sealed, key);
  if (!file) return { year: null, asOf: null, events: null, root: null, rows: null, findings, notes };
  const { manifest } = file;
  const { year, asOf, events, root, rows } = manifest;
  const span = { year, asOf: instantOf(asOf) };
  const exported = await readExport(path, span);
  findings.push(...exported.findings);
  const statement = sealOf(sha256, manifest);
  const own = recordOf(exported, statement);
  if (own) findings.push(...recordFindings(exported, own, file, statement));
  else notes.push({ kind: 'no-record' });
  if (exported.late > 0) notes.push({ kind: 'late', count: exported.late });

  const matched = fingerprints && match(exported, fingerprints);
  const backdated = backdatedIn(exported, matched, own?.line);
  const names = await namesOf(path, exported, matched);
  const again = await recompute(lend, path, bitmapOf(exported, backdated), span);
  const isCopy = (event: number): boolean => again.already.has(exported.lines[event] ?? 0);
  if (matched) {
    const copies = [...matched.copies, ...matched.added.filter(isCopy)];
    findings.push(...eventFindings(exported, matched, new Set([...backdated, ...copies]), names));
    if (copies.length > 0) notes.push({ kind: 'copies', count: copies.length });
    for (const event of backdated) notes.push({ kind: 'backdated', event: names(event) });
  }
  findings.push(...rootFindings(exported, matched, manifest));
  for (const { line, reason } of again.refused)
    findings.push({ kind: 'refused', event: names(exported.lines.indexOf(line)), reason });
  findings.push(...resultFindings(manifest, again));
  return { year, asOf, events, root, rows: rows.length, findings: shorten(findings), notes };
}

/** Events dated before the seal that stand behind its record: they came too late for it, and rightly are not in it. */
function backdatedIn(
  exported: Exported,
  matched: Matched | undefined,
  sealedAt: number | undefined,
): Set<number> {
  if (!matched || sealedAt === undefined) return new Set();
  return new Set(matched.added.filter((event) => (exported.lines[event] ?? 0) > sealedAt));
}

/** Whether a line is to be replayed: what was recorded up to the seal, without what came too late. */
function bitmapOf({ lines }: Exported, without: ReadonlySet<number>): (line: number) => boolean {
  const wanted = new Uint8Array((lines.at(-1) ?? 0) + 1);
  for (const [event, line] of lines.entries()) wanted[line] = without.has(event) ? 0 : 1;
  return (line) => wanted[line] === 1;
}

/** Rows may differ by the thousand after one change: the first say enough. */
function shorten(findings: readonly Finding[]): Finding[] {
  const rows = findings.filter(({ kind }) => kind === 'row');
  const others = findings.filter(({ kind }) => kind !== 'row');
  const more = (of: 'events' | 'rows', all: readonly Finding[]): Finding[] =>
    all.length > MOST ? [...all.slice(0, MOST), { kind: 'more', of, count: all.length - MOST }] : [...all];
  return [...more('events', others), ...more('rows', rows)];
}
