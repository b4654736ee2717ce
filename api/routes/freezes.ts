import { z } from 'zod';
import { ANY, ORGANISATION_ONLY, OVERSEERS, type Principal } from '#api/access/principal.ts';
import type { Freezes } from '#api/freeze/freezes.ts';
import { check, parseJson, requireType } from '#api/http/check.ts';
import { paging, whole, yearPath } from '#api/http/parameters.ts';
import { Problem } from '#api/http/problem.ts';
import { type Route, route } from '#api/http/route.ts';
import { timestamp } from '#schemas/dates.ts';
import { consistencyAnswer, inclusionAnswer, sealedYear, sealList, sealPreview } from '#schemas/freezes.ts';
import { sealedFile } from '#schemas/manifest.ts';
import { mayReadEvent } from '#schemas/notes.ts';
import { parsePosition } from '#schemas/position.ts';
import { keptReply, viewerOf } from './rankings.ts';

type Year = { year: number };

const freezeRequest = z.strictObject({ asOf: timestamp.optional() });
const which = {
  /** The number of a seal of the year. */
  freeze: whole(1, 1_000_000).optional(),
};

export type FreezeRouteDeps = { freezes: Freezes };

export const freezeRoutes = (deps: FreezeRouteDeps): Route[] => [
  sealRoute(deps),
  route<Year, { freeze?: number; limit: number; cursor?: string }>({
    method: 'get',
    path: '/freezes/:year',
    tag: 'seals',
    roles: ANY,
    summary: 'The sealed result of a year, and what was recorded too late for it',
    description:
      'The last seal stands; `freeze` opens an earlier one by its number. `limit` and `cursor` page through the late events. A unit sees its own row in full, with a proof, and of the others rank and total only.',
    params: yearPath,
    query: z.strictObject({ ...which, ...paging }),
    answers: { 200: { description: 'As sealed', schema: sealedYear } },
    async handler({ params, query: { freeze, ...page }, principal }) {
      return keptReply(await deps.freezes.page({ ...params, freeze }, viewerOf(principal), page));
    },
  }),
  route<Year, object>({
    method: 'get',
    path: '/freezes/:year/seals',
    tag: 'seals',
    roles: ANY,
    summary: 'The seals of a year',
    description: 'An empty list where the year has not been sealed.',
    params: yearPath,
    query: z.strictObject({}),
    answers: { 200: { description: 'In their order', schema: sealList } },
    handler: async ({ params }) => ({ body: await deps.freezes.list(params.year) }),
  }),
  route<Year, object>({
    method: 'get',
    path: '/freezes/:year/preview',
    tag: 'seals',
    roles: ORGANISATION_ONLY,
    summary: 'What sealing a year now would seal',
    description: 'Counted as the seal itself counts: an event that was there already is not sealed twice.',
    params: yearPath,
    query: z.strictObject({}),
    answers: { 200: { description: 'As of now', schema: sealPreview } },
    handler: async ({ params }) => ({ body: await deps.freezes.preview(params.year) }),
  }),
  proofRoute(deps),
  fileRoute(deps),
];

const JSON_TYPES = ['application/json'];

/** An order without a body means: as of now. */
function readRequest(contentType: string | undefined, body: Buffer): z.infer<typeof freezeRequest> {
  if (body.length === 0) return {};
  requireType(contentType, JSON_TYPES);
  return check(freezeRequest, parseJson(body), 'invalid');
}

const sealRoute = ({ freezes }: FreezeRouteDeps): Route =>
  route<Year, unknown, Buffer>({
    method: 'post',
    path: '/freezes/:year',
    tag: 'seals',
    roles: ORGANISATION_ONLY,
    summary: 'Seal a year',
    description:
      'Seals what was recorded up to `asOf` (default: now) and signs it. Refused with 409 while anything is in quarantine, or where the year is sealed as of a later time already. Sealing again is allowed: the later seal stands, both are kept.',
    params: yearPath,
    body: {
      as: 'bytes',
      types: JSON_TYPES,
      schemas: { 'application/json': freezeRequest },
      description: 'As of when; nothing at all means now',
    },
    answers: { 201: { description: 'Sealed', schema: sealedYear } },
    async handler({ params: { year }, headers, body, record }) {
      const { asOf } = readRequest(headers['content-type'], body);
      const sealed = await freezes.seal(year, asOf);
      const { number, root, events, manifest } = sealed.freeze;
      await record('year.sealed', {
        year,
        number,
        asOf: sealed.freeze.asOf,
        events,
        root,
        manifest,
      });
      return { status: 201, body: sealed };
    },
  });

type ProofQuery = {
  freeze?: number;
  event?: string;
  source?: string;
  subject?: string;
  consistency?: number;
};

const proofQuery = z
  .strictObject({
    ...which,
    /** The id or the position of an event. */
    event: z.string().min(1).max(200).optional(),
    source: z.string().min(1).max(100).optional(),
    subject: z.string().min(1).max(64).optional(),
    /** The number of an earlier seal. */
    consistency: whole(1, 1_000_000).optional(),
  })
  .refine(({ event, consistency }) => (event === undefined) !== (consistency === undefined), {
    path: ['event'],
    error: 'must be the id or position of an event; or give consistency, the number of an earlier seal',
  });

const proofRoute = ({ freezes }: FreezeRouteDeps): Route =>
  route<Year, ProofQuery>({
    method: 'get',
    path: '/freezes/:year/proof',
    tag: 'seals',
    roles: ANY,
    summary: 'That an event is under a seal, or that a seal begins with the events of an earlier one',
    description:
      'Give `event` or `consistency`, one of them. `event` is an id or a position; `source` and `subject` tell events of one id apart. A unit may ask for the events about itself. `consistency` is the number of an earlier seal of the year.',
    params: yearPath,
    query: proofQuery,
    answers: {
      200: { description: 'The proof', schema: z.union([inclusionAnswer, consistencyAnswer]) },
    },
    handler: async ({ params, query, principal }) => ({
      body: await prove(freezes, params, query, principal),
    }),
  });

function prove(freezes: Freezes, { year }: Year, query: ProofQuery, who: Principal) {
  const { freeze, event, source, subject, consistency } = query;
  if (consistency !== undefined) return freezes.consistency({ year, freeze }, consistency);
  if (event === undefined) throw new Problem('invalid-parameter', 'event must be given.');
  const position = parsePosition(event);
  const wanted = position === undefined ? { id: event, source, subject } : { position };
  const viewer = { ...viewerOf(who), reads: (found: Record<string, unknown>) => mayReadEvent(who, found) };
  return freezes.inclusion({ year, freeze }, wanted, viewer);
}

const fileRoute = ({ freezes }: FreezeRouteDeps): Route =>
  route<Year, { freeze?: number }>({
    method: 'get',
    path: '/freezes/:year/file',
    tag: 'seals',
    roles: OVERSEERS,
    summary: 'The sealed file, which `wuxing verify` checks without a server',
    params: yearPath,
    query: z.strictObject(which),
    audited: 'seal.exported',
    answers: { 200: { description: 'One line of canonical JSON', schema: sealedFile } },
    async handler({ params: { year }, query: { freeze } }) {
      const { number, bytes } = await freezes.file({ year, freeze });
      return {
        headers: { 'Content-Disposition': `attachment; filename="wuxing-${year}-seal-${number}.json"` },
        bytes: { content: bytes, type: 'application/json; charset=utf-8' },
      };
    },
  });
