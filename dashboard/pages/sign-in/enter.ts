import { z } from 'zod';
import { type LinkAnswer, linkAnswer, whoAmI } from '#schemas/results/access.ts';
import { ApiProblem, ask } from '../../composables/client.ts';
import { renewSession, signIn } from '../../composables/session.ts';

/** The token of a sign-in link, of its fragment, or the token itself. */
export const tokenOf = (text: string): string =>
  (/(?:^|#|&)token=([^&]+)/.exec(text)?.[1] ?? (text.startsWith('#') ? '' : text)).trim();

/** What is refused is told apart from what failed. */
export type Entering = 'entered' | 'refused' | { failed: unknown };

async function entering(action: () => Promise<unknown>): Promise<Entering> {
  try {
    return (await action()) ? 'entered' : 'refused';
  } catch (error) {
    return error instanceof ApiProblem && error.status === 401 ? 'refused' : { failed: error };
  }
}

/** Signs in by a token, or the token of a link. */
export const enter = (token: string): Promise<Entering> => entering(() => signIn(token));

const post = async (path: string, body: object): Promise<unknown> => {
  await ask(z.unknown(), path, { method: 'POST', body });
  return renewSession();
};

export const enterByPassword = (login: string, password: string): Promise<Entering> =>
  entering(() => post('/sessions', { login, password }));

export type NewAccount = { login: string; name: string; password: string };

/** Spends an invitation or the set-up link for an account. */
export const makeAccount = (token: string, account: NewAccount): Promise<Entering> =>
  entering(() => post('/accounts', { token, ...account }));

export const choosePassword = (token: string, password: string): Promise<Entering> =>
  entering(() => post('/passwords', { token, password }));

/** A link that the server does not take: not, or no longer, valid (401, 422), or one wrong link too many (429). */
const REFUSED = new Set([401, 422, 429]);

/**
 * What a link is for, without spending it; a bearer token is no link, and is pasted by people all the same. That no
 * answer came says nothing about the link.
 */
export async function lookAt(token: string): Promise<LinkAnswer | 'gone' | 'bearer' | 'unread'> {
  if (!token.startsWith('wxlink_')) return 'bearer';
  return ask(linkAnswer, '/links', { method: 'POST', body: { token } }).catch((error: unknown) =>
    error instanceof ApiProblem && REFUSED.has(error.status) ? ('gone' as const) : ('unread' as const),
  );
}

/** What single sign-on is called here, and who is signed in already; null where there is none. */
export const atDoor = (): Promise<{ provider: string | null; signedIn: string | null }> =>
  ask(whoAmI, '/session').then(
    ({ singleSignOn, principal }) => ({ provider: singleSignOn, signedIn: principal?.label ?? null }),
    () => ({ provider: null, signedIn: null }),
  );
