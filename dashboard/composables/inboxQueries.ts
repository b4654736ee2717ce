import { useInfiniteQuery, useQuery } from '@tanstack/vue-query';
import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import { z } from 'zod';
import {
  type Decision,
  type DecisionEffectRequest,
  type DecisionReceipt,
  decidedList,
  decisionReceipts,
  type Effect,
  type EffectRequest,
  effect,
  type Inbox,
  type InboxKind,
  type InboxSummary,
  type IncidentRequest,
  inbox,
  inboxSummary,
  incidentList,
  incidentReceipt,
} from '#schemas/results/inbox.ts';
import { type RegisterEffect, registerEffect } from '#schemas/results/register.ts';
import { quarantineList } from '#schemas/results/results.ts';
import { ask } from './client.ts';
import { queryClient } from './queryClient.ts';

/** What the inbox asks and does. Its list is kept by the page itself: what was decided is gone at once. */

export type InboxScope = {
  year: number;
  unit?: string | undefined;
  group?: string | undefined;
  requirement?: string | undefined;
};

export const readInbox = (
  kind: InboxKind,
  scope: InboxScope,
  more: { cursor?: string | null; until?: string; limit?: number; signal?: AbortSignal } = {},
): Promise<Inbox> => {
  const { signal, ...params } = more;
  return ask(inbox, '/inbox', { params: { kind, ...scope, ...params }, ...(signal ? { signal } : {}) });
};

export const readSummary = (kind: InboxKind, scope: InboxScope): Promise<InboxSummary> =>
  ask(inboxSummary, '/inbox/summary', { params: { kind, ...scope } });

export const sendDecisions = async (decisions: readonly Decision[]): Promise<DecisionReceipt[]> =>
  (await ask(decisionReceipts, '/reviews/batch', { method: 'POST', body: { decisions } })).receipts;

/** While the page is being left: the browser sends it on by itself, and nobody hears the answer. */
export function sendOnLeaving(decisions: readonly Decision[]): void {
  void fetch('/api/reviews/batch', {
    method: 'POST',
    keepalive: true,
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json', 'x-requested-with': 'wuxing' },
    body: JSON.stringify({ decisions }),
  }).catch(() => undefined);
}

export const askEffect = (request: EffectRequest, signal?: AbortSignal): Promise<Effect> =>
  ask(effect, '/effects', { method: 'POST', body: request, ...(signal ? { signal } : {}) });

export const askDecisionEffect = (
  request: DecisionEffectRequest,
  signal: AbortSignal,
): Promise<RegisterEffect> =>
  ask(registerEffect, '/effects/decisions', { method: 'POST', body: request, signal });

/** What was decided, the latest first. */
export const useDecided = (scope: MaybeRefOrGetter<InboxScope>) =>
  useInfiniteQuery({
    queryKey: ['inbox', 'decided', computed(() => toValue(scope))],
    queryFn: ({ pageParam, signal }) =>
      ask(decidedList, '/inbox/decided', {
        params: { ...toValue(scope), limit: DECIDED_PAGE, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
const DECIDED_PAGE = 30;

export const renewInbox = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['inbox'] });

const renewed = async <T>(action: Promise<T>): Promise<T> => {
  const result = await action;
  await renewInbox();
  return result;
};

export const useIncidents = (year: MaybeRefOrGetter<number>) =>
  useQuery({
    queryKey: ['inbox', 'incidents', computed(() => toValue(year))],
    queryFn: ({ signal }) => ask(incidentList, '/incidents', { params: { year: toValue(year) }, signal }),
  });

export const recordIncident = (body: IncidentRequest) =>
  renewed(ask(incidentReceipt, '/incidents', { method: 'POST', body }));
export const confirmVeto = (body: { unit: string; activity: string }) =>
  renewed(ask(incidentReceipt, '/incidents/confirmation', { method: 'POST', body }));
export const withdrawIncident = (body: { unit: string; activity: string; reason: string }) =>
  renewed(ask(incidentReceipt, '/incidents/withdrawal', { method: 'POST', body }));

export const useQuarantine = (all: MaybeRefOrGetter<boolean>) =>
  useQuery({
    queryKey: ['inbox', 'quarantine', computed(() => toValue(all))],
    queryFn: ({ signal }) =>
      ask(quarantineList, '/quarantine', {
        params: { limit: 200, ...(toValue(all) ? {} : { handled: false }) },
        signal,
      }),
  });
export const replayRecord = (position: string) =>
  renewed(ask(z.unknown(), `/quarantine/${position}/replay`, { method: 'POST' }));
export const dismissRecord = (position: string, reason: string) =>
  renewed(ask(z.unknown(), `/quarantine/${position}/dismissal`, { method: 'POST', body: { reason } }));
