import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Principal, ReviewScope } from '#api/access/principal.ts';
import { holds } from '#api/access/principal.ts';
import { wantedOffsets } from '#api/http/parameters.ts';
import { Problem } from '#api/http/problem.ts';
import { type Route, route } from '#api/http/route.ts';
import type { Intake, Projection, Reads } from '#api/ports.ts';
import { ORGANISATION } from '#schemas/events.ts';
import { activityId, reason, unitId } from '#schemas/ids.ts';
import type { Plan } from '#schemas/plan.ts';
import { formatWatermark } from '#schemas/position.ts';
import { type ActivityRow, receipts } from '#schemas/results.ts';

const decision = z.strictObject({
  unit: unitId,
  activity: activityId,
  decision: z.enum(['verified', 'rejected']),
  reason,
});
type Decision = z.infer<typeof decision>;

export type ReviewRouteDeps = {
  intake: Pick<Intake, 'submit'>;
  reads: Pick<Reads, 'activities' | 'plan'>;
  projection: Pick<Projection, 'watermark' | 'reached'>;
};

/** The kinds that a reviewer decides on under a plan: of their criteria all that score or deduct, and single ones. */
export const kindsOf = (
  scope: ReviewScope,
  { requirements, deductions }: Pick<Plan, 'requirements' | 'deductions'>,
): ReadonlySet<string> =>
  new Set([
    ...scope.kinds,
    ...[...requirements, ...deductions]
      .filter(({ criterion }) => scope.criteria.includes(criterion))
      .map(({ kind }) => kind),
  ]);

const PAGE = 1_000;

/** As reads show it: what was recorded a moment ago may not be there yet. */
async function activityOf(
  reads: ReviewRouteDeps['reads'],
  { unit, activity }: Decision,
): Promise<ActivityRow> {
  let cursor: string | undefined;
  do {
    const page = await reads.activities(unit, { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    const found = page.items.find((row) => row.activity === activity);
    if (found) return found;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  throw new Problem('not-found', `The unit ${unit} has no activity ${activity}.`);
}

async function refuseOutside({ reads }: ReviewRouteDeps, who: Principal, wish: Decision): Promise<void> {
  // Also for the department: nobody decides on what their own unit reported.
  if (who.unit === wish.unit)
    throw new Problem('forbidden', `You report for the unit ${wish.unit}; somebody else must decide on it.`);
  const { kind, year } = await activityOf(reads, wish);
  if (holds(who, ['organisation'])) return;
  const scope = who.reviews ?? { criteria: [], kinds: [] };
  if (scope.kinds.includes(kind)) return;
  const { plan } = await reads.plan(year);
  if (kindsOf(scope, plan).has(kind)) return;
  throw new Problem(
    'forbidden',
    `You review ${[...scope.criteria, ...scope.kinds].join(', ')}; activities of the kind ${kind} are not among that.`,
  );
}

const VISIBLE_MS = 5_000;

/** Reviewers write through the server: it checks the kind, and signs with the account that decided. */
export const reviewRoutes = (deps: ReviewRouteDeps): Route[] => [
  route<unknown, unknown, Decision>({
    method: 'post',
    path: '/reviews',
    tag: 'events',
    roles: ['reviewer', 'organisation'],
    summary: 'Verify or reject an activity',
    description:
      'Reviewers decide on activities of the kinds they are bound to, never on those of a unit of their own. The event has the source `/organisation`; its extension `actor` names who decided.',
    body: { as: 'json', schema: decision },
    answers: { 202: { description: 'Durable', schema: receipts } },
    async handler({ body, principal, record, signal }) {
      await refuseOutside(deps, principal, body);
      const { unit, activity, decision: what, reason: why } = body;
      const event = {
        specversion: '1.0',
        id: `review-${randomUUID()}`,
        source: ORGANISATION,
        subject: unit,
        type: `activity.${what}`,
        time: new Date().toISOString(),
        datacontenttype: 'application/json',
        data: { activity, unit, reason: why },
      };
      const [receipt] = await deps.intake.submit([event], { role: 'organisation', actor: principal.id });
      if (receipt?.status !== 'appended')
        throw new Problem('conflict', receipt?.problem ?? 'The decision could not be recorded.', {
          ...(receipt?.faults ? { errors: receipt.faults } : {}),
        });
      await record(`activity.${what}`, { unit, activity, reason: why });
      const wanted = receipt.position === undefined ? undefined : wantedOffsets(receipt.position);
      if (wanted) await deps.projection.reached(wanted, VISIBLE_MS, signal);
      return {
        status: 202,
        body: { receipts: [receipt], watermark: formatWatermark(deps.projection.watermark()) },
      };
    },
  }),
];
