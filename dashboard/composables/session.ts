import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { z } from 'zod';
import { ApiProblem, ask } from './client.ts';
import { queryClient } from './queryClient.ts';

/** `GET /api/session`: the principal, and when the sign-in ends. */
const session = z.looseObject({
  principal: z.looseObject({
    role: z.enum(['unit', 'leader', 'organisation']),
    unit: z.string().optional(),
    label: z.string(),
  }),
  expiresAt: z.string().nullable(),
});
export type Session = z.infer<typeof session>['principal'];

const KEY = ['session'];

/** Who is signed in; null for nobody. */
async function readSession(): Promise<Session | null> {
  try {
    return (await ask(session, '/session')).principal;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return null;
    throw error;
  }
}

const options = { queryKey: KEY, queryFn: readSession, staleTime: Number.POSITIVE_INFINITY };

export const currentSession = (): Promise<Session | null> => queryClient.ensureQueryData(options);

/** Trades the token of a sign-in link for a session cookie. Throws ApiProblem 401 when it is no longer good. */
export async function signIn(token: string): Promise<Session | null> {
  await ask(z.unknown(), '/sessions', { method: 'POST', body: { token } });
  queryClient.clear();
  return queryClient.fetchQuery({ ...options, staleTime: 0 });
}

export async function signOut(): Promise<void> {
  await ask(z.unknown(), '/sessions', { method: 'DELETE' });
  queryClient.clear();
  queryClient.setQueryData(KEY, null);
}

/** What was signed in is no longer known to the server. */
export const forgetSession = (): void => {
  queryClient.setQueryData(KEY, null);
};

export function useSession() {
  const { data } = useQuery(options);
  return {
    session: computed(() => data.value ?? null),
    /** The leading group and the department see all units; a unit sees itself. */
    seesAll: computed(() => data.value?.role === 'leader' || data.value?.role === 'organisation'),
    isOrganisation: computed(() => data.value?.role === 'organisation'),
    ownUnit: computed(() => (data.value?.role === 'unit' ? (data.value.unit ?? null) : null)),
  };
}
