import { sha256 } from '#api/freeze/digest.ts';
import { instantOf } from '#schemas/dates.ts';
import { sealOf } from '#schemas/manifest.ts';
import { attachmentFindings } from './attachments.ts';
import { eventFindings, eventsToName, recordFindings, recordOf, rootFindings } from './compareEvents.ts';
import { resultFindings } from './compareResult.ts';
import { type Exported, readExport } from './exported.ts';
import { type Finding, MOST, type Note, type Report } from './findings.ts';
import { misfitsOf, type Placed, place } from './match.ts';
import { namesOf } from './names.ts';
import { type Lend, recompute, temporaryStore } from './recompute.ts';
import { openSealed } from './sealed.ts';

export type VerifyOptions = {
  sealed: string;
  events: string;
  key?: string | undefined;
  /** A folder as `wuxing export attachments` writes it. */
  attachments?: string | undefined;
};

/** Holds a sealed file against exported events, from the leaves to the ranking, and reports whatever differs. */
export async function verifySealed(
  { sealed, events: path, key, attachments }: VerifyOptions,
  lend: Lend = temporaryStore,
): Promise<Report> {
  const { file, fingerprints, ...opened } = openSealed(sealed, key);
  if (!file) return { year: null, asOf: null, events: null, root: null, rows: null, ...opened };
  const { manifest } = file;
  const { year, asOf, events, root, rows } = manifest;
  const span = { year, asOf: instantOf(asOf) };
  const exported = await readExport(path, span);
  const statement = sealOf(sha256, manifest);
  const own = recordOf(exported, statement);

  const placed = fingerprints && place(exported, fingerprints);
  const backdated = backdatedIn(exported, placed, own?.line);
  const aside = new Set(manifest.setAside?.map(({ event }) => event));
  const setAside = new Set(
    aside.size === 0
      ? []
      : exported.lines.filter((_, event) => aside.has(exported.leaf(event).toString('hex'))),
  );
  const again = await recompute(lend, path, bitmapOf(exported, backdated), span);
  const repeats = (event: number): boolean => again.already.has(exported.lines[event] ?? 0);
  const ignored = (event: number): boolean =>
    setAside.has(exported.lines[event] ?? 0) ||
    backdated.has(event) ||
    repeats(event) ||
    placed?.copies.has(event) === true;
  const misfits = placed && misfitsOf(exported, placed, ignored);
  const toName = placed && misfits ? eventsToName(placed, misfits) : [];
  const names = await namesOf(path, exported, [...toName, ...[...backdated].slice(0, MOST)]);

  const files = attachments === undefined ? undefined : await attachmentFindings(path, attachments);

  const findings = [
    ...opened.findings,
    ...exported.findings,
    ...(own ? recordFindings(exported, own, file, statement) : []),
    ...(placed && misfits ? eventFindings(exported, placed, misfits, names) : []),
    ...rootFindings(exported, placed, manifest),
    ...again.refused
      .filter(({ line }) => !setAside.has(line))
      .map(({ line, reason }): Finding => ({ kind: 'refused', line, reason })),
    ...resultFindings(manifest, again),
    ...(files?.findings ?? []),
  ];
  const notes: Note[] = [
    ...opened.notes,
    ...(own ? [] : [{ kind: 'no-record' } as const]),
    ...(files?.notes ?? []),
    ...counted('late', exported.late),
    ...counted('set-aside', setAside.size),
    ...counted('copies', again.already.size),
    ...[...backdated].slice(0, MOST).map((event): Note => ({ kind: 'backdated', event: names(event) })),
  ];
  return { year, asOf, events, root, rows: rows.length, findings: shorten(findings), notes };
}

const counted = (kind: 'late' | 'copies' | 'set-aside', count: number): Note[] =>
  count > 0 ? [{ kind, count }] : [];

/** Events dated before the seal that stand behind its record: they came too late for it, and rightly are not in it. */
function backdatedIn(
  { lines }: Exported,
  placed: Placed | undefined,
  sealedAt: number | undefined,
): Set<number> {
  const late = new Set<number>();
  if (!placed || sealedAt === undefined) return late;
  for (const [event, line] of lines.entries())
    if (line > sealedAt && placed.leafOf[event] === -1 && !placed.copies.has(event)) late.add(event);
  return late;
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
