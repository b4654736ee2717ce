import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/vue-query';
import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import { z } from 'zod';
import { type ActivityBody, type EventType, ORGANISATION, unitSource } from '#schemas/events.ts';
import { type Preview, preview } from '#schemas/results/preview.ts';
import { reportEffects } from '#schemas/results/reportEffects.ts';
import { reportHints } from '#schemas/results/reportHints.ts';
import {
  type ActivityFilterState,
  activityList,
  type Receipt,
  receipts,
  standing,
} from '#schemas/results/results.ts';
import { ApiProblem, ask } from './client.ts';
import { refresh } from './live.ts';
import { queryClient } from './queryClient.ts';

/** What a unit's desk asks and sends. It looks at the present, whatever day the other pages look from. */

type Source<T> = MaybeRefOrGetter<T>;

const pathOf = (unit: string, question: string): string => `/units/${encodeURIComponent(unit)}/${question}`;

/** The standing of the whole year: to date a window counts only once it is over. */
export function useYearStanding(unit: Source<string>, year: Source<number>) {
  return useQuery({
    queryKey: ['standing', 'desk', computed(() => toValue(unit)), computed(() => toValue(year))],
    queryFn: ({ signal }) =>
      ask(standing, pathOf(toValue(unit), 'standing'), {
        params: { year: toValue(year), basis: 'year' },
        signal,
      }),
    enabled: computed(() => toValue(unit) !== ''),
  });
}

export function useReportHints(unit: Source<string>, year: Source<number>) {
  return useQuery({
    queryKey: ['report-hints', computed(() => toValue(unit)), computed(() => toValue(year))],
    queryFn: ({ signal }) =>
      ask(reportHints, pathOf(toValue(unit), 'report-hints'), { params: { year: toValue(year) }, signal }),
    enabled: computed(() => toValue(unit) !== ''),
  });
}

/** What each event of a report changed; asked once somebody wants to know, since it is tallied event by event. */
export function useReportEffects(
  report: Source<{ unit: string; year: number; activity: string }>,
  enabled: Source<boolean>,
) {
  return useQuery({
    queryKey: ['activities', 'effects', computed(() => toValue(report))],
    queryFn: ({ signal }) => {
      const { unit, ...params } = toValue(report);
      return ask(reportEffects, pathOf(unit, 'report-effects'), { params, signal });
    },
    enabled: computed(() => toValue(enabled)),
  });
}

/** A report as it might be sent; `activity`: in place of that one, or, without a body, taking it back. */
export type Proposal = { year: number; activity?: string; body: ActivityBody | null };

const askPreview = (unit: string, body: Proposal, signal?: AbortSignal): Promise<Preview> =>
  ask(preview, pathOf(unit, 'preview'), { method: 'POST', body, ...(signal && { signal }) });

/** What it would bring; the last answer stays while the next is on its way. Nothing is asked where there is none. */
export function usePreview(unit: Source<string>, proposal: Source<Proposal | null>) {
  return useQuery({
    queryKey: ['preview', computed(() => toValue(unit)), computed(() => toValue(proposal))],
    queryFn: ({ signal }) => {
      const proposed = toValue(proposal);
      if (!proposed) throw new ApiProblem(0, 'about:blank', '');
      return askPreview(toValue(unit), proposed, signal);
    },
    enabled: computed(() => toValue(proposal) !== null),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** The same, at once and for certain: what is about to be sent is looked at as it is, not as it was a moment ago. */
export const previewNow = (unit: string, proposed: Proposal): Promise<Preview> =>
  queryClient.fetchQuery({
    queryKey: ['preview', unit, proposed],
    queryFn: ({ signal }) => askPreview(unit, proposed, signal),
    retry: false,
  });

/** A unit's reports, what happened last first. */
export type HistoryFilter = {
  unit: string;
  year: number;
  requirement?: string | null;
  kind?: string | null;
  state?: ActivityFilterState | null;
};
const HISTORY_PAGE = 30;

export function useHistory(filter: Source<HistoryFilter>) {
  return useInfiniteQuery({
    queryKey: ['activities', 'history', computed(() => toValue(filter))],
    queryFn: ({ pageParam, signal }) => {
      const { unit, ...params } = toValue(filter);
      return ask(activityList, pathOf(unit, 'activities'), {
        params: { ...params, order: 'latest', limit: HISTORY_PAGE, cursor: pageParam },
        signal,
      });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    enabled: computed(() => toValue(filter).unit !== ''),
  });
}

/** All reports of a year of one kind: among them the one that is to be amended. */
export function useReportsOfKind(unit: Source<string>, year: Source<number>, kind: Source<string | null>) {
  return useQuery({
    queryKey: ['activities', 'kind', ...[unit, year, kind].map((one) => computed(() => toValue(one)))],
    queryFn: ({ signal }) =>
      ask(activityList, pathOf(toValue(unit), 'activities'), {
        params: { year: toValue(year), kind: toValue(kind), order: 'latest' },
        signal,
      }),
    enabled: computed(() => toValue(kind) !== null && toValue(unit) !== ''),
  });
}

/** What is sent: `id` is made once, so that sending again after a lost answer adds nothing. */
export type Sending = {
  id: string;
  unit: string;
  asUnit: boolean;
  type: EventType;
  data: Record<string, unknown>;
};

/** Sends one event. Throws ApiProblem; where the door refuses it, with the faults at their fields. */
export async function sendEvent({ id, unit, asUnit, type, data }: Sending): Promise<Receipt> {
  const event = {
    specversion: '1.0',
    id,
    source: asUnit ? unitSource(unit) : ORGANISATION,
    subject: unit,
    type,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: { ...data, unit },
  };
  const answer = await ask(receipts, '/events', {
    method: 'POST',
    body: event,
    type: 'application/cloudevents+json',
  });
  const receipt = answer.receipts[0];
  if (!receipt) throw new ApiProblem(0, 'about:blank', '');
  return receipt;
}

const WAIT_MS = 15_000;

/** Waits until what was sent shows in every answer, and has pages read again; false where that takes too long. */
export async function whenVisible({ position }: Receipt): Promise<boolean> {
  try {
    if (position !== undefined)
      await ask(z.unknown(), '/watermark', { params: { atLeast: position, timeoutMs: WAIT_MS } });
    return true;
  } catch {
    return false;
  } finally {
    refresh();
  }
}

export const standingNow = (unit: string, year: number, basis: 'year' | 'to-date') =>
  ask(standing, pathOf(unit, 'standing'), { params: { year, basis } });
