import type { Readable } from 'node:stream';
import { z } from 'zod';
import { holds, ORGANISATION_ONLY, OVERSEERS, type Principal, type Role } from '#api/access/principal.ts';
import type { Attachments } from '#api/attachments/attachments.ts';
import { dispositionOf } from '#api/exports/documents.ts';
import { unitPath } from '#api/http/parameters.ts';
import { Problem } from '#api/http/problem.ts';
import { type Route, route } from '#api/http/route.ts';
import type { Reads } from '#api/ports.ts';
import { attachmentName, FILE_KINDS, KINDS_OF_FILE, kindOfType, storedFiles } from '#schemas/attachments.ts';
import { attachment } from '#schemas/events.ts';
import { type Language, lang, languageFor, shortOf } from '#schemas/languages.ts';

/** Files that prove what units report: brought by the unit, fetched by it and by whoever reads all units. */

export type AttachmentRouteDeps = {
  attachments: Pick<Attachments, 'take' | 'open' | 'preview' | 'list'>;
  reads: Pick<Reads, 'attachments'>;
};

const WRITERS: readonly Role[] = ['unit', 'organisation'];
const READERS: readonly Role[] = ['unit', ...OVERSEERS];
const TYPES = ['application/octet-stream', ...KINDS_OF_FILE.map((kind) => FILE_KINDS[kind].type)];

type Unit = { unit: string };
type Named = { name: string; lang?: Language | undefined };

/** Nothing of a file itself runs, or is shown, in a page of ours: it is saved, and that is all. */
const AS_DOWNLOAD = {
  'Cache-Control': 'private, no-store',
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'X-Content-Type-Options': 'nosniff',
};

export const attachmentRoutes = (deps: AttachmentRouteDeps): Route[] => [
  uploadRoute(deps),
  listRoute(deps),
  downloadRoute(deps),
  previewRoute(deps),
];

/** Whoever sees all units, as a reviewer does, brings files for their own alone. */
function refuseOthers(who: Principal, unit: string): void {
  if (holds(who, ORGANISATION_ONLY) || who.unit === unit) return;
  throw new Problem('forbidden', `You are bound to the unit ${who.unit}.`);
}

const uploadRoute = ({ attachments }: AttachmentRouteDeps): Route =>
  route<Unit, Named, Readable>({
    method: 'post',
    path: '/units/:unit/attachments',
    tag: 'events',
    roles: WRITERS,
    ownUnit: true,
    summary: 'Upload a file that proves what a unit reports',
    description:
      'PDF, JPEG, PNG, WebP, docx, xlsx or pptx, as the body; what it is, its bytes say. Pictures are kept without the place and time that a camera wrote into them. The answer is what an event names under `attachments`. What no event refers to is let go of after 14 days.',
    params: unitPath,
    query: z.strictObject({ name: z.string().min(1).max(1_000), lang }),
    body: { as: 'stream', types: TYPES, description: 'The bytes of the file' },
    answers: {
      200: { description: 'Durable; the same file again gives the same answer', schema: attachment },
    },
    async handler({ params, query, body, headers, principal, record, denied, signal }) {
      refuseOthers(principal, params.unit);
      const length = Number(headers['content-length'] ?? Number.NaN);
      const upload = {
        name: query.name,
        length: Number.isNaN(length) ? undefined : length,
        language: shortOf(languageFor(query.lang, headers['accept-language'])),
        signal,
      };
      const shown = query.name.replaceAll(/\p{C}/gu, '').slice(-200);
      try {
        const taken = await attachments.take(params.unit, body, upload);
        await record('attachment.uploaded', { unit: params.unit, ...taken });
        return { body: taken };
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        const why = error.extras.members?.code ?? error.kind;
        await denied('attachment.refused', { unit: params.unit, name: shown, why });
        throw error;
      }
    },
  });

const listRoute = ({ attachments }: AttachmentRouteDeps): Route =>
  route<Unit>({
    method: 'get',
    path: '/units/:unit/attachments',
    tag: 'answers',
    roles: READERS,
    ownUnit: true,
    summary: 'Which files of a unit are there, and how much room is left',
    params: unitPath,
    answers: { 200: { description: 'What an event names and is not here is missing', schema: storedFiles } },
    handler: async ({ params }) => ({ body: await attachments.list(params.unit) }),
  });

type File = Unit & { digest: string };
const filePath = z.strictObject({ ...unitPath.shape, digest: attachment.shape.sha256 });

const downloadRoute = ({ attachments, reads }: AttachmentRouteDeps): Route =>
  route<File>({
    method: 'get',
    path: '/units/:unit/attachments/:digest',
    tag: 'answers',
    roles: READERS,
    ownUnit: true,
    summary: 'A file that proves what a unit reported',
    description: 'To be saved, never to be shown in place. Its name is the one that the unit gave it.',
    params: filePath,
    audited: 'attachment.downloaded',
    answers: { 200: { description: 'The file', type: 'application/octet-stream' } },
    async handler({ params: { unit, digest } }) {
      const found = await attachments.open(unit, digest);
      const kind = found && kindOfType(found.file.type);
      if (!found || !kind) throw new Problem('not-found', `The unit ${unit} has no file ${digest}.`);
      const named = (await reads.attachments(unit)).find((one) => one.sha256 === digest)?.name;
      return {
        headers: {
          ...AS_DOWNLOAD,
          'Content-Disposition': dispositionOf(attachmentName(named ?? digest.slice(0, 12), kind)),
          'Content-Length': String(found.file.size),
        },
        stream: { type: found.file.type, chunks: () => found.bytes },
      };
    },
  });

/** Under a digest there is never another picture; `Vary` gives it to nobody else who uses the same browser. */
const AS_PREVIEW = {
  'Cache-Control': 'private, max-age=31536000, immutable',
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'X-Content-Type-Options': 'nosniff',
};

const previewRoute = ({ attachments }: AttachmentRouteDeps): Route =>
  route<File>({
    method: 'get',
    path: '/units/:unit/attachments/:digest/preview',
    tag: 'answers',
    roles: READERS,
    ownUnit: true,
    summary: 'A small picture of a file that proves what a unit reported',
    description:
      'Drawn anew from the pixels of a JPEG or PNG, 320 pixels wide and high at most; nothing of the file itself is in it.',
    params: filePath,
    answers: {
      200: { description: 'The small picture', type: 'image/png' },
      204: {
        description:
          'There is none: the file is no JPEG or PNG, has more than 40 million pixels, or cannot be drawn',
      },
    },
    async handler({ params: { unit, digest }, signal }) {
      const found = await attachments.preview(unit, digest, signal);
      if (!found) throw new Problem('not-found', `The unit ${unit} has no file ${digest}.`);
      if (!found.png) return { status: 204 };
      return { headers: AS_PREVIEW, bytes: { content: found.png, type: 'image/png' } };
    },
  });
