import { z } from 'zod';
import type { Access } from '#api/access/access.ts';
import { ANY } from '#api/access/principal.ts';
import { paging, someUnits, unitPath, viewpoint, yearParameter } from '#api/http/parameters.ts';
import { type Route, route } from '#api/http/route.ts';
import type { ActivityFilter, Paged, Question, Reads } from '#api/ports.ts';
import { itemId, openId } from '#schemas/ids.ts';
import { formatWatermark } from '#schemas/position.ts';
import {
  type ActivityRow,
  activityFilterState,
  activityList,
  standing,
  unitList,
} from '#schemas/results/results.ts';

type Unit = { unit: string };
type Filter = Paged & ActivityFilter;

/** Events name accounts by their ids; who reads them wants to know who it was. */
const withNames = ({ account }: Pick<Access, 'account'>, row: ActivityRow): ActivityRow => ({
  ...row,
  history: row.history.map((event) => ({
    ...event,
    actor: event.actor === null ? null : (account(event.actor)?.name ?? null),
  })),
});

export const unitRoutes = ({
  reads,
  access,
}: {
  reads: Pick<Reads, 'units' | 'standing' | 'activities'>;
  access: Pick<Access, 'account'>;
}): Route[] => [
  route<unknown, Paged & { units?: readonly string[] }>({
    method: 'get',
    path: '/units',
    tag: 'answers',
    roles: ANY,
    summary: 'Units with their group and team size',
    description: 'With `units` (at most 60, separated by commas) those of them that are registered.',
    query: z.strictObject({ ...paging, units: someUnits.optional() }),
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
      'As known at `asOf`; up to `on` where the number is one to date. Asked with what the number was asked with, it lists what the number was made from. `order=latest`: what happened last comes first.',
    params: unitPath,
    query: z.strictObject({
      year: yearParameter.optional(),
      requirement: itemId.optional(),
      kind: openId.optional(),
      state: activityFilterState.optional(),
      order: z.enum(['day', 'latest']).default('day'),
      ...viewpoint,
      basis: viewpoint.basis.unwrap().optional(),
      ...paging,
    }),
    answers: {
      200: { description: 'Activities by day, then id; or by their latest event', schema: activityList },
    },
    async handler({ params, query }) {
      const { items, nextCursor, watermark } = await reads.activities(params.unit, query);
      const activities = items.map((item) => withNames(access, item));
      return { body: { activities, nextCursor, watermark: formatWatermark(watermark) } };
    },
  }),
];
