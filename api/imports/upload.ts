import { readFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { FileRefused, refusedProblem, tooLargeProblem } from '#api/attachments/refused.ts';
import { createSpool, FileTooLarge } from '#api/attachments/spool.ts';
import { createShares } from '#api/exports/turns.ts';
import { mediaType } from '#api/http/check.ts';
import { PACE } from '#api/http/paced.ts';
import { Problem } from '#api/http/problem.ts';
import type { ImportLanguage } from '#schemas/imports/words.ts';

/** A file that somebody brings. `open` reads it into memory: not before its turn, and not twice. */
export type Upload = {
  size: number;
  open(): Promise<{ bytes: Uint8Array; fileName: string | null }>;
  drop(): Promise<void>;
};

export type Uploads = {
  /** Takes in a request's body. Throws a `Problem` where it is too large, comes too slowly, or too many wait. */
  receive(
    body: Readable,
    headers: IncomingHttpHeaders,
    reading: { language: ImportLanguage; signal: AbortSignal },
  ): Promise<Upload>;
};

/** What browsers and scripts call the files that are taken; what a file is, its bytes say. */
export const SHEET_TYPES = [
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'text/csv',
  'text/plain',
  'text/tab-separated-values',
  'application/vnd.ms-excel',
  'application/octet-stream',
  'multipart/form-data',
] as const;

/** Names come from outside and are shown: no folder, no control characters. */
const cleaned = (name: string): string | null =>
  name.replaceAll(/\p{C}/gu, '').split(/[\\/]/).at(-1)?.slice(0, 200) || null;

/** The file of a form: its part `file`. */
async function fileIn(bytes: Uint8Array, contentType: string) {
  const form = await new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: { 'content-type': contentType },
  })
    .formData()
    .catch(() => {
      throw new Problem('bad-request', 'The form could not be read.');
    });
  const file = form.get('file');
  if (!(file instanceof File)) throw new Problem('bad-request', 'The form has no part `file`.');
  return { bytes: new Uint8Array(await file.arrayBuffer()), fileName: cleaned(file.name) };
}

/** Bodies go to disk as they come, so many at once; the rest waits, and what they send waits on their side. */
const RECEIVED = { atOnce: 32, waiting: 2_000, what: 'uploads' };

export function createUploads(folder: string, limitBytes: number): Uploads {
  const spool = createSpool(folder, { ...PACE, bytes: limitBytes });
  const places = createShares(RECEIVED);
  return {
    async receive(body, headers, { language, signal }) {
      const leave = await places.enter('', signal);
      try {
        const { path, size, drop } = await spool.take(body);
        const contentType = headers['content-type'] ?? '';
        const isForm = mediaType(contentType) === 'multipart/form-data';
        return {
          size,
          drop,
          async open() {
            const bytes = await readFile(path);
            return isForm ? fileIn(bytes, contentType) : { bytes, fileName: null };
          },
        };
      } catch (error) {
        if (error instanceof FileTooLarge) throw tooLargeProblem(limitBytes, language);
        if (error instanceof FileRefused) throw refusedProblem(error.code, language);
        throw error;
      } finally {
        leave();
      }
    },
  };
}
