import { z } from 'zod';
import type { Access } from '#api/access/access.ts';
import { ORGANISATION_ONLY, OVERSEERS, type Principal } from '#api/access/principal.ts';
import { unitPath, wantedOffsets, whole, yearParameter, yearPath } from '#api/http/parameters.ts';
import { Problem } from '#api/http/problem.ts';
import { type Route, route } from '#api/http/route.ts';
import type { Intake, Paged, Projection, RegisterReads } from '#api/ports.ts';
import { ORGANISATION } from '#schemas/events.ts';
import { unitId } from '#schemas/ids.ts';
import { formatWatermark } from '#schemas/position.ts';
import {
  onboarding,
  registerEffect,
  type TargetChange,
  type TargetOrder,
  targetList,
  targetOrder,
  targetTable,
  type UnitOrder,
  type UnitStep,
  unitHistory,
  unitOrder,
  unitSteps,
} from '#schemas/results/register.ts';
import { problem, type Receipt, receipts } from '#schemas/results/results.ts';

export type RegisterRouteDeps = {
  intake: Pick<Intake, 'submit'>;
  register: RegisterReads;
  access: Pick<Access, 'account' | 'accounts' | 'list'>;
  projection: Pick<Projection, 'watermark' | 'reached'>;
  now: () => number;
};

/** How long a write waits until reads show it; the write stands in any case. */
const VISIBLE_MS = 5_000;

const TYPES = { register: 'unit.registered', change: 'unit.changed', close: 'unit.closed' } as const;

const refused = { description: 'It would be refused', schema: problem, type: 'application/problem+json' };

export function registerRoutes(deps: RegisterRouteDeps): Route[] {
  const { intake, register, access, projection, now } = deps;

  const eventOf = (type: string, id: string, data: { unit: string }) => ({
    specversion: '1.0',
    id,
    source: ORGANISATION,
    subject: data.unit,
    type,
    time: new Date(now()).toISOString(),
    datacontenttype: 'application/json',
    data,
  });

  const send = (events: readonly object[], { id }: Principal): Promise<Receipt[]> =>
    intake.submit(events, { role: 'organisation', actor: id });

  async function visible(given: readonly Receipt[], signal: AbortSignal): Promise<void> {
    for (const { position } of given) {
      const wanted = position === undefined ? undefined : wantedOffsets(position);
      if (wanted) await projection.reached(wanted, VISIBLE_MS, signal);
    }
  }

  /** Names of accounts in place of their ids; a token goes by what it is for. */
  const nameOf = (id: string | null): string | null =>
    id === null
      ? null
      : (access.account(id)?.name ?? access.list().find((one) => one.id === id)?.label ?? null);

  /** Units that somebody can report for, or has been asked to. */
  function invited(): Set<string> {
    const people = access.accounts().flatMap(({ rights }) => rights.unit ?? []);
    const open = access
      .list()
      .filter(({ revokedAt, expiresAt }) => revokedAt === null && (expiresAt ?? now() + 1) > now());
    return new Set([...people, ...open.flatMap(({ rights }) => rights.unit ?? [])]);
  }

  return [
    route<{ unit: string }>({
      method: 'get',
      path: '/units/:unit/history',
      tag: 'answers',
      roles: OVERSEERS,
      ownUnit: true,
      summary: 'What happened to a unit itself: registered, changed, closed, when and by whom',
      params: unitPath,
      answers: { 200: { description: 'In stream order', schema: unitHistory } },
      async handler({ params }) {
        const { events, ...found } = await register.unitHistory(params.unit);
        return { body: { ...found, events: events.map((one) => ({ ...one, actor: nameOf(one.actor) })) } };
      },
    }),
    route<{ year: number }, unknown, UnitStep[]>({
      method: 'post',
      path: '/register/:year/effects',
      tag: 'answers',
      roles: ORGANISATION_ONLY,
      summary: 'What registering, changing or closing units would do to the ranking of a year',
      description: 'Everybody is ranked again by the code that ranks them. Nothing is written.',
      params: yearPath,
      body: { as: 'json', schema: unitSteps },
      answers: { 200: { description: 'To date and for the whole year', schema: registerEffect } },
      handler: async ({ params, body }) => ({ body: await register.unitEffect(params.year, body) }),
    }),
    route<unknown, unknown, UnitOrder>({
      method: 'post',
      path: '/register',
      tag: 'events',
      roles: ORGANISATION_ONLY,
      summary: 'Register, change and close units',
      description:
        'Steps are taken in their order; one that is refused ends it, and what was taken before stands, as the receipts say. The same order again changes nothing. A closing cannot be taken back; its day can be corrected by closing again.',
      body: { as: 'json', schema: unitOrder },
      answers: { 202: { description: 'A receipt for each step taken', schema: receipts }, 422: refused },
      async handler({ body: { order, steps }, principal, record, signal }) {
        const taken: Receipt[] = [];
        for (const [index, { do: what, ...data }] of steps.entries()) {
          const [receipt] = await send([eventOf(TYPES[what], `register-${order}-${index}`, data)], principal);
          if (!receipt) throw new Problem('internal', 'A step has no receipt.');
          if (receipt.status !== 'appended' && receipt.status !== 'already') {
            const detail = receipt.problem ?? 'It was refused.';
            if (taken.length === 0)
              throw new Problem(receipt.status === 'conflict' ? 'conflict' : 'invalid', detail, {
                ...(receipt.faults ? { errors: receipt.faults } : {}),
              });
            taken.push(receipt);
            break;
          }
          taken.push(receipt);
          if (receipt.status === 'appended') await record(TYPES[what], { ...data });
        }
        await visible(taken, signal);
        return { status: 202, body: { receipts: taken, watermark: formatWatermark(projection.watermark()) } };
      },
    }),
    route<unknown, { year: number } & Paged>({
      method: 'get',
      path: '/targets',
      tag: 'answers',
      roles: OVERSEERS,
      summary: 'The targets of a year unit by unit: every indicator, and the latest value reported',
      query: z.strictObject({
        year: yearParameter,
        limit: whole(1, 2_000).default(500),
        cursor: unitId.optional(),
      }),
      answers: { 200: { description: 'As they stand, by the id of the unit', schema: targetTable } },
      handler: async ({ query: { year, ...page } }) => ({ body: await register.targets(year, page) }),
    }),
    route<{ year: number }, unknown, TargetChange[]>({
      method: 'post',
      path: '/targets/:year/effects',
      tag: 'answers',
      roles: ORGANISATION_ONLY,
      summary: 'What assigning targets would do to the ranking of their year',
      params: yearPath,
      body: { as: 'json', schema: targetList },
      answers: { 200: { description: 'To date and for the whole year', schema: registerEffect } },
      handler: async ({ params, body }) => ({ body: await register.targetEffect(params.year, body) }),
    }),
    route<unknown, unknown, TargetOrder>({
      method: 'post',
      path: '/targets',
      tag: 'events',
      roles: ORGANISATION_ONLY,
      summary: 'Assign targets, each in place of the one before',
      description:
        'A receipt for each; what is refused leaves the rest alone. The same order again changes nothing. A target is replaced and never removed.',
      body: { as: 'json', schema: targetOrder },
      answers: { 202: { description: 'A receipt for each target', schema: receipts } },
      async handler({ body: { order, year, targets }, principal, record, signal }) {
        const events = targets.map((target, index) =>
          eventOf('target.assigned', `target-${order}-${index}`, { ...target, year } as { unit: string }),
        );
        const given = await send(events, principal);
        const taken = targets.filter((_, index) => given[index]?.status === 'appended');
        if (taken.length > 0)
          await record('targets.assigned', { year, count: taken.length, targets: taken.slice(0, 20) });
        await visible(given.slice(-1), signal);
        const watermark = formatWatermark(projection.watermark());
        return { status: 202, body: { receipts: given, watermark } };
      },
    }),
    route<unknown, { year: number }>({
      method: 'get',
      path: '/onboarding',
      tag: 'answers',
      roles: ORGANISATION_ONLY,
      summary:
        'How far a zone has come with its first steps: units, plan, invitations, targets, first report',
      description: 'Derived from what there is each time it is asked.',
      query: z.strictObject({ year: yearParameter }),
      answers: { 200: { description: 'The steps', schema: onboarding } },
      handler: async ({ query }) => ({ body: await register.onboarding(query.year, invited()) }),
    }),
  ];
}
