import { z } from 'zod';
import { ANY } from '#api/access/principal.ts';
import { paging, unitPath, viewpoint, yearParameter } from '#api/http/parameters.ts';
import { type Route, route } from '#api/http/route.ts';
import type { Paged, Question, Reads } from '#api/ports.ts';
import { itemId, openId } from '#schemas/ids.ts';
import { formatWatermark } from '#schemas/position.ts';
import { activityList, standing, unitList } from '#schemas/results.ts';

type Unit = { unit: string };
type Filter = Paged & { year?: number; requirement?: string; kind?: string };

export const unitRoutes = ({
  reads,
}: {
  reads: Pick<Reads, 'units' | 'standing' | 'activities'>;
}): Route[] => [
  route<unknown, Paged>({
    method: 'get',
    path: '/units',
    tag: 'answers',
    roles: ANY,
    summary: 'Units with their group and team size',
    query: z.strictObject(paging),
    answers: { 200: { description: 'Units by id', schema: unitList } },
    async handler({ query }) {
      const { items, nextCursor, watermark } = await reads.units(query);
      return { body: { units: items, nextCursor, watermark: formatWatermark(watermark) } };
    },
  }),
  route<Unit, Question>({
    method: 'get',
    path: '/units/:unit/standing',
    tag: 'answers',
    roles: ANY,
    ownUnit: true,
    summary: 'Where a unit stands, what it still owes, and what that costs',
    params: unitPath,
    query: z.strictObject({ year: yearParameter, ...viewpoint }),
    answers: { 200: { description: 'Its row, requirements, gaps and conditions', schema: standing } },
    handler: async ({ params, query }) => ({ body: await reads.standing(params.unit, query) }),
  }),
  route<Unit, Filter>({
    method: 'get',
    path: '/units/:unit/activities',
    tag: 'answers',
    roles: ANY,
    ownUnit: true,
    summary: 'The events behind a number, with their history',
    description:
      'As known at `asOf`; up to `on` where the number is one to date. Asked with what the number was asked with, it lists what the number was made from.',
    params: unitPath,
    query: z.strictObject({
      year: yearParameter.optional(),
      requirement: itemId.optional(),
      kind: openId.optional(),
      ...viewpoint,
      basis: viewpoint.basis.unwrap().optional(),
      ...paging,
    }),
    answers: { 200: { description: 'Activities by day, then id', schema: activityList } },
    async handler({ params, query }) {
      const { items, nextCursor, watermark } = await reads.activities(params.unit, query);
      return { body: { activities: items, nextCursor, watermark: formatWatermark(watermark) } };
    },
  }),
];
