import type { Readable } from 'node:stream';
import { z } from 'zod';
import { ANY, holds, ORGANISATION_ONLY, type Principal, type Role } from '#api/access/principal.ts';
import { presentBy } from '#api/answers/present.ts';
import { dispositionOf } from '#api/exports/documents.ts';
import { requireType } from '#api/http/check.ts';
import { flag, meantFindings, yearParameter } from '#api/http/parameters.ts';
import { Problem } from '#api/http/problem.ts';
import { type Route, route } from '#api/http/route.ts';
import type { ImportOutcome, Imports } from '#api/imports/imports.ts';
import { adoptedPlan } from '#api/imports/planImport.ts';
import { planWorkbook } from '#api/imports/planTemplate.ts';
import { faultyWorkbook, importTemplate } from '#api/imports/template.ts';
import { SHEET_TYPES } from '#api/imports/upload.ts';
import type { Intake, Projection, Reads } from '#api/ports.ts';
import { openId } from '#schemas/ids.ts';
import { type ImportKind, importKind } from '#schemas/imports/columns.ts';
import type { ImportLanguage } from '#schemas/imports/words.ts';
import { type Language, lang, languageFor, shortOf } from '#schemas/languages.ts';
import type { Plan } from '#schemas/plan.ts';
import { inAnotherYear } from '#schemas/planOfYear.ts';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import { formatWatermark } from '#schemas/position.ts';
import { reportableKinds } from '#schemas/reportFields.ts';
import { importAnswer, importDetail, importJob, importList, importUndone } from '#schemas/results/imports.ts';

/** What comes in as a file: spreadsheets of units, activities, targets and incidents, a plan, and an exported stream. */

export type ImportDeps = {
  imports: Imports;
  intake: Pick<Intake, 'restore'>;
  reads: Pick<Reads, 'plan' | 'units'>;
  projection: Pick<Projection, 'watermark'>;
  now: () => number;
};

const WRITERS: readonly Role[] = ['unit', 'organisation'];
const NDJSON = ['application/x-ndjson', 'application/ndjson', 'application/jsonl'];
/** `raised`: of how many events `recordedtime` decreased within their subject, and is that of the one before. */
const done = z.strictObject({ events: z.int(), raised: z.int(), watermark: z.string() });

const languageOf = (asked: Language | undefined, accepted: string | undefined): ImportLanguage =>
  shortOf(languageFor(asked, accepted));

type Id = { id: string };
const idPath = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{1,64}$/, { error: 'is no id of an import' }),
});

type ImportQuery = {
  kind: ImportKind | 'events';
  dryRun: boolean;
  year?: number | undefined;
  despite?: string[] | undefined;
  lang?: Language | undefined;
};

/** A unit reports what it does; the rest is the department's. */
function refuseKind(who: Principal, kind: ImportKind | 'events'): void {
  if (!holds(who, ORGANISATION_ONLY) && kind !== 'activities')
    throw new Problem('forbidden', `The role unit may import activities, not ${kind}.`);
}

/** What is told beside the rows, where there is anything to tell. */
const besideRows = ({ effects, reckoned, unread, plan }: Omit<ImportOutcome, 'job' | 'rows'>) => ({
  ...(effects && { effects }),
  ...(reckoned && { reckoned }),
  ...(unread && { unread }),
  ...(plan && { plan }),
});

export const importRoutes = (deps: ImportDeps): Route[] => [
  startRoute(deps),
  templateRoute(deps),
  route({
    method: 'get',
    path: '/imports',
    tag: 'imports',
    roles: WRITERS,
    summary: 'What was imported, newest first',
    answers: { 200: { description: 'Imports; a unit sees its own', schema: importList } },
    handler: async ({ principal }) => ({ body: { imports: await deps.imports.list(principal) } }),
  }),
  route<Id>({
    method: 'get',
    path: '/imports/:id',
    tag: 'imports',
    roles: WRITERS,
    summary: 'How far an import is, and what became of each row',
    params: idPath,
    answers: { 200: { description: 'The import; its rows once it is done', schema: importDetail } },
    handler: async ({ params, principal }) => {
      const { job, rows, ...beside } = await deps.imports.find(principal, params.id);
      return { body: { job, rows, ...besideRows(beside) } };
    },
  }),
  route<Id, { lang?: Language | undefined }>({
    method: 'get',
    path: '/imports/:id/refused.xlsx',
    tag: 'imports',
    roles: WRITERS,
    summary: 'The refused rows of an import, to be corrected and brought again',
    description:
      'The rows as the file had them, the first 5,000, each with what is wrong. Also of a dry run, until 50 later ones.',
    params: idPath,
    query: z.strictObject({ lang }),
    answers: { 200: { description: 'XLSX', type: SHEET_TYPES[0] } },
    async handler({ params, query, principal, headers }) {
      const { kind, faulty } = await deps.imports.faulty(principal, params.id);
      const language = languageOf(query.lang, headers['accept-language']);
      return {
        headers: { 'Content-Disposition': `attachment; filename="wuxing-${kind}-refused.xlsx"` },
        bytes: { content: await faultyWorkbook(faulty, language), type: SHEET_TYPES[0] },
      };
    },
  }),
  route<Id>({
    method: 'delete',
    path: '/imports/:id',
    tag: 'imports',
    roles: WRITERS,
    summary: 'Undo an import as a whole, or stop one that runs',
    description:
      'What it recorded is retracted with the import as the reason, what it changed is changed back. Units and targets that it brought stay: they can be changed and closed.',
    params: idPath,
    answers: { 200: { description: 'Undone', schema: importUndone } },
    async handler({ params, principal, record }) {
      const undone = await deps.imports.undo(principal, params.id);
      await record('import.undone', { import: params.id, ...undone });
      return {
        body: { import: params.id, ...undone, watermark: formatWatermark(deps.projection.watermark()) },
      };
    },
  }),
];

const startRoute = (deps: ImportDeps): Route =>
  route<unknown, ImportQuery, Readable>({
    method: 'post',
    path: '/imports',
    tag: 'imports',
    roles: WRITERS,
    summary: 'Import a spreadsheet, or restore an exported stream',
    description:
      'XLSX, or CSV in UTF-8, UTF-16 or GB18030 with comma, tab or semicolon; as the body, or as the part `file` of a form. With `dryRun=true` nothing is recorded, and the answer says what would be. A large file is answered with 202 and goes on by itself. `kind=plan` takes the workbook that `GET /imports/template?kind=plan` makes, or some sheets of it, and adopts it as a whole or, where a row is wrong, not at all; `year` says which plan where the file does not, and `despite` what is meant though nobody could meet it, as in `PUT /plans/:year`. `kind=events` takes NDJSON as `wuxing export events` writes it, into an empty stream only; where `recordedtime` decreases within a subject, it is raised to the one before, and `raised` says how often.',
    query: z.strictObject({
      kind: z.enum([...importKind.options, 'events']),
      dryRun: flag.default(false),
      year: yearParameter.optional(),
      despite: meantFindings.optional(),
      lang,
    }),
    body: { as: 'stream', types: [...SHEET_TYPES, ...NDJSON], description: 'The file' },
    answers: {
      200: {
        description: 'What became of each row, or how many events were restored',
        schema: z.union([importAnswer, done]),
      },
      202: {
        description: 'A large file: it goes on, and `GET /imports/:id` tells how far',
        schema: importJob,
      },
    },
    async handler({ body, query, headers, principal, record, signal }) {
      const { kind } = query;
      refuseKind(principal, kind);
      if (kind === 'events') {
        const restored = await restore(deps, body, headers['content-type'], principal);
        const { events, raised } = restored.body;
        await record('import.events', { events, raised });
        return restored;
      }
      const language = languageOf(query.lang, headers['accept-language']);
      const upload = await deps.imports.receive(body, headers, { language, signal });
      const { dryRun, year, despite } = query;
      const order = { upload, kind, dryRun, language, year, despite };
      const { job, rows, isAdopted, ...beside } = await deps.imports.start(principal, order);
      const { plan } = beside;
      if (isAdopted)
        await record('plan.adopted', {
          year: plan?.document?.year,
          version: plan?.document?.version,
          ...(despite && { despite }),
        });
      if (!job.dryRun)
        await record('import.sheet', {
          import: job.id,
          kind,
          ...job.counts,
          state: job.state,
        });
      if (job.state === 'running')
        return { status: 202, headers: { Location: `/api/imports/${job.id}` }, body: { job } };
      return {
        body: {
          import: job.id,
          dryRun: job.dryRun,
          ...(job.encoding ? { encoding: job.encoding } : {}),
          counts: job.counts,
          rows,
          ...besideRows(beside),
          watermark: formatWatermark(deps.projection.watermark()),
        },
      };
    },
  });

async function restore(
  { intake, projection }: ImportDeps,
  body: Readable,
  contentType: string | undefined,
  principal: Principal,
) {
  if (!holds(principal, ORGANISATION_ONLY))
    throw new Problem('forbidden', 'Only the organisation department may restore a stream.');
  requireType(contentType, NDJSON);
  const restored = await intake.restore(body);
  return { body: { ...restored, watermark: formatWatermark(projection.watermark()) } };
}

type TemplateQuery = { kind: ImportKind; of?: string; year?: number; lang?: Language | undefined };

/** Only activities come in kinds of which a plan asks one thing or another. */
function checkKind({ kind, of }: TemplateQuery, year: number, plan: Plan | undefined): void {
  if (of === undefined || (kind === 'activities' && plan && reportableKinds(plan).includes(of))) return;
  const message = `"${of}" is no kind of activity that the plan for ${year} asks for`;
  throw new Problem('not-found', `${message}.`, { errors: [{ field: 'of', message }] });
}

const templateRoute = ({ reads, now }: ImportDeps): Route =>
  route<unknown, TemplateQuery>({
    method: 'get',
    path: '/imports/template',
    tag: 'imports',
    roles: ANY,
    summary: 'A workbook to fill in: heads, drop-downs, an example; of `plan`, the plan of the year itself',
    description:
      'Of `activities`, `of` names one kind: the workbook has the columns that this kind asks for alone.',
    query: z.strictObject({
      kind: importKind,
      of: openId.optional(),
      year: yearParameter.optional(),
      lang,
    }),
    answers: { 200: { description: 'XLSX', type: SHEET_TYPES[0] } },
    async handler({ query, principal, headers }) {
      if (query.kind === 'plan' && !holds(principal, ORGANISATION_ONLY))
        throw new Problem('forbidden', 'The workbook of a plan is for the department alone.');
      const year =
        query.year ?? (await presentBy(async (of) => (await adoptedPlan(reads, of))?.timezone, now())).year;
      const plan = await adoptedPlan(reads, year);
      checkKind(query, year, plan);
      const units = principal.unit
        ? [principal.unit]
        : (await reads.units({ limit: 10_000 })).items.map(({ unit }) => unit);
      const language = languageOf(query.lang, headers['accept-language']);
      const content =
        query.kind === 'plan'
          ? await planWorkbook(plan ?? (await planToBegin(reads, year)), language, plan?.version ?? null)
          : await importTemplate({ kind: query.kind, of: query.of, language, plan, units });
      return {
        headers: {
          'Content-Disposition': dispositionOf(`wuxing-${query.kind}${query.of ? `-${query.of}` : ''}.xlsx`),
        },
        bytes: { content, type: SHEET_TYPES[0] },
      };
    },
  });

/** Where none is adopted: last year's, else the one that comes with the product. */
async function planToBegin(reads: ImportDeps['reads'], year: number): Promise<Plan> {
  const earlier = (await adoptedPlan(reads, year - 1)) ?? plan2026;
  return { ...earlier, ...inAnotherYear(earlier, year) };
}
