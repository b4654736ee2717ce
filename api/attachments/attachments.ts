import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { createShares } from '#api/exports/turns.ts';
import { PACE } from '#api/http/paced.ts';
import {
  attachmentName,
  endingOf,
  FILE_KINDS,
  type FileKind,
  hasPreview,
  kindOfType,
  type StoredFile,
  type StoredFiles,
} from '#schemas/attachments.ts';
import type { Attachment } from '#schemas/events.ts';
import type { Blobs } from './blobs.ts';
import { cleaned } from './clean.ts';
import { fileOf, filesOf, keyOf, pendingKey } from './keys.ts';
import { kindOf } from './kinds/kind.ts';
import { createPreviews } from './preview/previews.ts';
import { FileRefused, refusedProblem, tooLargeProblem } from './refused.ts';
import { createSpool, FileTooLarge, type SpoolLimits } from './spool.ts';

/** Files that prove what units report. Which events refer to them, the stream knows; here are the bytes alone. */
export type Attachments = {
  /** Takes a file in for a unit. Throws a `Problem`, in the person's language, where it is none that is taken. */
  take(unit: string, body: Readable, upload: UploadRequest): Promise<Attachment>;
  find(unit: string, sha256: string): Promise<StoredFile | undefined>;
  /** Undefined where the unit has no such file. */
  open(
    unit: string,
    sha256: string,
  ): Promise<{ file: StoredFile; bytes: AsyncIterable<Uint8Array> } | undefined>;
  /**
   * A small PNG of a picture. Undefined where the unit has no such file; without `png` where the file is no picture, too
   * large a one, or cannot be drawn.
   */
  preview(
    unit: string,
    sha256: string,
    signal: AbortSignal,
  ): Promise<{ png: Uint8Array | undefined } | undefined>;
  list(unit: string): Promise<StoredFiles>;
  /** An event refers to them: they stay for good. */
  keep(unit: string, digests: readonly string[]): Promise<void>;
  /** Removes what was uploaded long ago and never referred to; returns how many. `isReferred` has the last word. */
  prune(unit: string, isReferred: (sha256: string) => boolean): Promise<number>;
};

export type UploadRequest = {
  /** What the sender calls it. */
  name: string;
  /** As announced; undefined where it is not. */
  length?: number | undefined;
  language: 'zh' | 'en';
  signal: AbortSignal;
};

export type AttachmentLimits = Partial<SpoolLimits> & {
  /** Bytes of one file, and of all of a unit's. */
  bytes: number;
  unitBytes: number;
};

/** So many are received at once, of one unit so many of them; the rest wait, and what they send waits on their side. */
const RECEIVED = { atOnce: 32, waiting: 2_000, what: 'uploads' };
const RECEIVED_OF_UNIT = { atOnce: 4, waiting: 300, what: 'uploads' };
/** Looking at a file takes memory and time, as cleaning a picture does. */
const LOOKED_AT = { atOnce: 2, waiting: 5_000, what: 'uploads' };

/** How long what no event refers to stays: whoever writes a report has some days to send it. */
export const GRACE_MS = 14 * 24 * 3_600_000;

export function createAttachments(deps: {
  blobs: Blobs;
  /** A folder of this machine for what is under way. */
  folder: string;
  limits: AttachmentLimits;
  now: () => number;
}): Attachments {
  const { blobs, now } = deps;
  const limits = { ...PACE, ...deps.limits };
  const spool = createSpool(join(deps.folder, 'incoming'), limits);
  const received = createShares(RECEIVED);
  const ofUnit = createShares(RECEIVED_OF_UNIT);
  const lookedAt = createShares(LOOKED_AT);
  const previewOf = createPreviews();

  const filesIn = async (prefix: string): Promise<StoredFile[]> =>
    (await blobs.list(prefix)).flatMap((blob) => fileOf(blob) ?? []);
  const usedBy = async (unit: string): Promise<number> =>
    (await blobs.list(filesOf(unit))).reduce((sum, { size }) => sum + size, 0);
  const find: Attachments['find'] = async (unit, sha256) => (await filesIn(`${filesOf(unit)}${sha256}.`))[0];

  async function admit(unit: string, body: Readable, upload: UploadRequest): Promise<Attachment> {
    const raw = await spool.take(body);
    try {
      const leave = await lookedAt.enter('all', upload.signal);
      const { kind, spooled } = await look(raw, upload.name).finally(leave);
      const { sha256, size, path } = spooled;
      const told = { sha256, name: attachmentName(upload.name, kind), type: FILE_KINDS[kind].type, size };
      if (await find(unit, sha256)) return told;
      if ((await usedBy(unit)) + size > limits.unitBytes) throw new FileRefused('quota');
      await blobs.note(pendingKey(unit, sha256), '');
      await blobs.put(keyOf(unit, sha256, kind), path);
      return told;
    } finally {
      await raw.drop();
    }
  }

  return {
    find,
    async take(unit, body, upload) {
      if ((upload.length ?? 0) > limits.bytes) throw tooLargeProblem(limits.bytes, upload.language);
      const leaves: (() => void)[] = [];
      try {
        leaves.push(await ofUnit.enter(unit, upload.signal));
        leaves.push(await received.enter('all', upload.signal));
        return await admit(unit, body, upload);
      } catch (error) {
        if (error instanceof FileRefused) throw refusedProblem(error.code, upload.language);
        if (error instanceof FileTooLarge) throw tooLargeProblem(limits.bytes, upload.language);
        throw error;
      } finally {
        for (const leave of leaves) leave();
      }
    },
    async open(unit, sha256) {
      const file = await find(unit, sha256);
      const kind = file && kindOfType(file.type);
      return file && kind && { file, bytes: blobs.read(keyOf(unit, sha256, kind)) };
    },
    async preview(unit, sha256, signal) {
      const file = await find(unit, sha256);
      const kind = file && kindOfType(file.type);
      if (!kind) return undefined;
      if (!hasPreview(file.type)) return { png: undefined };
      return { png: await previewOf(sha256, () => blobs.read(keyOf(unit, sha256, kind)), signal) };
    },
    async list(unit) {
      const files = await filesIn(filesOf(unit));
      const used = files.reduce((sum, { size }) => sum + size, 0);
      return { files, limits: { file: limits.bytes, unit: limits.unitBytes }, used };
    },
    async keep(unit, digests) {
      for (const sha256 of digests) await blobs.remove(pendingKey(unit, sha256));
    },
    async prune(unit, isReferred) {
      let gone = 0;
      for (const { key, at } of await blobs.list(pendingKey(unit, ''))) {
        const sha256 = key.slice(-64);
        if (at > now() - GRACE_MS) continue;
        const [file] = isReferred(sha256) ? [] : await blobs.list(`${filesOf(unit)}${sha256}.`);
        if (file) await blobs.remove(file.key);
        await blobs.remove(key);
        if (file) gone++;
      }
      return gone;
    },
  };
}

/** What it is, and that its name says so; a picture without where it was taken. */
async function look(raw: Parameters<typeof cleaned>[0], name: string) {
  const kind: FileKind = await kindOf(raw.file, raw.size);
  const ending = endingOf(name.replaceAll(/\p{C}/gu, ''));
  const known: readonly string[] = FILE_KINDS[kind].extensions;
  if (ending !== '' && !known.includes(ending)) throw new FileRefused('wrong-ending');
  return { kind, spooled: await cleaned(raw, kind) };
}
