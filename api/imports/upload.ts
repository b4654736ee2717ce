import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { mediaType } from '#api/http/check.ts';
import { Problem } from '#api/http/problem.ts';

export type Upload = { bytes: Uint8Array; fileName: string | null };

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

async function collect(source: Readable, limit: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new Problem('too-large', `The file is larger than ${limit / 1024 / 1024} MB.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Names come from outside and are shown: no folder, no control characters. */
const cleaned = (name: string): string | null =>
  name.replaceAll(/\p{C}/gu, '').split(/[\\/]/).at(-1)?.slice(0, 200) || null;

/** The file of a request: its body, or the part `file` of a form. */
export async function readUpload(
  body: Readable,
  headers: IncomingHttpHeaders,
  limit: number,
): Promise<Upload> {
  const bytes = await collect(body, limit);
  const contentType = headers['content-type'];
  if (mediaType(contentType) !== 'multipart/form-data') return { bytes, fileName: null };
  const form = await new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: { 'content-type': contentType ?? '' },
  })
    .formData()
    .catch(() => {
      throw new Problem('bad-request', 'The form could not be read.');
    });
  const file = form.get('file');
  if (!(file instanceof File)) throw new Problem('bad-request', 'The form has no part `file`.');
  return { bytes: new Uint8Array(await file.arrayBuffer()), fileName: cleaned(file.name) };
}
