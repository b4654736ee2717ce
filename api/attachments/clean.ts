import { createHash } from 'node:crypto';
import type { FileKind } from '#schemas/attachments.ts';
import { cleanJpeg } from './kinds/jpeg.ts';
import { cleanPng } from './kinds/png.ts';
import { cleanWebp } from './kinds/webp.ts';
import { FileRefused } from './refused.ts';
import type { Spooled } from './spool.ts';

const CLEANERS: Partial<Record<FileKind, (bytes: Buffer) => Buffer>> = {
  jpeg: cleanJpeg,
  png: cleanPng,
  webp: cleanWebp,
};

/** Pictures are held whole while they are cleaned: no camera makes larger ones. */
const MOST_PICTURE = 64 * 1024 * 1024;

/**
 * Takes out of a picture where and when it was made; other files stay as they are. The picture is written anew in its
 * place, and its digest is of what is kept.
 */
export async function cleaned(spooled: Spooled, kind: FileKind): Promise<Spooled> {
  const clean = CLEANERS[kind];
  if (!clean) return spooled;
  if (spooled.size > MOST_PICTURE) throw new FileRefused('bomb');
  const whole = Buffer.alloc(spooled.size);
  await spooled.file.read(whole, 0, spooled.size, 0);
  const bytes = cleanOr(clean, whole);
  if (bytes.equals(whole)) return spooled;
  await spooled.file.truncate(0);
  await spooled.file.write(bytes, 0, bytes.length, 0);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { ...spooled, size: bytes.length, sha256 };
}

/** What leads outside the bytes is damage, however it was brought about. */
function cleanOr(clean: (bytes: Buffer) => Buffer, whole: Buffer): Buffer {
  try {
    return clean(whole);
  } catch (error) {
    throw error instanceof RangeError ? new FileRefused('broken') : error;
  }
}
