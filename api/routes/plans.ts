import { z } from 'zod';
import { ANY, ORGANISATION_ONLY } from '#api/access/principal.ts';
import { meantFindings, viewpoint, yearPath } from '#api/http/parameters.ts';
import { Problem } from '#api/http/problem.ts';
import { type Route, route } from '#api/http/route.ts';
import { createAdopt } from '#api/plans/adopt.ts';
import type { Intake, PageReads, PlanTrial, Projection, Reads } from '#api/ports.ts';
import { timestamp } from '#schemas/dates.ts';
import { type Plan, plan as planSchema } from '#schemas/plan.ts';
import { formatWatermark } from '#schemas/position.ts';
import { planPreview } from '#schemas/results/planPreview.ts';
import { planAnswer, receipts } from '#schemas/results/results.ts';

export function planRoutes({
  intake,
  reads,
  pages,
  projection,
  now,
}: {
  intake: Pick<Intake, 'submit'>;
  reads: Pick<Reads, 'plan'>;
  pages: Pick<PageReads, 'planPreview'>;
  projection: Pick<Projection, 'watermark' | 'reached'>;
  now: () => number;
}): Route[] {
  const adopt = createAdopt({ intake, reads, projection, now });
  return [
    route<{ year: number }, { asOf?: string | undefined }>({
      method: 'get',
      path: '/plans/:year',
      tag: 'plans',
      roles: ANY,
      summary: 'The plan of a year: the greatest version adopted, as known at `asOf`',
      params: yearPath,
      query: z.strictObject({ asOf: viewpoint.asOf }),
      answers: { 200: { description: 'The plan document and its versions', schema: planAnswer } },
      async handler({ params, query }) {
        const { watermark, ...found } = await reads.plan(params.year, query.asOf);
        return { body: { ...found, watermark: formatWatermark(watermark) } };
      },
    }),
    route<{ year: number }, PlanTrial, Plan>({
      method: 'post',
      path: '/plans/:year/preview',
      tag: 'plans',
      roles: ORGANISATION_ONLY,
      summary: 'What adopting a plan would do to the ranking',
      description:
        'Nothing is written. Each unit’s place under the draft and under the plan that is adopted, on the same day, and, with `since`, at that time: so what the method moves is told apart from what performance moved.',
      params: yearPath,
      query: z.strictObject({ basis: viewpoint.basis, on: viewpoint.on, since: timestamp.optional() }),
      body: { as: 'json', schema: planSchema },
      answers: { 200: { description: 'The ranking that it would make', schema: planPreview } },
      async handler({ params, body, query }) {
        refuseOtherYear(body, params.year);
        return { body: await pages.planPreview(body, query) };
      },
    }),
    route<{ year: number }, { despite?: string[] }, Plan>({
      method: 'put',
      path: '/plans/:year',
      tag: 'plans',
      roles: ORGANISATION_ONLY,
      summary: 'Adopt a plan',
      description:
        'Records `plan.adopted`. The version must be greater than those adopted for the year; the same document again changes nothing. What nobody could meet is refused unless `despite` names it as meant: a comma-separated list of code and id, each percent-encoded, as the refusal gives them.',
      params: yearPath,
      query: z.strictObject({ despite: meantFindings.optional() }),
      body: { as: 'json', schema: planSchema },
      answers: { 200: { description: 'Adopted', schema: receipts } },
      async handler({ params, body, query, record, signal }) {
        refuseOtherYear(body, params.year);
        const despite = query.despite ?? [];
        const receipt = await adopt(body, { signal, despite });
        if (receipt?.status === 'appended')
          await record('plan.adopted', {
            year: body.year,
            version: body.version,
            ...(despite.length > 0 && { despite }),
          });
        return { body: { receipts: [receipt], watermark: formatWatermark(projection.watermark()) } };
      },
    }),
  ];
}

function refuseOtherYear(document: Plan, year: number): void {
  if (document.year === year) return;
  throw new Problem('invalid', `The document is the plan of ${document.year}.`, {
    errors: [{ field: 'year', message: `must be ${year}, as in the path` }],
  });
}
