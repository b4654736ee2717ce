import { z } from 'zod';
import { ORGANISATION_ONLY } from '#api/access/principal.ts';
import { type Route, route } from '#api/http/route.ts';
import type { Intake, Projection } from '#api/ports.ts';
import { day } from '#schemas/dates.ts';
import { formatWatermark } from '#schemas/position.ts';

/** What the organisation department does to the whole: the sample, rebuilding. All audited. */

const done = z.strictObject({ events: z.int(), watermark: z.string() });

export type UpkeepDeps = {
  intake: Pick<Intake, 'sample'>;
  projection: Pick<Projection, 'watermark' | 'rebuild'>;
};

export const maintenanceRoutes = (deps: UpkeepDeps): Route[] => [
  rebuildRoute(deps, '/quarantine/replay', 'quarantine.replayed', 'Judge again what is quarantined'),
  rebuildRoute(deps, '/rebuild', 'store.rebuilt', 'Drop the store and replay the stream'),
  route<unknown, unknown, { seed?: number; today?: string }>({
    method: 'post',
    path: '/sample',
    tag: 'maintenance',
    roles: ORGANISATION_ONLY,
    summary: 'Load the sample into an empty stream',
    body: { as: 'json', schema: z.strictObject({ seed: z.int().min(0).optional(), today: day.optional() }) },
    answers: { 200: { description: 'Loaded', schema: done } },
    async handler({ body, record }) {
      const { events } = await deps.intake.sample(body);
      await record('sample.loaded', { ...body, events });
      return { body: { events, watermark: formatWatermark(deps.projection.watermark()) } };
    },
  }),
];

/** An event that was quarantined may be right under what came after it, and what it changes may touch anything: so all is replayed. */
const rebuildRoute = (deps: UpkeepDeps, path: string, action: string, summary: string): Route =>
  route({
    method: 'post',
    path,
    tag: 'maintenance',
    roles: ORGANISATION_ONLY,
    summary,
    answers: { 200: { description: 'Reads are whole again', schema: done } },
    async handler({ record }) {
      const { events } = await deps.projection.rebuild();
      await record(action, { events });
      return { body: { events, watermark: formatWatermark(deps.projection.watermark()) } };
    },
  });
