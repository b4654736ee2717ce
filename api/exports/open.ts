import { join } from 'node:path';
import { createDocuments, type DocumentParts, type Documents } from './exports.ts';
import { type JobParts, type Jobs, openJobs } from './jobs/jobs.ts';
import { createPerform } from './jobs/perform.ts';
import { openRenderer } from './renderer/renderer.ts';
import { createReportData } from './reportData.ts';

export type ExportParts = Omit<DocumentParts, 'make'> & { dataDir: string; log: JobParts['log'] };

/** Documents at once, and those that are ordered; both are made in the renderer's process. */
export async function openExports({
  dataDir,
  log,
  ...parts
}: ExportParts): Promise<{ documents: Documents; jobs: Jobs; close(): Promise<void> }> {
  const renderer = openRenderer();
  const made = createDocuments({ ...parts, make: renderer.make });
  const documents: Documents = {
    ...made,
    make(request, options) {
      renderer.start();
      return made.make(request, options);
    },
  };
  const perform = createPerform({
    ...parts,
    documents,
    reportDataOf: createReportData(parts),
    make: renderer.make,
  });
  const jobs = await openJobs({ folder: join(dataDir, 'exports'), perform, log, now: parts.now });
  return {
    documents,
    jobs,
    async close() {
      await jobs.close();
      await renderer.close();
    },
  };
}
