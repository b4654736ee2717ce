import { z } from 'zod';
import type { Account } from '#api/access/accounts.ts';
import { hashPassword, password, passwordMatches } from '#api/access/passwords.ts';
import { ANY, ORGANISATION_ONLY, type Principal } from '#api/access/principal.ts';
import { Problem } from '#api/http/problem.ts';
import { type Route, route } from '#api/http/route.ts';
import { rights } from '#schemas/access.ts';
import { name } from '#schemas/ids.ts';
import { type PersonRow, personAnswer, personList, resetAnswer } from '#schemas/results/access.ts';
import { refuseOwnName } from './links.ts';
import { type AccessRouteDeps, describe, describePerson, iso, rowOf, signInLink } from './shared.ts';

const personOf = ({ password: hash, identity, ...person }: Account): PersonRow => ({
  ...person,
  by: [...(hash === null ? [] : ['password' as const]), ...(identity ? ['single-sign-on' as const] : [])],
  createdAt: new Date(person.createdAt).toISOString(),
  disabledAt: iso(person.disabledAt),
  lastSignInAt: iso(person.lastSignInAt),
});

const change = z.strictObject({ name, rights, disabled: z.boolean() });
const idPath = z.strictObject({ id: z.string().min(1).max(64) });
type Id = { id: string };

const RESET_DAYS = 3;
const DAY_MS = 86_400_000;

export const accountRoutes = (deps: AccessRouteDeps): Route[] => [
  route({
    method: 'get',
    path: '/accounts',
    tag: 'access',
    roles: ORGANISATION_ONLY,
    summary: 'People, what they may do, and when they last signed in',
    answers: {
      200: { description: 'Oldest first', schema: personList },
    },
    handler: () => ({ body: { accounts: deps.access.accounts().map(personOf) } }),
  }),
  changeRoute(deps),
  resetLinkRoute(deps),
  ownPasswordRoute(deps),
];

/** Nobody locks the house behind themselves. */
function refuseOwnEnd(who: Principal, id: string, wanted: z.infer<typeof change>): void {
  if (who.id !== id || (!wanted.disabled && wanted.rights.roles.includes('organisation'))) return;
  throw new Problem(
    'conflict',
    'This is your own account: somebody else of the department must disable it, or take its role away.',
  );
}

const changeRoute = ({ access }: AccessRouteDeps): Route =>
  route<Id, unknown, z.infer<typeof change>>({
    method: 'put',
    path: '/accounts/:id',
    tag: 'access',
    roles: ORGANISATION_ONLY,
    closes: true,
    summary: 'Change what somebody may do, or disable them: it counts at their very next request',
    params: idPath,
    body: { as: 'json', schema: change },
    answers: { 200: { description: 'Changed', schema: personAnswer } },
    async handler({ params: { id }, body, principal, record, now }) {
      const before = access.account(id);
      if (!before) throw new Problem('not-found', `There is no account ${id}.`);
      refuseOwnEnd(principal, id, body);
      const disabledAt = body.disabled ? (before.disabledAt ?? now()) : null;
      const changed = await access.changeAccount(id, { name: body.name, rights: body.rights, disabledAt });
      if (!changed) throw new Problem('not-found', `There is no account ${id}.`);
      await record('account.changed', {
        ...describePerson(changed),
        before: {
          name: before.name,
          ...before.rights,
          ...(before.disabledAt === null ? {} : { disabled: true }),
        },
      });
      return { body: { account: personOf(changed) } };
    },
  });

const resetLinkRoute = ({ access, publicUrl }: AccessRouteDeps): Route =>
  route<Id>({
    method: 'post',
    path: '/accounts/:id/reset',
    tag: 'access',
    roles: ORGANISATION_ONLY,
    summary: 'A one-time link by which somebody chooses a new password',
    description: `Good for ${RESET_DAYS} days. The password that is known stays good until the link is spent.`,
    params: idPath,
    answers: {
      201: {
        description: 'The link is shown this once',
        schema: resetAnswer,
      },
    },
    async handler({ params: { id }, record, now }) {
      const person = access.account(id);
      if (!person) throw new Problem('not-found', `There is no account ${id}.`);
      if (person.disabledAt !== null)
        throw new Problem('conflict', 'The account is disabled; enable it before it gets a new password.');
      const made = await access.issue({
        kind: 'link',
        purpose: 'reset',
        account: id,
        rights: person.rights,
        label: person.name,
        expiresAt: now() + RESET_DAYS * DAY_MS,
      });
      await record('password.link', describe(made.credential));
      return {
        status: 201,
        body: { link: signInLink(publicUrl(), made.secret), credential: rowOf(made.credential, now()) },
      };
    },
  });

type OwnPassword = { current: string; password: string };

const ownPasswordRoute = ({ access, passwordGuesses }: AccessRouteDeps): Route =>
  route<unknown, unknown, OwnPassword>({
    method: 'put',
    path: '/account/password',
    tag: 'access',
    roles: ANY,
    summary: 'Change one’s own password; every other session of one’s own ends',
    body: { as: 'json', schema: z.strictObject({ current: z.string().min(1).max(1_000), password }) },
    answers: { 204: { description: 'Changed' } },
    async handler({ body, principal, session, record }) {
      const person = session === undefined ? undefined : access.account(principal.id);
      if (!person?.password)
        throw new Problem(
          'conflict',
          'Whoever is signed in has no password here: a token, a link or single sign-on was used.',
        );
      const wait = passwordGuesses.byAccount.wait(person.id);
      if (wait !== undefined)
        throw new Problem('too-many-requests', 'Too many wrong passwords for this account.', {
          headers: { 'Retry-After': String(wait) },
        });
      refuseOwnName({ login: person.login, password: body.password });
      if (!(await passwordMatches(body.current, person.password))) {
        passwordGuesses.byAccount.fail(person.id);
        const errors = [{ field: 'current', message: 'is not the password of this account' }];
        throw new Problem('invalid', 'current: is not the password of this account', { errors });
      }
      await access.changeAccount(person.id, { password: await hashPassword(body.password) }, session);
      await record('password.changed');
      return { status: 204 };
    },
  });
