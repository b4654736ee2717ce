import { join } from 'node:path';
import type { Config } from '#api/config.ts';
import { type Attachments, createAttachments } from './attachments.ts';
import { type Blobs, createFolderBlobs } from './blobs.ts';

const MB = 1024 * 1024;

/** Where the settings say that attachments are kept. */
export const openBlobs = ({ dataDir }: Config): Blobs => createFolderBlobs(join(dataDir, 'attachments'));

export const openAttachments = (config: Config, now: () => number): Attachments =>
  createAttachments({
    blobs: openBlobs(config),
    folder: join(config.dataDir, 'attachments'),
    limits: { bytes: config.uploadLimitMb * MB, unitBytes: config.attachmentsUnitMb * MB },
    now,
  });
