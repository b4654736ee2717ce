import { z } from 'zod';
import { OVERSEERS } from '#api/access/principal.ts';
import { dispositionOf } from '#api/exports/documents.ts';
import type { Jobs } from '#api/exports/jobs/jobs.ts';
import { checkOrder } from '#api/exports/jobs/perform.ts';
import { type Route, route } from '#api/http/route.ts';
import { languageFor } from '#schemas/languages.ts';
import { type ExportOrder, exportOrderBody, jobAnswer, jobList } from '#schemas/results/exportJobs.ts';

type Id = { id: string };
const idPath = z.strictObject({ id: z.string().min(1).max(64) });

/** Documents that are ordered, because they take long. To others than their owner jobs do not exist. */
export const exportJobRoutes = ({ jobs }: { jobs: Jobs }): Route[] => [
  route<unknown, unknown, z.infer<typeof exportOrderBody>>({
    method: 'post',
    path: '/exports',
    tag: 'documents',
    roles: OVERSEERS,
    summary: 'Order a document that takes long, such as the letters of all units',
    description:
      'Answers at once; the job tells how far it is. It speaks of the moment at which it begins, unless `asOf` is given. Its file is kept for a day.',
    body: { as: 'json', schema: exportOrderBody },
    answers: { 202: { description: 'Ordered', schema: jobAnswer } },
    async handler({ body, principal, headers, record, whenEnded }) {
      const order: ExportOrder = { ...body, lang: languageFor(body.lang, headers['accept-language']) };
      checkOrder(order);
      const job = await jobs.start(principal.id, order);
      jobs.whileThere(principal.id, job.id, whenEnded);
      await record('document.ordered', { job: job.id, ...order });
      return { status: 202, headers: { Location: `/api/exports/jobs/${job.id}` }, body: { job } };
    },
  }),
  route({
    method: 'get',
    path: '/exports/jobs',
    tag: 'documents',
    roles: OVERSEERS,
    summary: 'What one has ordered, newest first',
    answers: { 200: { description: 'Jobs', schema: jobList } },
    handler: ({ principal }) => ({ body: { jobs: jobs.list(principal.id) } }),
  }),
  route<Id>({
    method: 'get',
    path: '/exports/jobs/:id',
    tag: 'documents',
    roles: OVERSEERS,
    summary: 'How far a job is',
    params: idPath,
    answers: { 200: { description: 'The job', schema: jobAnswer } },
    handler: ({ params, principal }) => ({ body: { job: jobs.find(principal.id, params.id) } }),
  }),
  route<Id>({
    method: 'delete',
    path: '/exports/jobs/:id',
    tag: 'documents',
    roles: OVERSEERS,
    summary: 'Cancel a job, or forget one that is finished',
    params: idPath,
    answers: { 204: { description: 'Cancelled, or forgotten with its file' } },
    async handler({ params, principal }) {
      await jobs.cancel(principal.id, params.id);
      return { status: 204 };
    },
  }),
  route<Id>({
    method: 'get',
    path: '/exports/jobs/:id/file',
    tag: 'documents',
    roles: OVERSEERS,
    summary: 'The file of a job that is done',
    params: idPath,
    audited: 'document.fetched',
    answers: { 200: { description: 'The file', type: 'application/octet-stream' } },
    handler({ params, principal }) {
      const { fileName, contentType, size, read } = jobs.file(principal.id, params.id);
      return {
        headers: { 'Content-Disposition': dispositionOf(fileName), 'Content-Length': String(size) },
        stream: { type: contentType, chunks: read },
      };
    },
  }),
];
