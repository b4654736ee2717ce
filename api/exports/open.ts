import { join } from 'node:path';
import { openAside } from './aside/aside.ts';
import { createDocuments, type DocumentParts, type Documents } from './exports.ts';
import { type JobParts, type Jobs, openJobs } from './jobs/jobs.ts';
import { createPerform } from './jobs/perform.ts';
import { createMaterials } from './materials.ts';

export type ExportParts = Omit<DocumentParts, 'make'> & { dataDir: string; log: JobParts['log'] };

/** Documents at once, and those that are ordered; both are made in a thread aside. */
export async function openExports({
  dataDir,
  log,
  ...parts
}: ExportParts): Promise<{ documents: Documents; jobs: Jobs; close(): Promise<void> }> {
  const aside = openAside();
  const documents = createDocuments({ ...parts, make: aside.make });
  const perform = createPerform({
    ...parts,
    documents,
    materialOf: createMaterials(parts),
    make: aside.make,
  });
  const jobs = await openJobs({ folder: join(dataDir, 'exports'), perform, log, now: parts.now });
  return {
    documents,
    jobs,
    async close() {
      await jobs.close();
      await aside.close();
    },
  };
}
