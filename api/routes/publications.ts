import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ANY, ORGANISATION_ONLY } from '#api/access/principal.ts';
import { wantedOffsets, yearPath } from '#api/http/parameters.ts';
import { Problem } from '#api/http/problem.ts';
import { type Route, route } from '#api/http/route.ts';
import type { Intake, PageReads, Projection, Reads } from '#api/ports.ts';
import { day, dayIn } from '#schemas/dates.ts';
import { ORGANISATION, ZONE } from '#schemas/events.ts';
import { publicationAnswer } from '#schemas/results/publication.ts';

export type PublicationDeps = {
  intake: Pick<Intake, 'submit'>;
  pages: Pick<PageReads, 'publication'>;
  reads: Pick<Reads, 'plan'>;
  projection: Pick<Projection, 'watermark' | 'reached'>;
  now: () => number;
};

/** How long a write waits until reads show it; the write stands in any case. */
const VISIBLE_MS = 5_000;
const order = z.strictObject({ until: day });
type Year = { year: number };

/** The provisional result laid open to all units (公示) before a year is sealed. */
export const publicationRoutes = ({ intake, pages, reads, projection, now }: PublicationDeps): Route[] => [
  route<Year>({
    method: 'get',
    path: '/publications/:year',
    tag: 'seals',
    roles: ANY,
    summary: 'Whether the provisional result lies open to all units, and until when',
    params: yearPath,
    answers: { 200: { description: 'The publication; null while there is none', schema: publicationAnswer } },
    handler: async ({ params }) => ({ body: await pages.publication(params.year) }),
  }),
  route<Year, unknown, z.infer<typeof order>>({
    method: 'post',
    path: '/publications/:year',
    tag: 'seals',
    roles: ORGANISATION_ONLY,
    summary: 'Publish the provisional result until the end of a day, or extend that',
    description:
      'Recorded as `result.published`. Objections are appeals. A publication that has begun is never shortened: an earlier day is refused with 409.',
    params: yearPath,
    body: { as: 'json', schema: order },
    answers: { 201: { description: 'Recorded', schema: publicationAnswer } },
    async handler({ params: { year }, body: { until }, record, signal }) {
      // Without a plan there is no result: 404.
      const { plan } = await reads.plan(year);
      const before = (await pages.publication(year)).publication;
      if (before && until < before.until)
        throw new Problem(
          'conflict',
          `The result lies open until ${before.until}; that cannot be shortened.`,
        );
      if (until < dayIn(plan.timezone, now()) && !before)
        throw new Problem('invalid', 'The day is over already.', {
          errors: [{ field: 'until', message: 'must not be over already' }],
        });
      const event = {
        specversion: '1.0',
        id: `published-${randomUUID()}`,
        source: ORGANISATION,
        subject: ZONE,
        type: 'result.published',
        time: new Date(now()).toISOString(),
        data: { year, until },
      };
      const [receipt] = await intake.submit([event], { role: 'organisation' });
      if (receipt?.position === undefined)
        throw new Problem('invalid', receipt?.problem ?? 'It could not be recorded.');
      await record('result.published', { year, until });
      const wanted = wantedOffsets(receipt.position);
      if (wanted) await projection.reached(wanted, VISIBLE_MS, signal);
      return { status: 201, body: await pages.publication(year) };
    },
  }),
];
