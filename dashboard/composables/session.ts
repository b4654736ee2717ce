import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { useRoute } from 'vue-router';
import { z } from 'zod';
import { ApiProblem, ask } from './client.ts';
import { queryClient } from './queryClient.ts';

/** `GET /api/session`: the principal (null for nobody), and when the sign-in ends. */
const session = z.looseObject({
  principal: z
    .looseObject({
      role: z.enum(['unit', 'leader', 'organisation']),
      unit: z.string().optional(),
      label: z.string(),
    })
    .nullable(),
  expiresAt: z.string().nullable(),
});
export type Session = NonNullable<z.infer<typeof session>['principal']>;

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
  const route = useRoute();
  // Asked once the way is clear, and not at the door: there nobody is signed in yet.
  const enabled = computed(() => route.matched.length > 0 && !route.meta.open);
  const { data } = useQuery({ ...options, enabled });
  return {
    session: computed(() => data.value ?? null),
    /** The leading group and the department see all units; a unit sees itself. */
    seesAll: computed(() => data.value?.role === 'leader' || data.value?.role === 'organisation'),
    isOrganisation: computed(() => data.value?.role === 'organisation'),
    ownUnit: computed(() => (data.value?.role === 'unit' ? (data.value.unit ?? null) : null)),
  };
}
