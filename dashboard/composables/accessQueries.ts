import { useInfiniteQuery, useQuery } from '@tanstack/vue-query';
import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import { z } from 'zod';
import type { Rights } from '#schemas/access.ts';
import {
  auditList,
  credentialAnswer,
  credentialList,
  type Issued,
  issued,
  personAnswer,
  personList,
  resetAnswer,
  sessionList,
} from '#schemas/results/access.ts';
import { unitList } from '#schemas/results/results.ts';
import { ask } from './client.ts';
import { queryClient } from './queryClient.ts';

/** What the page about access asks and does. After a change all of it is asked again: it is small, and must not lie. */

type When = { enabled?: MaybeRefOrGetter<boolean> };

export const usePeople = ({ enabled = true }: When = {}) =>
  useQuery({
    enabled: computed(() => toValue(enabled)),
    queryKey: ['access', 'people'],
    queryFn: ({ signal }) => ask(personList, '/accounts', { signal }),
  });

export const useCredentials = ({ enabled = true }: When = {}) =>
  useQuery({
    enabled: computed(() => toValue(enabled)),
    queryKey: ['access', 'tokens'],
    queryFn: ({ signal }) => ask(credentialList, '/tokens', { signal }),
  });

export const useSessions = () =>
  useQuery({
    queryKey: ['access', 'sessions'],
    queryFn: ({ signal }) => ask(sessionList, '/sessions', { signal }),
  });

const MOST_UNITS = 10_000;

/** The whole register: for whoever works on it, or picks from it. */
export const useUnits = ({ enabled = true }: When = {}) =>
  useQuery({
    enabled: computed(() => toValue(enabled)),
    queryKey: ['units', 'all'],
    queryFn: ({ signal }) => ask(unitList, '/units', { params: { limit: MOST_UNITS }, signal }),
  });

const changed = async <T>(action: Promise<T>): Promise<T> => {
  const result = await action;
  await queryClient.invalidateQueries({ queryKey: ['access'] });
  return result;
};

export type PersonChange = { name: string; rights: Rights; disabled: boolean };

export const changePerson = (id: string, body: PersonChange) =>
  changed(ask(personAnswer, `/accounts/${encodeURIComponent(id)}`, { method: 'PUT', body }));

export const resetLink = async (id: string): Promise<string> =>
  (await changed(ask(resetAnswer, `/accounts/${encodeURIComponent(id)}/reset`, { method: 'POST' }))).link;

/** One alone, without asking the lists again: a sheet for many units asks them once at its end. */
export const invite = (label: string, rights: Rights): Promise<Issued> =>
  ask(issued, '/invitations', { method: 'POST', body: { label, rights } });

export const renewAccess = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['access'] });

export type TokenRequest = { label: string; role: string; unit?: string; expiresAt?: string };

export const issueToken = (body: TokenRequest): Promise<Issued> =>
  changed(ask(issued, '/tokens', { method: 'POST', body }));

export const revoke = (id: string) =>
  changed(ask(credentialAnswer, `/tokens/${encodeURIComponent(id)}`, { method: 'DELETE' }));

export const endSession = (id: string) =>
  changed(ask(z.unknown(), `/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' }));

export const changePassword = (current: string, password: string) =>
  ask(z.unknown(), '/account/password', { method: 'PUT', body: { current, password } });

export type AuditFilter = { q?: string; action?: string; since?: string; until?: string };

const AUDIT_PAGE = 100;

export function useAudit(filter: MaybeRefOrGetter<AuditFilter>) {
  return useInfiniteQuery({
    queryKey: ['access', 'audit', computed(() => toValue(filter))],
    queryFn: ({ pageParam, signal }) =>
      ask(auditList, '/audit', {
        params: { ...toValue(filter), limit: AUDIT_PAGE, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    staleTime: 0,
  });
}
