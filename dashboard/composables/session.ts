import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { useRoute } from 'vue-router';
import { z } from 'zod';
import { type WhoAmI, whoAmI } from '#schemas/results/access.ts';
import { ApiProblem, ask } from './client.ts';
import { queryClient } from './queryClient.ts';

/** Who is signed in, with the account behind it; null for those who came by a token or link. */
export type Session = NonNullable<WhoAmI['principal']> & Pick<WhoAmI, 'account'>;

const KEY = ['session'];

/** Who is signed in; null for nobody. */
async function readSession(): Promise<Session | null> {
  try {
    const { principal, account } = await ask(whoAmI, '/session');
    return principal && { ...principal, account };
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return null;
    throw error;
  }
}

const options = { queryKey: KEY, queryFn: readSession, staleTime: Number.POSITIVE_INFINITY };

export const currentSession = (): Promise<Session | null> => queryClient.ensureQueryData(options);

/** Asks again who is signed in, after the server set another cookie. */
export async function renewSession(): Promise<Session | null> {
  queryClient.clear();
  return queryClient.fetchQuery({ ...options, staleTime: 0 });
}

/** Trades the token of a sign-in link for a session cookie. Throws ApiProblem 401 when it is no longer good. */
export async function signIn(token: string): Promise<Session | null> {
  await ask(z.unknown(), '/sessions', { method: 'POST', body: { token } });
  return renewSession();
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
    /** The leading group, reviewers and the department see all units; who has a unit alone sees that. */
    seesAll: computed(() => data.value?.roles.some((role) => role !== 'unit') ?? false),
    isOrganisation: computed(() => data.value?.roles.includes('organisation') ?? false),
    isReviewer: computed(() => data.value?.roles.includes('reviewer') ?? false),
    ownUnit: computed(() => data.value?.unit ?? null),
  };
}
