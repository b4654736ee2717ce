import { z } from 'zod';
import type { Access } from '#api/access/access.ts';
import { holds, ORGANISATION_ONLY, type Principal, type Role } from '#api/access/principal.ts';
import { inboxCursor } from '#api/answers/pages/inboxPlace.ts';
import type { Desk } from '#api/desk/desk.ts';
import { positionParameter, requireOffsets, whole, yearParameter } from '#api/http/parameters.ts';
import { type Route, route } from '#api/http/route.ts';
import type { InboxQuestion, InboxReads, Reads } from '#api/ports.ts';
import { itemId, openId, unitId } from '#schemas/ids.ts';
import {
  type DecisionEffectRequest,
  decidedList,
  decisionEffectRequest,
  type EffectRequest,
  effect,
  effectRequest,
  inbox,
  inboxKind,
  inboxSummary,
} from '#schemas/results/inbox.ts';
import { type InboxCounts, inboxOpen } from '#schemas/results/inboxOpen.ts';
import { registerEffect } from '#schemas/results/register.ts';
import { problem } from '#schemas/results/results.ts';

const DECIDERS: readonly Role[] = ['reviewer', 'organisation'];

const scope = {
  kind: inboxKind.default('verification'),
  year: yearParameter,
  unit: unitId.optional(),
  group: openId.optional(),
  requirement: itemId.optional(),
  of: openId.optional(),
  until: positionParameter.optional(),
};

type Query = Omit<InboxQuestion, 'until'> & { until?: string };

const asked = <Q extends { until?: string }>({ until, ...query }: Q) => ({
  ...query,
  ...(until === undefined ? {} : { until: requireOffsets(until, 'until') }),
});

export type InboxRouteDeps = {
  inbox: InboxReads;
  reads: Pick<Reads, 'quarantined'>;
  desk: Pick<Desk, 'handledCount' | 'waiting'>;
  access: Pick<Access, 'account'>;
};

/** What the store counts, with what only the department sees beside it. */
async function counted(
  { reads, desk }: InboxRouteDeps,
  counts: Omit<InboxCounts, 'quarantine' | 'vetoes'>,
  year: number,
  who: Principal,
): Promise<InboxCounts> {
  if (!holds(who, ORGANISATION_ONLY)) return { ...counts, quarantine: null, vetoes: null };
  const total = await reads.quarantined();
  return {
    ...counts,
    quarantine: Math.max(0, total - desk.handledCount()),
    vetoes: desk.waiting().filter((one) => one.year === year).length,
  };
}

export const inboxRoutes = (deps: InboxRouteDeps): Route[] => {
  const nameOf = (id: string | null): string | null =>
    id === null ? null : (deps.access.account(id)?.name ?? null);
  return [
    route<unknown, Query>({
      method: 'get',
      path: '/inbox',
      tag: 'answers',
      roles: DECIDERS,
      summary: 'What waits for a decision, as far as the asker may decide',
      description:
        '`kind`: reports to verify, undecided appeals, reports that came in long after their day, and such as look like another one. The longest waiting first; duplicates beside each other. `counts` are under the same filters. `of` asks for one kind of activity, `until` leaves alone what came later than a watermark.',
      query: z.strictObject({ ...scope, limit: whole(1, 500).default(100), cursor: inboxCursor.optional() }),
      answers: { 200: { description: 'A page, and how much there is of everything', schema: inbox } },
      async handler({ query, principal }) {
        const { counts, ...answer } = await deps.inbox.inbox(asked(query), principal);
        return { body: { ...answer, counts: await counted(deps, counts, query.year, principal) } };
      },
    }),
    route<unknown, Omit<Query, 'kind' | 'limit' | 'cursor'>>({
      method: 'get',
      path: '/inbox/counts',
      tag: 'answers',
      roles: DECIDERS,
      summary: 'How much waits, without the list',
      query: z.strictObject(scope).omit({ kind: true }),
      answers: { 200: { description: 'null: not for the asker to decide', schema: inboxOpen } },
      async handler({ query, principal }) {
        const { counts, watermark } = await deps.inbox.counts(asked(query), principal);
        return { body: { counts: await counted(deps, counts, query.year, principal), watermark } };
      },
    }),
    route<unknown, Omit<Query, 'limit' | 'cursor'>>({
      method: 'get',
      path: '/inbox/summary',
      tag: 'answers',
      roles: DECIDERS,
      summary: 'What a decision on all that the filters find would be about: how many of which unit and kind',
      query: z.strictObject(scope),
      answers: { 200: { description: 'The most first', schema: inboxSummary } },
      handler: async ({ query, principal }) => ({ body: await deps.inbox.summary(asked(query), principal) }),
    }),
    route<unknown, Omit<Query, 'kind' | 'until'>>({
      method: 'get',
      path: '/inbox/decided',
      tag: 'answers',
      roles: DECIDERS,
      summary: 'What was decided on what the asker may decide on, the latest first',
      description:
        'Reports verified or rejected, and appeals decided: by whom, when and why. What a decision changed, `GET /units/:unit/report-effects` tells at the same `position`.',
      query: z
        .strictObject({ ...scope, limit: whole(1, 200).default(50), cursor: inboxCursor.optional() })
        .omit({ kind: true, until: true }),
      answers: { 200: { description: 'A page', schema: decidedList } },
      async handler({ query, principal }) {
        const { items, ...answer } = await deps.inbox.decided(query, principal);
        const named = items.map((item) => ({
          ...item,
          decided: { ...item.decided, by: nameOf(item.decided.by) },
        }));
        return { body: { ...answer, items: named } };
      },
    }),
    route<unknown, unknown, EffectRequest>({
      method: 'post',
      path: '/effects',
      tag: 'answers',
      roles: ORGANISATION_ONLY,
      summary: 'What granting an appeal, or recording or withdrawing an incident, would do to all ranks',
      description:
        'Everybody is ranked again by the code that ranks them, to date and for the whole year. Nothing is written.',
      body: { as: 'json', schema: effectRequest },
      answers: {
        200: { description: 'The unit before and after, and whoever moves', schema: effect },
        422: { description: 'No incident of the plan', schema: problem, type: 'application/problem+json' },
      },
      handler: async ({ body }) => ({ body: await deps.inbox.effect(body) }),
    }),
    route<unknown, unknown, DecisionEffectRequest>({
      method: 'post',
      path: '/effects/decisions',
      tag: 'answers',
      roles: DECIDERS,
      summary: 'What one decision on all that the filters of the inbox find would do to all ranks',
      description:
        'Of up to 200 units and 20,000 reports, without those that the asker reported. Everybody is ranked again by the code that ranks them, to date and for the whole year. Nothing is written.',
      body: { as: 'json', schema: decisionEffectRequest },
      answers: {
        200: {
          description: 'The units of the reports before and after, and whoever else moves',
          schema: registerEffect,
        },
        422: { description: 'Too many at once', schema: problem, type: 'application/problem+json' },
      },
      handler: async ({ body, principal }) => ({
        body: await deps.inbox.decisionEffect(asked(body), principal),
      }),
    }),
  ];
};
