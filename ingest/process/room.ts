import { statfsSync } from 'node:fs';

/** Whether the disk under a folder has room for what is yet to come. */

/**
 * Kept free of what comes in from outside: what was acknowledged is still to be projected, and sessions and notes have to
 * be written. A database that runs out of room within a commit stays broken until it is opened again.
 */
const RESERVE = 8 * 1024 * 1024;

export const DISK_FULL =
  'The disk of the data folder is full. Nothing was taken; send it again once there is room.';

/** The disk has no room for what was to be written; nothing of it was. */
export class NoRoom extends Error {
  constructor(options?: ErrorOptions) {
    super(DISK_FULL, options);
    this.name = 'NoRoom';
  }
}

/** Bytes that the disk under a folder has free for us; endless where it does not tell. */
export function roomIn(folder: string): number {
  try {
    const { blocks, bavail, bsize } = statfsSync(folder);
    return blocks > 0 ? bavail * bsize : Number.POSITIVE_INFINITY;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** Whether so many bytes more leave the reserve free. */
export const hasRoom = (free: number, bytes = 0): boolean => free >= RESERVE + bytes;

// The store's code, and those that lmdb has from the system: no room, a quota, a limit of the size of files.
const CODES = new Set<unknown>(['ENOSPC', 'EDQUOT', 'EFBIG', '243', 27, 28, 122]);

/** Whether an error, or one behind it, says that a disk is full: of the system, of the store, or of lmdb. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, message, cause } = error as NodeJS.ErrnoException;
  return (
    error instanceof NoRoom ||
    CODES.has(code) ||
    /no space left on device|not enough space/i.test(message) ||
    isDiskFull(cause)
  );
}
