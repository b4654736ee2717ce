import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import {
  type FaultyRows,
  faultyRows,
  type ImportRow,
  importRecord,
  importRow,
} from '#schemas/results/imports.ts';

/** An import as it is kept: whose it is, and for which unit. */
const kept = z.strictObject({ owner: z.string(), unit: z.string().nullable(), job: importRecord });
export type KeptImport = z.infer<typeof kept>;

export type ImportRecords = {
  load(): Promise<KeptImport[]>;
  save(record: KeptImport): Promise<void>;
  /** Rows, as those that are faulty, are kept of a rehearsal, too, until it is forgotten. */
  saveRows(id: string, rows: readonly ImportRow[]): Promise<void>;
  rows(id: string): Promise<ImportRow[]>;
  saveFaulty(id: string, faulty: FaultyRows): Promise<void>;
  faulty(id: string): Promise<FaultyRows | undefined>;
  forget(id: string): Promise<void>;
  /** What would undo it, added to as rows are let in; on disk before the rows are. */
  addUndo(id: string, undo: readonly object[]): Promise<void>;
  undo(id: string): Promise<object[]>;
};

const OWNER_ONLY = { mode: 0o600 };

/** A record, its rows, those to be mended, and what undoes it: a file each, below a folder of the data folder. */
export function createImportRecords(folder: string): ImportRecords {
  const ready = mkdir(folder, { recursive: true, mode: 0o700 });
  const pathOf = (id: string, kind: 'json' | 'rows' | 'undo' | 'faulty'): string =>
    join(folder, `${id}.${kind}`);

  async function put(path: string, text: string): Promise<void> {
    await ready;
    await writeFile(`${path}.draft`, text, OWNER_ONLY);
    await rename(`${path}.draft`, path);
  }

  const textOf = async (path: string): Promise<string> => {
    try {
      return await readFile(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw error;
    }
  };

  return {
    async load() {
      await ready;
      const all = await readdir(folder);
      const names = all.filter((name) => name.endsWith('.json'));
      // Rehearsals have no record, and end with the process.
      const left = all.filter(
        (name) => /\.(?:faulty|rows)$/.test(name) && !names.includes(name.replace(/\w+$/, 'json')),
      );
      await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));
      const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
      return texts.map((text) => kept.parse(JSON.parse(text)));
    },
    save: (record) => put(pathOf(record.job.id, 'json'), JSON.stringify(record)),
    saveRows: (id, rows) => put(pathOf(id, 'rows'), JSON.stringify(rows)),
    rows: async (id) => z.array(importRow).parse(JSON.parse((await textOf(pathOf(id, 'rows'))) || '[]')),
    saveFaulty: (id, faulty) => put(pathOf(id, 'faulty'), JSON.stringify(faulty)),
    async faulty(id) {
      const text = await textOf(pathOf(id, 'faulty'));
      return text === '' ? undefined : faultyRows.parse(JSON.parse(text));
    },
    async forget(id) {
      for (const kind of ['faulty', 'rows'] as const) await rm(pathOf(id, kind), { force: true });
    },
    async addUndo(id, undo) {
      await ready;
      await appendFile(pathOf(id, 'undo'), undo.map((one) => `${JSON.stringify(one)}\n`).join(''), {
        ...OWNER_ONLY,
        flush: true,
      });
    },
    // A line that a crash cut off belongs to rows that were not let in yet.
    undo: async (id) =>
      (await textOf(pathOf(id, 'undo')))
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as object),
  };
}
