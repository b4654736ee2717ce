import { z } from 'zod';
import { asUnit, mayNotBring } from '#api/access/mayBring.ts';
import { ANY, OVERSEERS, type Principal } from '#api/access/principal.ts';
import type { Attachments } from '#api/attachments/attachments.ts';
import { withFiles } from '#api/attachments/named.ts';
import { BATCH, EVENT, EVENT_TYPES_TAKEN, readCloudEvents } from '#api/http/cloudEvents.ts';
import { positionParameter, requireOffsets, whole } from '#api/http/parameters.ts';
import { Problem, type ProblemKind, problemDocument } from '#api/http/problem.ts';
import { type Reply, type Route, route } from '#api/http/route.ts';
import type { Intake, Projection, Reads, Sender } from '#api/ports.ts';
import { envelope } from '#schemas/events.ts';
import { mayReadEvent } from '#schemas/notes.ts';
import { formatWatermark } from '#schemas/position.ts';
import { eventList, problem, type Receipt, receipts } from '#schemas/results/results.ts';

/** More events than this in one request are refused: receipts would come too late to be of use. */
const MAX_BATCH = 10_000;
/** Refusals of one kind after which the rest of a batch is not checked. */
const JUDGED = { patience: 100 };

export function eventRoutes({
  intake,
  reads,
  attachments,
  projection,
}: {
  intake: Pick<Intake, 'submit'>;
  reads: Pick<Reads, 'events' | 'attachments'>;
  attachments: Pick<Attachments, 'list' | 'keep'>;
  projection: Pick<Projection, 'watermark' | 'reached'>;
}): Route[] {
  return [
    route<unknown, unknown, Buffer>({
      method: 'post',
      path: '/events',
      tag: 'events',
      roles: ['unit', 'organisation'],
      summary: 'Send events',
      description:
        'CloudEvents 1.0 in structured, batched or binary mode. The answer comes once the events are durable, with a receipt for each; once a hundred events of a batch are refused for one reason, the rest is not checked, and its receipts say so. `recordedtime` and `position` are the server’s to give.',
      body: {
        as: 'bytes',
        types: EVENT_TYPES_TAKEN,
        schemas: { [EVENT]: envelope, [BATCH]: z.array(envelope) },
        description: 'An event, a batch, or the JSON data alone with its attributes in ce- headers',
      },
      answers: {
        202: { description: 'Each event has its receipt', schema: receipts },
        409: {
          description: 'A single event contradicts the stream',
          schema: problem,
          type: 'application/problem+json',
        },
        422: {
          description: 'A single event breaks rules',
          schema: problem,
          type: 'application/problem+json',
        },
      },
      async handler({ headers, body, principal, session, record }) {
        const { single, events } = readCloudEvents(headers, body);
        if (events.length > MAX_BATCH)
          throw new Problem(
            'too-large',
            `A batch holds at most ${MAX_BATCH} events; this one has ${events.length}.`,
          );
        refuseForeign(principal, events);
        const isPerson = session !== undefined;
        const isChecked = (event: unknown): boolean => isPerson || asUnit(principal, event);
        const given = await withFiles({ attachments, reads }, events, isChecked, (whole) =>
          submitAs(intake, principal, whole),
        );
        // What people do is written down; what programs send by tokens stands in the stream itself, source and all.
        if (isPerson) await record('events.sent', countsOf(given));
        const answer = { receipts: given, watermark: formatWatermark(projection.watermark()) };
        return (single && given[0] && refusal(given[0], answer)) || { status: 202, body: answer };
      },
    }),
    route<unknown, { after?: string; limit: number }>({
      method: 'get',
      path: '/events',
      tag: 'events',
      roles: OVERSEERS,
      summary: 'The stream itself, in order, as stored',
      description:
        '`after` is a position, a watermark or the `nextCursor` of an earlier page. Remarks that are not for the caller are left out.',
      query: z.strictObject({
        after: positionParameter.optional(),
        limit: whole(1, 10_000).default(1_000),
      }),
      audited: 'events.exported',
      answers: { 200: { description: 'Envelopes with `recordedtime` and `position`', schema: eventList } },
      async handler({ query, principal }) {
        if (query.after !== undefined) requireOffsets(query.after, 'after');
        const { items, nextCursor, watermark } = await reads.events(query);
        const events = items.filter((event) => mayReadEvent(principal, event));
        return { body: { events, nextCursor, watermark: formatWatermark(watermark) } };
      },
    }),
    watermarkRoute(projection),
  ];
}

const watermarkRoute = (projection: Pick<Projection, 'watermark' | 'reached'>): Route =>
  route<unknown, { atLeast?: string; timeoutMs: number }>({
    method: 'get',
    path: '/watermark',
    tag: 'events',
    roles: ANY,
    summary: 'Wait until reads reflect a position',
    query: z.strictObject({
      atLeast: positionParameter.optional(),
      timeoutMs: whole(0, 60_000).default(10_000),
    }),
    answers: {
      200: { description: 'Reads reflect it', schema: z.strictObject({ watermark: z.string() }) },
      503: { description: 'Not yet; try again', schema: problem, type: 'application/problem+json' },
    },
    async handler({ query, signal }) {
      const reached =
        query.atLeast === undefined ||
        (await projection.reached(requireOffsets(query.atLeast, 'atLeast'), query.timeoutMs, signal));
      const watermark = formatWatermark(projection.watermark());
      if (reached) return { body: { watermark } };
      throw new Problem('unavailable', `Reads do not reflect ${query.atLeast} yet.`, {
        headers: { 'Retry-After': '1' },
        members: { watermark },
      });
    },
  });

/**
 * Each event goes as what its sender may be: somebody of the department may speak for a unit besides. The event
 * names the account that is signed in, or the token by which a program sent it: neither decides on what it reported.
 */
async function submitAs(
  intake: Pick<Intake, 'submit'>,
  who: Principal,
  events: readonly unknown[],
): Promise<Receipt[]> {
  const asOwn: Sender = { role: 'unit', unit: who.unit ?? '', actor: who.id };
  const asHouse: Sender = { role: 'organisation', actor: who.id };
  const own = events.filter((event) => asUnit(who, event));
  if (own.length === events.length && own.length > 0) return intake.submit(events, asOwn, JUDGED);
  if (own.length === 0) return intake.submit(events, asHouse, JUDGED);
  const others = events.filter((event) => !asUnit(who, event));
  const ofOwn = await intake.submit(own, asOwn, JUDGED);
  const ofOthers = await intake.submit(others, asHouse, JUDGED);
  return events.flatMap((event) => (asUnit(who, event) ? ofOwn : ofOthers).splice(0, 1));
}

/** How many events of a request were appended, there already, in conflict or rejected; and the first few ids. */
const countsOf = (given: readonly Receipt[]): Record<string, unknown> => ({
  ...Object.fromEntries(
    [...Map.groupBy(given, ({ status }) => status)].map(([status, list]) => [status, list.length]),
  ),
  ids: given.slice(0, 20).map(({ id }) => id),
});

/** One foreign event refuses the whole request before any of it is appended: the token is in the wrong hands. */
function refuseForeign(principal: Principal, events: readonly unknown[]): void {
  events.forEach((event, index) => {
    const why = mayNotBring(principal, event);
    if (why) throw new Problem('forbidden', events.length > 1 ? `Event ${index + 1}: ${why}.` : `${why}.`);
  });
}

const REFUSALS: Partial<Record<Receipt['status'], ProblemKind>> = {
  conflict: 'conflict',
  rejected: 'invalid',
};

/** A single event's refusal is the request's: problem details that carry the receipt. */
function refusal(receipt: Receipt, answer: { receipts: Receipt[]; watermark: string }): Reply | undefined {
  const kind = REFUSALS[receipt.status];
  if (!kind) return undefined;
  const document = problemDocument(kind, receipt.problem, { errors: receipt.faults, members: answer });
  return {
    status: document.status,
    bytes: { content: JSON.stringify(document), type: 'application/problem+json' },
  };
}
