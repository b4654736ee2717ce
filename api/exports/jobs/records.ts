import { mkdirSync } from 'node:fs';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { oneAfterAnother } from '#api/oneAfterAnother.ts';
import { exportJob } from '#schemas/results/exportJobs.ts';

/** A job as it is kept in the data folder: whose it is, and the media type of its file. */
const record = z.strictObject({ owner: z.string(), contentType: z.string().nullable(), job: exportJob });
export type JobRecord = z.infer<typeof record>;

export type Records = {
  /** What an earlier run left; files that belong to nothing are removed. */
  load(): Promise<JobRecord[]>;
  save(record: JobRecord): Promise<void>;
  /** The job and its file, wherever it got to. */
  remove(id: string): Promise<void>;
  /** Where its file is written, and where it stands when it is whole. */
  draftOf(id: string): string;
  fileOf(id: string): string;
};

/** Jobs and their files below a folder that only the server's own user may read. */
export function createRecords(folder: string): Records {
  const pathOf = (id: string, kind: string): string => join(folder, `${id}.${kind}`);

  // One after another: a record that is still being written must not come back after its job was removed.
  const inOrder = oneAfterAnother();

  async function read(name: string): Promise<JobRecord | undefined> {
    try {
      return record.parse(JSON.parse(await readFile(join(folder, name), 'utf8')));
    } catch {
      return undefined;
    }
  }

  return {
    async load() {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const names = await readdir(folder);
      const found = await Promise.all(names.filter((name) => name.endsWith('.json')).map(read));
      const records = found.filter((one) => one !== undefined);
      const whole = new Set(
        records.flatMap(({ job: { id, state } }) =>
          state === 'done' ? [`${id}.json`, `${id}.file`] : [`${id}.json`],
        ),
      );
      for (const name of names) if (!whole.has(name)) await rm(join(folder, name), { force: true });
      return records;
    },
    save: ({ owner, contentType, job }) =>
      inOrder(async () => {
        const path = pathOf(job.id, 'json');
        await writeFile(`${path}.draft`, JSON.stringify({ owner, contentType, job }), { mode: 0o600 });
        await rename(`${path}.draft`, path);
      }),
    remove: (id) =>
      inOrder(async () => {
        for (const kind of ['json', 'draft', 'file']) await rm(pathOf(id, kind), { force: true });
      }),
    draftOf: (id) => pathOf(id, 'draft'),
    fileOf: (id) => pathOf(id, 'file'),
  };
}
