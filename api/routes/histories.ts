import { z } from 'zod';
import { ANY, confinedTo, OVERSEERS, type Principal } from '#api/access/principal.ts';
import { rankingQuery, someUnits, viewpoint, yearPath } from '#api/http/parameters.ts';
import { Problem } from '#api/http/problem.ts';
import { type Route, route } from '#api/http/route.ts';
import type { PageReads, Seen } from '#api/ports.ts';
import { COURSES, type CourseName } from '#schemas/course.ts';
import { openId } from '#schemas/ids.ts';
import { courses, history } from '#schemas/results/history.ts';
import { keptReply as reply, viewerOf } from './rankings.ts';

type Year = { year: number };
type Of<Q> = Omit<Q, 'year'>;

function ownOnly(units: readonly string[] | undefined, who: Principal): void {
  const own = confinedTo(who);
  if (own !== undefined && units?.some((unit) => unit !== own))
    throw new Problem('forbidden', `You are bound to the unit ${own}.`);
}

/** A year month by month: places, and how many are on course. */
export const historyRoutes = ({ pages }: { pages: PageReads }): Route[] => [
  route<Year, Of<Seen> & { units?: readonly string[] }>({
    method: 'get',
    path: '/history/:year',
    tag: 'answers',
    roles: ANY,
    summary: 'Every unit’s rank at the end of each month',
    description:
      'To date at each month’s end up to `on`, and on that day itself, whatever the basis, with what is known now. With `units` (at most 60, separated by commas) of those alone, with total, criteria and what happened: vetoes, deductions, late reports, versions of the plan, seals. A unit is told of itself alone.',
    params: yearPath,
    query: z.strictObject({ ...viewpoint, units: someUnits.optional() }),
    answers: { 200: { description: 'Columns that run in parallel', schema: history } },
    async handler({ params, query, principal }) {
      ownOnly(query.units, principal);
      return reply(await pages.history({ ...query, ...params }, viewerOf(principal)));
    },
  }),
  route<Year, Of<Seen> & { group?: string; criterion?: string; which?: CourseName }>({
    method: 'get',
    path: '/courses/:year',
    tag: 'answers',
    roles: OVERSEERS,
    summary: 'How many units were on course at the end of each month',
    description:
      'As `/overview` counts them, of all types or of one (`criterion`), with what is known now. `which` lists the units that stand so on the last day.',
    params: yearPath,
    query: z.strictObject({
      ...viewpoint,
      group: rankingQuery.shape.group,
      criterion: openId.optional(),
      which: z.enum(COURSES).optional(),
    }),
    answers: { 200: { description: 'A count a month', schema: courses } },
    handler: async ({ params, query }) => reply(await pages.courses({ ...query, ...params })),
  }),
];
