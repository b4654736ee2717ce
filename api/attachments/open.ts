import { join } from 'node:path';
import type { Config } from '#api/config.ts';
import { type Attachments, createAttachments } from './attachments.ts';
import { type Blobs, createFolderBlobs } from './blobs.ts';
import { createS3Blobs, parseS3Url } from './s3Blobs.ts';

const MB = 1024 * 1024;

/** Where the settings say that attachments are kept. */
export function openBlobs({ dataDir, attachmentsUrl }: Pick<Config, 'dataDir' | 'attachmentsUrl'>): Blobs {
  const place = attachmentsUrl === undefined ? undefined : parseS3Url(attachmentsUrl);
  return place ? createS3Blobs(place) : createFolderBlobs(join(dataDir, 'attachments'));
}

export const openAttachments = (config: Config, now: () => number): Attachments =>
  createAttachments({
    blobs: openBlobs(config),
    folder: join(config.dataDir, 'attachments'),
    limits: { bytes: config.uploadLimitMb * MB, unitBytes: config.attachmentsUnitMb * MB },
    now,
  });
