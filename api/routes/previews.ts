import { z } from 'zod';
import { ANY } from '#api/access/principal.ts';
import { unitPath, yearParameter } from '#api/http/parameters.ts';
import { type Route, route } from '#api/http/route.ts';
import type { PageReads } from '#api/ports.ts';
import { activityBody } from '#schemas/events.ts';
import { activityId } from '#schemas/ids.ts';
import { year } from '#schemas/plan.ts';
import { preview } from '#schemas/results/preview.ts';
import { reportEffects } from '#schemas/results/reportEffects.ts';
import { reportHints } from '#schemas/results/reportHints.ts';
import { problem } from '#schemas/results/results.ts';
import { viewerOf } from './rankings.ts';

const proposal = z
  .strictObject({
    year,
    /** The report that it would be in place of, where one is amended. */
    activity: activityId.optional(),
    /** null: what taking back `activity` would cost. */
    body: activityBody.nullable(),
  })
  .refine(({ activity, body }) => body !== null || activity !== undefined, {
    path: ['activity'],
    error: 'must name the report that is to be taken back',
  });

/**
 * What a report would bring is reckoned on the server: it takes all reports of the kind (whose members are counted
 * once, whose latest value stands) and the totals of others, which a unit's browser has not got.
 */
export const previewRoutes = ({
  pages,
}: {
  pages: Pick<PageReads, 'preview' | 'reportHints' | 'reportEffects'>;
}): Route[] => [
  route<{ unit: string }, { year: number; activity: string }>({
    method: 'get',
    path: '/units/:unit/report-effects',
    tag: 'answers',
    roles: ANY,
    ownUnit: true,
    summary: 'What each event of a report changed: field by field, and in points',
    description:
      'The total of the whole year right before and right behind each of the latest 20 events, as the stream was then, under the plan that was in use then; of a decision that moved it the rank as well.',
    params: unitPath,
    // Any text may be looked for; what is no report has had no events.
    query: z.strictObject({ year: yearParameter, activity: z.string().min(1) }),
    answers: { 200: { description: 'In the order of its history', schema: reportEffects } },
    handler: async ({ params, query }) => ({ body: await pages.reportEffects(params.unit, query) }),
  }),
  route<{ unit: string }, { year: number }>({
    method: 'get',
    path: '/units/:unit/report-hints',
    tag: 'answers',
    roles: ['unit', 'organisation'],
    ownUnit: true,
    summary: 'What the form of a report can be filled in with',
    description: 'Targets assigned with the latest values, forms that count already, members named so far.',
    params: unitPath,
    query: z.strictObject({ year: yearParameter }),
    answers: { 200: { description: 'Of the year of the plan', schema: reportHints } },
    handler: async ({ params, query }) => ({ body: await pages.reportHints(params.unit, query) }),
  }),
  route<{ unit: string }, unknown, z.infer<typeof proposal>>({
    method: 'post',
    path: '/units/:unit/preview',
    tag: 'answers',
    roles: ['unit', 'organisation'],
    ownUnit: true,
    summary: 'What a report would bring if it were sent now, or taking one back would cost',
    description:
      'Requirements, windows, total and rank before and after, for the whole year and to date, and reports that look like the same one. Nothing is written. A unit is told the new rank only where it follows from totals that the ranking shows it.',
    params: unitPath,
    body: { as: 'json', schema: proposal },
    answers: {
      200: { description: 'What it would bring', schema: preview },
      422: { description: 'It would be refused', schema: problem, type: 'application/problem+json' },
    },
    handler: async ({ params, body, principal }) => ({
      body: await pages.preview(params.unit, body, viewerOf(principal)),
    }),
  }),
];
