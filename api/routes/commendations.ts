import { z } from 'zod';
import { ORGANISATION_ONLY, OVERSEERS } from '#api/access/principal.ts';
import type { Awarding, Decision } from '#api/answers/meeting/awarding.ts';
import type { CommendationQuestion, CommendationReads } from '#api/answers/meeting/commendations.ts';
import { viewpoint, yearPath } from '#api/http/parameters.ts';
import { type Route, route } from '#api/http/route.ts';
import { quotaOf } from '#schemas/candidates.ts';
import { name, reason, unitId } from '#schemas/ids.ts';
import { formatWatermark } from '#schemas/position.ts';
import { awardAnswer, commendations } from '#schemas/results/commendations.ts';
import { keptReply } from './rankings.ts';

type Year = { year: number };
type Asked = Omit<CommendationQuestion, 'year'>;

const quota = z
  .string()
  .refine((text) => quotaOf(text) !== undefined, {
    error: 'must be a number such as 5, or a share such as 10%',
  })
  .meta({ pattern: String.raw`^(\d{1,6}|(\d{1,2}(\.\d{1,4})?|100)%)$`, example: '10%' });

const decision = z.strictObject({ unit: unitId, honour: name, reason, withdrawn: z.boolean().optional() });

export type CommendationDeps = {
  meeting: Pick<CommendationReads, 'commendations'>;
  awarding: Awarding;
};

export const commendationRoutes = ({ meeting, awarding }: CommendationDeps): Route[] => [
  route<Year, Asked>({
    method: 'get',
    path: '/commendations/:year',
    tag: 'documents',
    roles: OVERSEERS,
    summary: 'Who can be commended: candidates within the quota, who is passed over, and what was decided',
    description:
      'Eligible units fill the places from the top: `quota` in the zone, `perGroup` in each group; a number, or a share of the ranked units (rounded up). Those that share the last place are all in. Awards are kept when they are taken back, and say so.',
    params: yearPath,
    query: z.strictObject({
      ...viewpoint,
      quota: quota.default('10%').meta({ example: '10%' }),
      perGroup: quota.default('1').meta({ example: '1' }),
    }),
    answers: { 200: { description: 'Candidates by rank', schema: commendations } },
    handler: async ({ params, query }) => keptReply(await meeting.commendations({ ...query, ...params })),
  }),
  route<Year, unknown, Decision>({
    method: 'post',
    path: '/commendations/:year',
    tag: 'documents',
    roles: ORGANISATION_ONLY,
    summary: 'Commend a unit, or take an honour back',
    description:
      'Recorded as `commendation.awarded`. Refused with 409 where a veto or a missed condition bars the unit, and where the honour was given already. `withdrawn: true` takes back an honour that the unit has.',
    params: yearPath,
    body: { as: 'json', schema: decision },
    answers: { 201: { description: 'Recorded, and seen by reads', schema: awardAnswer } },
    async handler({ params: { year }, body, record }) {
      const { award, watermark } = await awarding.decide(year, body);
      const { unit, honour } = body;
      const action = body.withdrawn ? 'commendation.withdrawn' : 'commendation.awarded';
      await record(action, { year, unit, honour, reason: body.reason });
      return { status: 201, body: { award, watermark: formatWatermark(watermark) } };
    },
  }),
];
