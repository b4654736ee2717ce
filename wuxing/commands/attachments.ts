import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { openAccess } from '#api/access/access.ts';
import { LOCAL_TOOL } from '#api/access/audit.ts';
import { type Copied, exportAttachments, importAttachments } from '#api/attachments/copying.ts';
import { openBlobs } from '#api/attachments/open.ts';
import { countText } from '#schemas/presentation/numbers.ts';
import { settings } from '../place.ts';
import { Failure, tell } from '../say.ts';

/** Files go beside a server that runs: each is written whole, and never changed. */

function report(what: string, { copied, there, damaged }: Copied): void {
  tell(`${countText(copied)} files ${what}, ${countText(there)} were there already.`);
  for (const name of damaged) tell(`${name} is not what its name says, and was left out.`);
  if (damaged.length > 0) process.exitCode = 1;
}

async function written(action: string, { copied, there, damaged }: Copied): Promise<void> {
  const audited = openAccess(settings().dataDir);
  await audited.audit.record(LOCAL_TOOL, action, { copied, there, damaged: damaged.length });
  await audited.close();
}

export const exportAttachmentsCommand = (): Command =>
  new Command('attachments')
    .description(
      'all files that prove reports, into a folder: <unit>/<sha256>.pdf; what is there already stays',
    )
    .argument('<folder>')
    .action(async (folder: string) => {
      const copied = await exportAttachments(openBlobs(settings()), folder);
      await written('attachments.exported', copied);
      report('exported', copied);
    });

export const importAttachmentsCommand = (): Command =>
  new Command('attachments')
    .description('files as `wuxing export attachments` writes them, beside the stream that names them')
    .argument('<folder>')
    .action(async (folder: string) => {
      await access(folder, constants.R_OK).catch(() => {
        throw new Failure(`${folder} cannot be read.`);
      });
      const temporary = join(settings().dataDir, 'attachments', 'incoming');
      const copied = await importAttachments(openBlobs(settings()), folder, temporary);
      await written('attachments.imported', copied);
      report('imported', copied);
    });
