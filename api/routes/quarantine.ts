import { z } from 'zod';
import { ORGANISATION_ONLY, OVERSEERS, type Principal } from '#api/access/principal.ts';
import type { Desk } from '#api/desk/desk.ts';
import { flag, paging, positionParameter, wantedOffsets } from '#api/http/parameters.ts';
import { Problem } from '#api/http/problem.ts';
import { type Route, route } from '#api/http/route.ts';
import type { Intake, Paged, Projection, Reads, Sender } from '#api/ports.ts';
import { ORGANISATION } from '#schemas/events.ts';
import { formatPosition, formatWatermark, parsePosition } from '#schemas/position.ts';
import { dismissal } from '#schemas/results/inbox.ts';
import { problem, type QuarantineRow, quarantineList, receipts } from '#schemas/results/results.ts';

export type QuarantineDeps = {
  intake: Pick<Intake, 'submit'>;
  reads: Pick<Reads, 'quarantine'>;
  projection: Pick<Projection, 'watermark' | 'reached'>;
  desk: Pick<Desk, 'handled' | 'handle'>;
  now: () => number;
};

type At = { position: string };
const at = z.strictObject({ position: positionParameter });

const VISIBLE_MS = 5_000;

const withHandled =
  ({ desk }: Pick<QuarantineDeps, 'desk'>) =>
  (row: QuarantineRow): QuarantineRow => {
    const handled = desk.handled(row.position);
    return {
      ...row,
      handled: handled
        ? {
            how: handled.how,
            reason: handled.reason,
            by: handled.by.label,
            at: new Date(handled.at).toISOString(),
          }
        : null,
    };
  };

/** A page of what nobody has handled: pages are read on until it is full. */
async function unhandled(deps: QuarantineDeps, query: Paged) {
  const items: QuarantineRow[] = [];
  let cursor = query.cursor;
  for (;;) {
    const page = await deps.reads.quarantine({
      limit: query.limit,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const left = page.items.map(withHandled(deps)).filter(({ handled }) => handled === null);
    const room = query.limit - items.length;
    items.push(...left.slice(0, room));
    if (left.length > room) return { ...page, items, nextCursor: items.at(-1)?.position ?? null };
    if (page.nextCursor === null) return { ...page, items, nextCursor: null };
    if (items.length === query.limit) return { ...page, items };
    cursor = page.nextCursor;
  }
}

/** One record by its position, and the problem that there is none. */
async function recordAt({ reads }: Pick<QuarantineDeps, 'reads'>, text: string): Promise<QuarantineRow> {
  const position = parsePosition(text);
  const [found] =
    position === undefined || position < 2
      ? (await reads.quarantine({ limit: 1 })).items
      : (await reads.quarantine({ limit: 1, cursor: formatPosition(position - 1) })).items;
  if (found?.position === text) return found;
  throw new Problem('not-found', `Nothing at ${text} is in quarantine.`);
}

/** As whom an event is sent again: as whoever it says that it is from. */
function senderOf(event: Record<string, unknown>, who: Principal): Sender {
  const unit = /^\/units\/([^/\s]{1,64})$/u.exec(String(event.source))?.[1];
  return unit === undefined || event.source === ORGANISATION
    ? { role: 'organisation', actor: who.id }
    : { role: 'unit', unit, actor: who.id };
}

/** The event under an identity of its own: that of the first one is taken for ever by what stands in quarantine. */
function againOf({ content, position }: QuarantineRow): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(content);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
      const { recordedtime: _time, actor: _actor, ...event } = parsed as Record<string, unknown>;
      return { ...event, id: `replay-${position}` };
    }
  } catch {
    // Said below.
  }
  throw new Problem(
    'invalid',
    'It is no event that could be sent again. Dismiss it, and have the sender correct it.',
  );
}

export const quarantineRoutes = (deps: QuarantineDeps): Route[] => [
  route<unknown, Paged & { handled?: boolean }>({
    method: 'get',
    path: '/quarantine',
    tag: 'maintenance',
    roles: OVERSEERS,
    summary: 'What could not be understood, with its reason',
    description:
      '`handled=false` leaves out what was replayed or dismissed. `total` counts all: nothing is ever deleted, and answers stay incomplete as long as the stream holds it.',
    query: z.strictObject({ ...paging, handled: flag.optional() }),
    answers: { 200: { description: 'In stream order', schema: quarantineList } },
    async handler({ query: { handled, ...query } }) {
      const page = handled === false ? await unhandled(deps, query) : await deps.reads.quarantine(query);
      const { total, items, nextCursor, watermark } = page;
      const told = items.map(withHandled(deps));
      return { body: { total, items: told, nextCursor, watermark: formatWatermark(watermark) } };
    },
  }),
  route<At>({
    method: 'post',
    path: '/quarantine/:position/replay',
    tag: 'maintenance',
    roles: ORGANISATION_ONLY,
    summary: 'Send one event of the quarantine again, behind all others',
    description:
      'For when its cause was mended: the unit is registered, the plan adopted. The event goes through the door like all events, under an identity of its own; what is refused still says why.',
    params: at,
    answers: {
      202: { description: 'It is in the stream', schema: receipts },
      422: { description: 'Still refused', schema: problem, type: 'application/problem+json' },
    },
    async handler({ params, principal, record, signal }) {
      const found = await recordAt(deps, params.position);
      if (deps.desk.handled(found.position)) throw new Problem('conflict', 'It has been handled already.');
      const event = againOf(found);
      const [receipt] = await deps.intake.submit([event], senderOf(event, principal));
      if (receipt?.status !== 'appended' && receipt?.status !== 'already')
        throw new Problem('invalid', receipt?.problem ?? 'It is refused still.', {
          ...(receipt?.faults ? { errors: receipt.faults } : {}),
        });
      const { id, label } = principal;
      await deps.desk.handle(found.position, {
        how: 'replayed',
        reason: '',
        by: { id, label },
        at: deps.now(),
      });
      await record('quarantine.sent-again', { position: found.position, as: receipt.id });
      const wanted = receipt.position === undefined ? undefined : wantedOffsets(receipt.position);
      if (wanted) await deps.projection.reached(wanted, VISIBLE_MS, signal);
      const watermark = formatWatermark(deps.projection.watermark());
      return { status: 202, body: { receipts: [receipt], watermark } };
    },
  }),
  route<At, unknown, z.infer<typeof dismissal>>({
    method: 'post',
    path: '/quarantine/:position/dismissal',
    tag: 'maintenance',
    roles: ORGANISATION_ONLY,
    summary: 'Leave an event of the quarantine aside, with a reason',
    description: 'It stays in the stream and in the quarantine, marked; lists hide it by default.',
    params: at,
    body: { as: 'json', schema: dismissal },
    answers: { 200: { description: 'Marked', schema: quarantineList.pick({ items: true }) } },
    async handler({ params, body, principal, record }) {
      const found = await recordAt(deps, params.position);
      const { id, label } = principal;
      const how = { how: 'dismissed' as const, reason: body.reason, by: { id, label }, at: deps.now() };
      if (!(await deps.desk.handle(found.position, how)))
        throw new Problem('conflict', 'It has been handled already.');
      await record('quarantine.dismissed', { position: found.position, reason: body.reason });
      return { body: { items: [withHandled(deps)(found)] } };
    },
  }),
];
