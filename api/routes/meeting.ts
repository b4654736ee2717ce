import { z } from 'zod';
import { OVERSEERS } from '#api/access/principal.ts';
import type { MeetingReads } from '#api/answers/meeting/meeting.ts';
import type { TeachingQuestion } from '#api/answers/meeting/teachings.ts';
import type { YearOnYearQuestion } from '#api/answers/meeting/yearsOnYears.ts';
import { rankingQuery, viewpoint, whole, yearParameter, yearPath } from '#api/http/parameters.ts';
import { type Route, route } from '#api/http/route.ts';
import { teaching } from '#schemas/results/teaching.ts';
import { yearOnYear } from '#schemas/results/yearOnYear.ts';
import { keptReply } from './rankings.ts';

type Year = { year: number };
type WithYear = Omit<YearOnYearQuestion, 'year' | 'with'> & { with?: number };

/** What the exchange meeting is prepared with. */
export const meetingRoutes = ({
  meeting,
}: {
  meeting: Pick<MeetingReads, 'teaching' | 'yearOnYear'>;
}): Route[] => [
  route<Year, Omit<TeachingQuestion, 'year'>>({
    method: 'get',
    path: '/teaching/:year',
    tag: 'documents',
    roles: OVERSEERS,
    summary: 'Who can teach whom: the agenda of the exchange meeting',
    description:
      'For each criterion and requirement the teams that excel (level, share of verified activities, recency), those that lag, and pairs of the two that are alike in group and size, each with the practice to pass on. `group` takes learners of one group only; `limit` is the number of teams and pairs in each topic.',
    params: yearPath,
    query: z.strictObject({
      ...viewpoint,
      group: rankingQuery.shape.group,
      limit: whole(1, 50).default(5),
    }),
    answers: { 200: { description: 'Topics in plan order, and the agenda', schema: teaching } },
    handler: async ({ params, query }) => keptReply(await meeting.teaching({ ...query, ...params })),
  }),
  route<Year, WithYear>({
    method: 'get',
    path: '/year-on-year/:year',
    tag: 'documents',
    roles: OVERSEERS,
    summary: 'A year against another, under the method of the one and of the other',
    description:
      '`with` is the other year (default: the one before; the year itself shows no difference). Under `to-date` both are seen from the same day of their year. A requirement whose kind the other year’s plan does not name is left out of a method, for both years alike.',
    params: yearPath,
    query: z.strictObject({ ...viewpoint, with: yearParameter.optional() }),
    answers: { 200: { description: 'Rows in the order of the ranking', schema: yearOnYear } },
    handler: async ({ params: { year }, query }) =>
      keptReply(await meeting.yearOnYear({ ...query, year, with: query.with ?? year - 1 })),
  }),
];
