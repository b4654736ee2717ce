import { z } from 'zod';
import type { Access, Opened } from '#api/access/access.ts';
import { login } from '#api/access/accounts.ts';
import { sessionCookie, sessionsIn } from '#api/access/cookies.ts';
import { passwordMatches } from '#api/access/passwords.ts';
import { ORGANISATION_ONLY } from '#api/access/principal.ts';
import type { From } from '#api/access/sessions.ts';
import { addressKey } from '#api/http/guesses.ts';
import { Problem } from '#api/http/problem.ts';
import { publicRoute, type Route, route } from '#api/http/route.ts';
import { sessionAnswer, sessionList, whoAmI } from '#schemas/results/access.ts';
import { type AccessRouteDeps, iso, signedIn } from './shared.ts';

const secret = z.string().min(1).max(512);
const credentials = z.union([
  z.strictObject({ token: secret }),
  z.strictObject({ login: z.string().min(1).max(200), password: z.string().min(1).max(1_000) }),
]);

const notLetIn = {
  token: 'This link or token is not valid, no longer valid, or was used already.',
  password: 'Sign-in name and password do not belong together, or the account is disabled.',
};

const tooMany = (wait: number): Problem =>
  new Problem('too-many-requests', 'Too many wrong passwords for this account. Wait, or ask for a new one.', {
    headers: { 'Retry-After': String(wait) },
  });

type ByPassword = { login: string; password: string };

/** Of one account so many wrong passwords and no more; other accounts, and those who bring a token, are not held up. */
async function byPassword(
  { access, lifetimes, passwordGuesses }: AccessRouteDeps,
  given: ByPassword,
  from: From,
): Promise<Opened | undefined> {
  const known = login.safeParse(given.login).success ? access.accountByLogin(given.login) : undefined;
  const whose = known?.id ?? given.login.slice(0, 64).toLowerCase();
  const both = `${whose} ${addressKey(from.address)}`;
  const wait = passwordGuesses.byBoth.wait(both) ?? passwordGuesses.byAccount.wait(whose);
  if (wait !== undefined) throw tooMany(wait);
  const right = await passwordMatches(given.password, known?.password ?? null);
  const opened = right && known ? await access.signInAs(known.id, lifetimes, from) : undefined;
  if (opened) passwordGuesses.byBoth.forget(both);
  else {
    passwordGuesses.byAccount.fail(whose);
    passwordGuesses.byBoth.fail(both);
  }
  return opened;
}

export const sessionRoutes = (deps: AccessRouteDeps): Route[] => [
  signInRoute(deps),
  publicRoute({
    method: 'delete',
    path: '/sessions',
    tag: 'access',
    roles: 'public',
    closes: true,
    summary: 'Sign out',
    answers: { 204: { description: 'The session is over' } },
    async handler({ headers, principal: who, secure, record }) {
      const secrets = sessionsIn(headers, secure);
      for (const one of secrets) await deps.access.signOut(one);
      if (secrets.length > 0 && who) await record('session.closed');
      return { status: 204, headers: { 'Set-Cookie': sessionCookie('', 0, secure) } };
    },
  }),
  whoAmIRoute(deps),
  ...sessionListRoutes(deps),
];

const signInRoute = (deps: AccessRouteDeps): Route =>
  publicRoute<unknown, unknown, z.infer<typeof credentials>>({
    method: 'post',
    path: '/sessions',
    tag: 'access',
    roles: 'public',
    guarded: true,
    summary:
      'Sign in: exchange name and password, a one-time link’s token, or a bearer token, for a session cookie',
    body: { as: 'json', schema: credentials },
    answers: { 201: { description: 'Signed in; the cookie is set', schema: sessionAnswer } },
    async handler({ body, ...coming }) {
      const byToken = 'token' in body;
      const opened = byToken
        ? await deps.access.signIn(body.token, deps.lifetimes, coming.from)
        : await byPassword(deps, body, coming.from);
      if (!opened)
        throw new Problem('not-signed-in', byToken ? notLetIn.token : notLetIn.password, {
          ...(byToken ? {} : { tried: body.login.slice(0, 64) }),
        });
      return signedIn(deps, opened, byToken ? 'token' : 'password', coming);
    },
  });

const accountOf = (access: Access, id: string | undefined) => {
  const found = id === undefined ? undefined : access.account(id);
  return found ? { login: found.login, hasPassword: found.password !== null } : null;
};

const whoAmIRoute = ({ access, singleSignOn }: AccessRouteDeps): Route =>
  publicRoute({
    method: 'get',
    path: '/session',
    tag: 'access',
    roles: 'public',
    summary: 'Who am I, and how can one sign in',
    answers: {
      200: {
        description:
          'The principal; null for a stranger, whose browser would report a 401 as an error of the page',
        schema: whoAmI,
      },
    },
    handler: ({ principal: who, headers, secure }) => {
      if (headers.authorization !== undefined && !who)
        throw new Problem('not-signed-in', 'This token is not valid, or no longer valid.');
      const secrets = headers.authorization === undefined ? sessionsIn(headers, secure) : [];
      const session = secrets.map((one) => access.bySession(one)).find((found) => found !== undefined);
      return {
        body: {
          principal: who ?? null,
          expiresAt: iso(session?.expiresAt ?? null),
          account: accountOf(access, who?.id),
          singleSignOn: singleSignOn?.label ?? null,
        },
      };
    },
  });

const sessionListRoutes = ({ access }: AccessRouteDeps): Route[] => [
  route({
    method: 'get',
    path: '/sessions',
    tag: 'access',
    roles: ORGANISATION_ONLY,
    summary: 'Who is signed in, since when, from where',
    answers: {
      200: { description: 'Latest seen first', schema: sessionList },
    },
    handler: () => {
      const labels = new Map([
        ...access.list().map(({ id, label }) => [id, label] as const),
        ...access.accounts().map(({ id, name }) => [id, name] as const),
      ]);
      const sessions = access.sessions().map(({ idleMs: _idle, ...session }) => ({
        ...session,
        label: labels.get(session.owner) ?? session.owner,
        createdAt: new Date(session.createdAt).toISOString(),
        seenAt: new Date(session.seenAt).toISOString(),
        expiresAt: new Date(session.expiresAt).toISOString(),
      }));
      return { body: { sessions } };
    },
  }),
  route<{ id: string }>({
    method: 'delete',
    path: '/sessions/:id',
    tag: 'access',
    roles: ORGANISATION_ONLY,
    closes: true,
    summary: 'End somebody’s session, at once',
    params: z.strictObject({ id: z.string().min(1).max(64) }),
    answers: { 204: { description: 'Over' } },
    async handler({ params, record }) {
      const ended = await access.endSession(params.id);
      if (!ended) throw new Problem('not-found', `There is no session ${params.id}.`);
      await record('session.ended', { session: ended.id, owner: ended.owner });
      return { status: 204 };
    },
  }),
];
