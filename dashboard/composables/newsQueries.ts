import { useInfiniteQuery, useQuery } from '@tanstack/vue-query';
import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import {
  type Channel,
  channelDone,
  deliveryList,
  type MailRequest,
  type NewsPreferences,
  type NewsRequest,
  type NewsSettings,
  newsCount,
  newsList,
  newsPreferences,
  type WebhookRequest,
  webhookMade,
} from '#schemas/results/news.ts';
import { ask } from './client.ts';
import { queryClient } from './queryClient.ts';

/** What the pages about news ask and do. Live updates mark all of it as old, as they do with every answer. */

const PAGE = 50;
/** News also come without an event: a day begins. */
const EVERY_MS = 60_000;

export const useNews = () =>
  useInfiniteQuery({
    queryKey: ['news', 'list'],
    queryFn: ({ pageParam, signal }) =>
      ask(newsList, '/news', { params: { limit: PAGE, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: EVERY_MS,
  });

/** How much is unread, for the header; undefined until it is known. */
export function useUnread(enabled: MaybeRefOrGetter<boolean>) {
  const { data } = useQuery({
    queryKey: ['news', 'unread'],
    queryFn: ({ signal }) => ask(newsCount, '/news/unread', { signal }),
    enabled: computed(() => toValue(enabled)),
    refetchInterval: EVERY_MS,
    retry: false,
  });
  return computed(() => data.value?.unread);
}

const renewed = async <T>(action: Promise<T>): Promise<T> => {
  const result = await action;
  await queryClient.invalidateQueries({ queryKey: ['news'] });
  return result;
};

export const markRead = (body: { upTo?: number; items?: number[] }) =>
  renewed(ask(newsCount, '/news/read', { method: 'PUT', body }));

export const usePreferencesOfNews = (enabled: MaybeRefOrGetter<boolean>) =>
  useQuery({
    queryKey: ['news', 'preferences'],
    queryFn: ({ signal }) => ask(newsPreferences, '/news/preferences', { signal }),
    enabled: computed(() => toValue(enabled)),
  });

const put = (path: string, body: unknown): Promise<NewsPreferences> =>
  renewed(ask(newsPreferences, path, { method: 'PUT', body }));

export const choose = (body: NewsRequest) => put('/news/preferences', body);
export const setMail = (body: MailRequest) => put('/news/mail', body);
export const setWebhook = (body: WebhookRequest) =>
  renewed(ask(webhookMade, '/news/webhook', { method: 'PUT', body }));
export const forgetWay = (channel: Channel) =>
  renewed(ask(newsPreferences, `/news/ways/${channel}`, { method: 'DELETE' }));

/** Spends the link of a message. */
export const spendLink = (what: 'confirmations' | 'stops', token: string) =>
  ask(channelDone, `/news/${what}`, { method: 'POST', body: { token } });

export const useDeliveries = () =>
  useQuery({
    queryKey: ['news', 'deliveries'],
    queryFn: ({ signal }) => ask(deliveryList, '/news/deliveries', { signal }),
    refetchInterval: 15_000,
  });

export const saveNewsSettings = (body: NewsSettings) =>
  renewed(ask(deliveryList, '/news/settings', { method: 'PUT', body }));

export const sendAgain = (id: number) =>
  renewed(ask(deliveryList, `/news/deliveries/${id}/again`, { method: 'POST' }));
