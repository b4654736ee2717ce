import { z } from 'zod';
import { ORGANISATION_ONLY, type Principal } from '#api/access/principal.ts';
import type { Attachments } from '#api/attachments/attachments.ts';
import { withFiles } from '#api/attachments/named.ts';
import type { Desk, WaitingIncident } from '#api/desk/desk.ts';
import type { SecondPerson } from '#api/desk/secondPerson.ts';
import { wantedOffsets, yearParameter } from '#api/http/parameters.ts';
import { Problem } from '#api/http/problem.ts';
import { type Route, route } from '#api/http/route.ts';
import type { InboxReads, Intake, Projection, Reads } from '#api/ports.ts';
import { ORGANISATION } from '#schemas/events.ts';
import { misfits } from '#schemas/fit.ts';
import { activityId, unitId } from '#schemas/ids.ts';
import { incidentKinds, type Plan } from '#schemas/plan.ts';
import { formatWatermark } from '#schemas/position.ts';
import {
  type IncidentRequest,
  incidentList,
  incidentReceipt,
  incidentRequest,
  withdrawal,
} from '#schemas/results/inbox.ts';
import { problem, type Receipt } from '#schemas/results/results.ts';

export type IncidentRouteDeps = {
  intake: Pick<Intake, 'submit'>;
  reads: Pick<Reads, 'plan' | 'attachments'>;
  inbox: Pick<InboxReads, 'incidents'>;
  attachments: Pick<Attachments, 'list' | 'keep'>;
  projection: Pick<Projection, 'watermark' | 'reached'>;
  desk: Pick<Desk, 'waiting' | 'wait' | 'take'>;
  secondPerson: SecondPerson;
  now: () => number;
};

const VISIBLE_MS = 5_000;
const pair = z.strictObject({ unit: unitId, activity: activityId });
type Pair = z.infer<typeof pair>;

const eventOf = (
  type: 'activity.recorded' | 'activity.retracted',
  unit: string,
  id: string,
  data: object,
) => ({
  specversion: '1.0',
  id,
  source: ORGANISATION,
  subject: unit,
  type,
  time: new Date().toISOString(),
  datacontenttype: 'application/json',
  data: { unit, ...data },
});

const recordedEvent = ({ unit, year, activity, body }: IncidentRequest) =>
  eventOf('activity.recorded', unit, `incident-${activity}`, { activity, year, ...body });

function refuseOther(plan: Plan, { body, year }: IncidentRequest, today: string): void {
  const kinds = incidentKinds(plan);
  const errors = [
    ...(kinds.includes(body.kind)
      ? []
      : [
          {
            field: 'body.kind',
            message: `is no incident of the plan for ${year}: it has ${kinds.join(', ')}`,
          },
        ]),
    ...(body.occurredOn.startsWith(`${year}-`)
      ? []
      : [{ field: 'body.occurredOn', message: `must lie inside ${year}` }]),
    ...(body.occurredOn > today ? [{ field: 'body.occurredOn', message: `lies after today, ${today}` }] : []),
    ...misfits(plan, body),
  ];
  if (errors.length) throw new Problem('invalid', 'An incident like this would be refused.', { errors });
}

function refuseFailed(receipt: Receipt | undefined): asserts receipt is Receipt {
  if (receipt?.status === 'appended' || receipt?.status === 'already') return;
  throw new Problem(
    receipt?.status === 'conflict' ? 'conflict' : 'invalid',
    receipt?.problem ?? 'It was refused.',
    {
      ...(receipt?.faults ? { errors: receipt.faults } : {}),
    },
  );
}

export function incidentRoutes(deps: IncidentRouteDeps): Route[] {
  const { intake, reads, inbox, attachments, projection, desk, secondPerson, now } = deps;
  const files = { attachments, reads };
  const watermark = () => formatWatermark(projection.watermark());

  async function visible({ position }: Receipt, signal: AbortSignal): Promise<void> {
    const wanted = position === undefined ? undefined : wantedOffsets(position);
    if (wanted) await projection.reached(wanted, VISIBLE_MS, signal);
  }

  /** Files that it names must be there, whether it goes into the stream or waits. */
  const checked = async (
    asked: IncidentRequest,
    submit: (event: unknown) => Promise<Receipt>,
  ): Promise<Receipt> => {
    const [receipt] = await withFiles(
      files,
      [recordedEvent(asked)],
      () => true,
      async ([event]) => [await submit(event)],
    );
    refuseFailed(receipt);
    return receipt;
  };

  const send = async (event: unknown, who: Principal): Promise<Receipt> => {
    const [receipt] = await intake.submit([event], { role: 'organisation', actor: who.id });
    refuseFailed(receipt);
    return receipt;
  };

  const waits = async (asked: IncidentRequest, { id, label }: Principal): Promise<Receipt> => {
    const waiting: WaitingIncident = { ...asked, recordedBy: { id, label }, recordedAt: now() };
    const added = await desk.wait(waiting);
    return { id: asked.activity, status: added ? 'appended' : 'already' };
  };

  const waitingOf = ({ unit, activity }: Pair): WaitingIncident => {
    const found = desk.waiting().find((one) => one.unit === unit && one.activity === activity);
    if (found) return found;
    throw new Problem('conflict', 'No veto waits there any more: somebody else confirmed or dropped it.');
  };

  return [
    route<unknown, { year: number }>({
      method: 'get',
      path: '/incidents',
      tag: 'answers',
      roles: ORGANISATION_ONLY,
      summary: 'Incidents of a year, what the plan names as such, and vetoes that wait for a second person',
      query: z.strictObject({ year: yearParameter }),
      answers: { 200: { description: 'The latest first', schema: incidentList } },
      async handler({ query: { year }, principal }) {
        const { nameOf, ...found } = await inbox.incidents(year);
        const waiting = desk.waiting().filter((one) => one.year === year);
        const named = await nameOf(waiting.map(({ unit }) => unit));
        return {
          body: {
            year,
            ...found,
            waiting: waiting.map((one) => ({
              ...one,
              name: named(one.unit).name,
              recordedAt: new Date(one.recordedAt).toISOString(),
              own: one.recordedBy.id === principal.id,
            })),
            secondPerson: secondPerson.asked,
          },
        };
      },
    }),
    route<unknown, unknown, IncidentRequest>({
      method: 'post',
      path: '/incidents',
      tag: 'events',
      roles: ORGANISATION_ONLY,
      summary: 'Record an incident: a deduction or a veto of the plan',
      description:
        'Where `VETO_SECOND_PERSON` is set, a veto waits, in no stream and counted nowhere, until another account confirms it.',
      body: { as: 'json', schema: incidentRequest },
      answers: {
        202: { description: 'Recorded, or waiting', schema: incidentReceipt },
        422: { description: 'It would be refused', schema: problem, type: 'application/problem+json' },
      },
      async handler({ body, principal, record, signal }) {
        const { unit, activity } = body;
        const { plan } = await reads.plan(body.year);
        refuseOther(plan, body, new Date(now() + 14 * 3_600_000).toISOString().slice(0, 10));
        const isVeto = plan.vetoes.some(({ kind }) => kind === body.body.kind);
        const told = {
          unit,
          activity,
          kind: body.body.kind,
          occurredOn: body.body.occurredOn,
          title: body.body.title,
        };
        if (isVeto && secondPerson.asked) {
          const { status } = await checked(body, () => waits(body, principal));
          if (status === 'appended') await record('veto.proposed', told);
          const answer = { unit, activity, status: status === 'appended' ? 'waiting' : 'already' };
          return { status: 202, body: { ...answer, watermark: watermark() } };
        }
        const receipt = await checked(body, (event) => send(event, principal));
        if (receipt.status === 'appended') await record('incident.recorded', told);
        await visible(receipt, signal);
        const { status, position } = receipt;
        return {
          status: 202,
          body: {
            unit,
            activity,
            status: status === 'appended' ? 'recorded' : 'already',
            ...(position !== undefined && { position }),
            watermark: watermark(),
          },
        };
      },
    }),
    route<unknown, unknown, Pair>({
      method: 'post',
      path: '/incidents/confirmation',
      tag: 'events',
      roles: ORGANISATION_ONLY,
      summary: 'Confirm a veto that somebody else recorded: from then on it counts',
      body: { as: 'json', schema: pair },
      answers: { 202: { description: 'Recorded', schema: incidentReceipt } },
      async handler({ body, principal, record, signal }) {
        const found = waitingOf(body);
        if (found.recordedBy.id === principal.id)
          throw new Problem('forbidden', 'You recorded this veto yourself; somebody else must confirm it.');
        const { unit, activity } = found;
        const receipt = await secondPerson.confirming(unit, activity, () =>
          send(recordedEvent(found), principal),
        );
        await desk.take(unit, activity);
        await record('veto.confirmed', {
          unit,
          activity,
          recordedBy: found.recordedBy,
          kind: found.body.kind,
        });
        await visible(receipt, signal);
        const { position } = receipt;
        return {
          status: 202,
          body: {
            unit,
            activity,
            status: receipt.status === 'appended' ? 'recorded' : 'already',
            ...(position !== undefined && { position }),
            watermark: watermark(),
          },
        };
      },
    }),
    route<unknown, unknown, z.infer<typeof withdrawal>>({
      method: 'post',
      path: '/incidents/withdrawal',
      tag: 'events',
      roles: ORGANISATION_ONLY,
      summary: 'Withdraw an incident that was recorded wrongly, or drop a veto that waits, with a reason',
      body: { as: 'json', schema: withdrawal },
      answers: { 202: { description: 'Withdrawn', schema: incidentReceipt } },
      async handler({ body, principal, record, signal }) {
        const { unit, activity, reason } = body;
        const dropped = await desk.take(unit, activity);
        if (dropped) {
          await record('veto.dropped', { unit, activity, reason, recordedBy: dropped.recordedBy });
          return { status: 202, body: { unit, activity, status: 'dropped', watermark: watermark() } };
        }
        const event = eventOf('activity.retracted', unit, `withdrawal-${activity}`, { activity, reason });
        const receipt = await send(event, principal);
        await record('incident.withdrawn', { unit, activity, reason });
        await visible(receipt, signal);
        return { status: 202, body: { unit, activity, status: 'withdrawn', watermark: watermark() } };
      },
    }),
  ];
}
