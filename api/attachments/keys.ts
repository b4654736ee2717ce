import { hash } from 'node:crypto';
import type { StoredFile } from '#schemas/attachments.ts';
import { FILE_KINDS, type FileKind, KINDS_OF_FILE } from '#schemas/attachments.ts';
import type { Blob } from './blobs.ts';

/**
 * Each unit has a folder of its own, so that a digest which somebody knows opens nothing of another unit's. A file is
 * named by what it holds; `pending` marks those that no event has referred to yet.
 */

const MOST_NAME = 200;

/** A unit's id as a folder: as it is where it can be, for people who look. `#` is in no id. */
export const folderOf = (unit: string): string =>
  Buffer.byteLength(unit) <= MOST_NAME ? unit : `#${hash('sha256', unit, 'hex')}`;

export const filesOf = (unit: string): string => `files/${folderOf(unit)}/`;
export const keyOf = (unit: string, sha256: string, kind: FileKind): string =>
  `${filesOf(unit)}${sha256}.${FILE_KINDS[kind].extensions[0]}`;
export const pendingKey = (unit: string, sha256: string): string => `pending/${folderOf(unit)}/${sha256}`;

/** What a key says of a file; undefined for what is none of ours. */
export function fileOf({ key, size }: Pick<Blob, 'key' | 'size'>): StoredFile | undefined {
  const [, sha256 = '', ending = ''] = /\/([0-9a-f]{64})\.([a-z]+)$/.exec(key) ?? [];
  const kind = KINDS_OF_FILE.find((one) => FILE_KINDS[one].extensions[0] === ending);
  return kind && { sha256, type: FILE_KINDS[kind].type, size };
}
