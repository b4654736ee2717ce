import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { folderOf } from '#api/attachments/keys.ts';
import { Problem } from '#api/http/problem.ts';
import { oneAfterAnother } from '#api/oneAfterAnother.ts';
import { type DraftRequest, type KeptDraft, keptDraft } from '#schemas/results/inspectionDraft.ts';

/** Self-inspections that units are writing, a file each below the data folder: the reporter's draft is there for the head. */
export type InspectionDrafts = {
  read(unit: string, year: number): Promise<KeptDraft | null>;
  /** Throws a `Problem` where somebody else has saved another one meanwhile. */
  write(unit: string, year: number, asked: DraftRequest, by: string): Promise<KeptDraft>;
  drop(unit: string, year: number): Promise<void>;
};

export function createInspectionDrafts(folder: string, now: () => number): InspectionDrafts {
  const pathOf = (unit: string, year: number): string => join(folder, folderOf(unit), `${year}.json`);
  /** So that nobody's is lost between a look and a write. */
  const inOrder = oneAfterAnother();

  async function read(unit: string, year: number): Promise<KeptDraft | null> {
    const text = await readFile(pathOf(unit, year), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    return text === null ? null : keptDraft.parse(JSON.parse(text));
  }

  async function write(unit: string, year: number, { criteria, after }: DraftRequest, by: string) {
    const before = await read(unit, year);
    if (before && before.savedAt !== after)
      throw new Problem('conflict', `${before.by} has saved this draft meanwhile.`, {
        members: { by: before.by, savedAt: before.savedAt },
      });
    // Never the same time twice, or two drafts could not be told apart.
    const at = Math.max(now(), before ? Date.parse(before.savedAt) + 1 : 0);
    const draft: KeptDraft = { criteria, savedAt: new Date(at).toISOString(), by };
    const path = pathOf(unit, year);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(`${path}.new`, JSON.stringify(draft), { mode: 0o600, flush: true });
    await rename(`${path}.new`, path);
    return draft;
  }

  return {
    read,
    write: (...given) => inOrder(() => write(...given)),
    drop: (unit, year) => inOrder(() => rm(pathOf(unit, year), { force: true })),
  };
}
