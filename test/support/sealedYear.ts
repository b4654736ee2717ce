import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { clearStore } from '#ingest/store/checkpoint.ts';
import { type SealedFile, sealedFileText } from '#schemas/manifest.ts';
import { adopted, fromOrganisation, recorded, registered, type Sent } from '#test/support/events.ts';
import { openFreezesFor } from '#test/support/freezes.ts';
import { openStoreForTests, withSystem } from '#test/support/oneSystem.ts';
import type { Finding, Note, Report } from '../../wuxing/verify/findings.ts';
import { verifySealed } from '../../wuxing/verify/verify.ts';

export type Line = Record<string, unknown> & { id: string; position: string; data: Record<string, unknown> };

export let folder: string;
/** The export, a line an event, and the files of the first and the second seal. */
export let lines: string[];
let seals: string[];

export const parse = (line: string | undefined): Line => JSON.parse(line ?? '') as Line;
export const indexOf = (id: string): number => lines.findIndex((line) => parse(line).id === id);
export const changed = (index: number, change: (event: Line) => void): string[] => {
  const event = parse(lines[index]);
  change(event);
  return lines.with(index, JSON.stringify(event));
};

let files = 0;
export const write = (content: string): string => {
  const file = join(folder, `file-${++files}`);
  writeFileSync(file, content);
  return file;
};

/** The tool's own function, on the one store that a process may have. */
export async function verify(seal: string, events: readonly string[], key?: string): Promise<Report> {
  const options = { sealed: write(seal), events: write(`${events.join('\n')}\n`), key };
  return verifySealed(options, async (use) => {
    await clearStore(opened.store);
    const lent = mkdtempSync(join(folder, 'lent-'));
    return use(opened.store, lent);
  });
}

export const of = <K extends Finding['kind']>(
  { findings }: Report,
  kind: K,
): Extract<Finding, { kind: K }>[] =>
  findings.filter((finding): finding is Extract<Finding, { kind: K }> => finding.kind === kind);
export const noted = ({ notes }: Report, kind: Note['kind']): Note | undefined =>
  notes.find((note) => note.kind === kind);
export const kinds = ({ findings }: Report): string[] =>
  [...new Set(findings.map(({ kind }) => kind))].sort();
export const edit = (text: string, change: (file: SealedFile) => void): string => {
  const file = JSON.parse(text) as SealedFile;
  change(file);
  return sealedFileText(file);
};

/** Two months before now, a second from one event to the next. */
export const START = Date.now() - 60 * 86_400_000;

function history(): Sent[] {
  const events = [adopted(2026), ...['u-1', 'u-2', 'u-3'].map((unit) => registered(unit))];
  for (const unit of ['u-1', 'u-2', 'u-3']) {
    const days = ['2026-02-03', '2026-05-03', '2026-08-03'].slice(0, Number(unit.at(-1)));
    for (const [index, occurredOn] of days.entries())
      events.push(recorded(unit, `a-${index}`, { occurredOn }, { id: `${unit}.${index}` }));
  }
  return events.map((event, index) => ({
    ...event,
    recordedtime: new Date(START + index * 1_000).toISOString(),
  }));
}

export let opened: Awaited<ReturnType<typeof openStoreForTests>>;

export const first = (): string => seals[0] ?? '';
export const second = (): string => seals[1] ?? '';

/** For the tests of a file: a sealed year, sealed again after a retraction, and an event that came later. */
export function sealedYear(): void {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wuxing-verify-test-'));
    opened = await openStoreForTests();
    await withSystem(opened, history(), async (system) => {
      const { door, ingest, reads } = system;
      const freezes = openFreezesFor(opened.store, folder, system);
      const organisation = { role: 'organisation' } as const;
      await freezes.seal(2026);
      const retracted = fromOrganisation('u-3', 'activity.retracted', { activity: 'a-0', reason: '误报' });
      await door.submit([retracted], organisation);
      await freezes.seal(2026);
      await door.submit([recorded('u-1', 'late', {}, { id: 'late' })], { role: 'unit', unit: 'u-1' });
      await ingest.caughtUp();
      seals = [
        (await freezes.file({ year: 2026, freeze: 1 })).bytes.toString(),
        (await freezes.file({ year: 2026 })).bytes.toString(),
      ];
      lines = (await reads.events({ limit: 1_000 })).items.map((event) => JSON.stringify(event));
    });
  });
  afterAll(async () => {
    await opened?.close();
    rmSync(folder, { recursive: true, force: true });
  });
}
