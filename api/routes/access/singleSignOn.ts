import { z } from 'zod';
import type { Access } from '#api/access/access.ts';
import { type Account, login as loginShape } from '#api/access/accounts.ts';
import { signOnCookie, signOnIn } from '#api/access/cookies.ts';
import type { Vouched } from '#api/access/singleSignOn.ts';
import { Problem } from '#api/http/problem.ts';
import { publicRoute, type Reply, type Route } from '#api/http/route.ts';
import type { Log } from '#api/ports.ts';
import { name as nameShape } from '#schemas/ids.ts';
import { type AccessRouteDeps, describePerson, signedIn } from './shared.ts';

/** A browser goes through these by itself, so what fails leads back to the sign-in page, which says why. */
type Failure = 'failed' | 'no-role' | 'disabled';

const to = (location: string, more: Record<string, string | readonly string[]> = {}): Reply => ({
  status: 303,
  headers: { Location: location, 'Cache-Control': 'no-store', ...more },
});

/** Only paths of this server: a link must not lead elsewhere. */
const pathOnly = (next: string | undefined): string =>
  next !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) ? next : '/';

export const singleSignOnRoutes = (deps: AccessRouteDeps & { log: Pick<Log, 'warn'> }): Route[] => [
  beginRoute(deps),
  callbackRoute(deps),
];

type Deps = AccessRouteDeps & { log: Pick<Log, 'warn'> };

const required = ({ singleSignOn }: Deps) => {
  if (singleSignOn) return singleSignOn;
  throw new Problem('not-found', 'No single sign-on is configured here.');
};

const beginRoute = (deps: Deps): Route =>
  publicRoute<unknown, { next?: string }>({
    method: 'get',
    path: '/oidc/sign-in',
    tag: 'access',
    roles: 'public',
    summary: 'Sign in by single sign-on: leads the browser to the provider',
    query: z.strictObject({ next: z.string().max(2_000).optional() }),
    answers: {
      303: { description: 'To the provider, or back to the sign-in page where it does not answer' },
    },
    async handler({ query, secure }) {
      const provider = required(deps);
      try {
        const { url, secret } = await provider.begin(pathOnly(query.next));
        return to(url, { 'Set-Cookie': signOnCookie(secret, secure) });
      } catch (error) {
        deps.log.warn({ err: error }, 'the provider of single sign-on does not answer');
        return to('/sign-in?sso=failed');
      }
    },
  });

/** Makes or renews the account of whom the provider vouches for; what they may do is what the provider says now. */
async function accountOf(access: Access, who: Vouched): Promise<Account | Failure> {
  if (!who.rights) return 'no-role';
  const name = nameShape.safeParse(who.name).success ? who.name : who.login;
  const known = access.accountByIdentity(who.identity);
  if (known?.disabledAt != null) return 'disabled';
  if (known) return (await access.changeAccount(known.id, { rights: who.rights, name })) ?? 'failed';
  const newAccount = { name, rights: who.rights, password: null, identity: who.identity };
  // A sign-in name that is taken stays its owner's: the newcomer is told apart, never let into the other's account.
  const wanted = loginShape.safeParse(who.login).success
    ? who.login
    : `sso-${who.identity.subject}`.slice(0, 60);
  for (let count = 1; count <= 50; count += 1) {
    const made = await access.addAccount({
      ...newAccount,
      login: count === 1 ? wanted : `${wanted}-${count}`,
    });
    if (made) return made;
  }
  return 'failed';
}

const callbackRoute = (deps: Deps): Route =>
  publicRoute<unknown, Record<string, string>>({
    method: 'get',
    path: '/oidc/callback',
    tag: 'access',
    roles: 'public',
    guarded: true,
    summary: 'Where the provider of single sign-on sends the browser back to',
    query: z.record(z.string(), z.string().max(8_000)),
    answers: {
      303: { description: 'Signed in, with the cookie; or back to the sign-in page, which says why not' },
    },
    async handler({ query, ...coming }) {
      const provider = required(deps);
      const { access, lifetimes } = deps;
      const refuse = async (why: Failure, who: object = {}): Promise<Reply> => {
        await coming.denied('single sign-on', { why, ...who });
        return to(`/sign-in?sso=${why}`, { 'Set-Cookie': signOnCookie('', coming.secure) });
      };
      try {
        const who = await provider.finish(
          new URLSearchParams(query),
          signOnIn(coming.headers, coming.secure),
        );
        const found = await accountOf(access, who);
        if (typeof found === 'string') return await refuse(found, { login: who.login });
        const opened = await access.signInAs(found.id, lifetimes, coming.from);
        if (!opened) return await refuse('disabled', { login: who.login });
        if (found.lastSignInAt === null)
          await access.audit.record(
            opened.principal,
            'account.made',
            describePerson(found),
            coming.from.address,
          );
        const { headers } = await signedIn(deps, opened, 'single sign-on', coming);
        const cookies = [String(headers?.['Set-Cookie']), signOnCookie('', coming.secure)];
        return to(who.next, { 'Set-Cookie': cookies });
      } catch (error) {
        deps.log.warn({ err: error }, 'single sign-on failed');
        return refuse('failed');
      }
    },
  });
