import { access, constants, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import type { Copied } from '#api/attachments/copying.ts';
import { countText } from '#schemas/presentation/numbers.ts';
import { audited } from '../audited.ts';
import { settings } from '../place.ts';
import { Failure, tell } from '../say.ts';

/** Files go beside a server that runs: each is written whole, and never changed. */

function report(what: string, { copied, there, damaged }: Copied): void {
  tell(`${countText(copied)} files ${what}, ${countText(there)} were there already.`);
  for (const name of damaged) tell(`${name} is not what its name says, and was left out.`);
  if (damaged.length > 0) process.exitCode = 1;
}

const written = (action: string, { copied, there, damaged }: Copied): Promise<void> =>
  audited(settings().dataDir, action, { copied, there, damaged: damaged.length });

/** Where the files are, and how they are copied. */
async function copying() {
  const [{ openBlobs }, copying] = await Promise.all([
    import('#api/attachments/open.ts'),
    import('#api/attachments/copying.ts'),
  ]);
  return { blobs: openBlobs(settings()), ...copying };
}

export const exportAttachmentsCommand = (): Command =>
  new Command('attachments')
    .description(
      'all files that prove reports, into a folder: <unit>/<sha256>.pdf; what is there already stays',
    )
    .argument('<folder>')
    .action(async (folder: string) => {
      await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
        throw new Failure(`${folder} cannot be written.`, { cause });
      });
      const { blobs, exportAttachments } = await copying();
      const copied = await exportAttachments(blobs, folder);
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
      const { blobs, importAttachments } = await copying();
      const copied = await importAttachments(blobs, folder, temporary);
      await written('attachments.imported', copied);
      report('imported', copied);
    });
