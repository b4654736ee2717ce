import { z } from 'zod';
import { ANY, confinedTo, OVERSEERS, type Principal, seesAll } from '#api/access/principal.ts';
import { rankingQuery, someUnits, viewpoint, yearPath } from '#api/http/parameters.ts';
import { Problem } from '#api/http/problem.ts';
import { type Reply, type Route, route } from '#api/http/route.ts';
import type { Cacheable, Kept, Question, Reads, Viewer } from '#api/ports.ts';
import { gapMatrix, ranking } from '#schemas/results/results.ts';

/** Everything a ranking may be asked, but its year. */
type Asked = Omit<Question, 'year'>;

export const viewerOf = (who: Principal): Viewer => {
  const unit = confinedTo(who);
  return unit === undefined ? {} : { unit };
};

/** Each weighing of the others' totals is an equation in their scores: enough of them, and a unit has them all. */
function mayWeigh(who: Principal): void {
  if (seesAll(who)) return;
  throw new Problem(
    'forbidden',
    'A unit may not try other weights: the totals of others under them would tell their scores. Ask without `weights`.',
  );
}

/** An answer that is kept is sent as its bytes. */
export const keptReply = (kept: Cacheable<unknown> | Pick<Kept<unknown>, 'bytes' | 'etag'>): Reply =>
  'bytes' in kept
    ? { bytes: { content: kept.bytes, type: 'application/json; charset=utf-8' }, etag: kept.etag }
    : { body: kept.value };

export const rankingRoutes = ({ reads }: { reads: Pick<Reads, 'ranking' | 'gaps'> }): Route[] => [
  route<{ year: number }, Asked>({
    method: 'get',
    path: '/rankings/:year',
    tag: 'answers',
    roles: ANY,
    summary: 'Who leads, how sure that is, who is vetoed and why',
    description:
      'A unit sees itself in full and of the others what the plan’s `others` allows: rank and total, the rank alone, or nothing. `weights` tries other weights (not for units); `compareTo` (a recorded time or a year) adds `previousRank`; `top` is the N of `topShare`.',
    params: yearPath,
    query: rankingQuery,
    answers: { 200: { description: 'Rows by rank, then unit', schema: ranking } },
    async handler({ params, query, principal }) {
      if (query.weights !== undefined) mayWeigh(principal);
      return keptReply(await reads.ranking({ ...query, ...params }, viewerOf(principal)));
    },
  }),
  route<{ year: number }, Asked>({
    method: 'get',
    path: '/gaps/:year',
    tag: 'answers',
    roles: OVERSEERS,
    summary: 'Units × requirements: what is missing everywhere',
    description:
      'With `units` (at most 60, separated by commas) of those alone: what is said of requirements is of them, too.',
    params: yearPath,
    query: z.strictObject({ ...viewpoint, group: rankingQuery.shape.group, units: someUnits.optional() }),
    answers: { 200: { description: 'The matrix', schema: gapMatrix } },
    handler: async ({ params, query }) => keptReply(await reads.gaps({ ...query, ...params })),
  }),
];
