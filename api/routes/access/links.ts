import { z } from 'zod';
import { type Account, login } from '#api/access/accounts.ts';
import { hashPassword, password } from '#api/access/passwords.ts';
import { Problem } from '#api/http/problem.ts';
import { publicRoute, type Route } from '#api/http/route.ts';
import { purpose } from '#schemas/access.ts';
import { name } from '#schemas/ids.ts';
import { linkAnswer, sessionAnswer } from '#schemas/results/access.ts';
import { type AccessRouteDeps, describePerson, iso, signedIn } from './shared.ts';

/** What the page of a one-time link asks and does. Asking spends nothing: scanners of mail open links, too. */

const token = z.string().min(1).max(512);

const spent = (): Problem =>
  new Problem('not-signed-in', 'This link is not valid, no longer valid, or was used already.');

export const linkRoutes = (deps: AccessRouteDeps): Route[] => [
  lookRoute(deps),
  acceptRoute(deps),
  resetRoute(deps),
];

const lookRoute = ({ access }: AccessRouteDeps): Route =>
  publicRoute<unknown, unknown, { token: string }>({
    method: 'post',
    path: '/links',
    tag: 'access',
    roles: 'public',
    guarded: true,
    summary: 'What a one-time link is for, without spending it',
    body: { as: 'json', schema: z.strictObject({ token }) },
    answers: { 200: { description: 'A link that can be used', schema: linkAnswer } },
    handler({ body }) {
      const found = access.linkOf(body.token, purpose.options);
      if (!found) throw spent();
      const { purpose: what, rights: held, label, expiresAt } = found;
      const person = found.account === null ? undefined : access.account(found.account);
      const answer = { purpose: what ?? 'sign-in', rights: held, label, login: person?.login ?? null };
      return { body: { ...answer, expiresAt: iso(expiresAt) } };
    },
  });

type Accepting = { token: string; login: string; name: string; password: string };

const acceptRoute = (deps: AccessRouteDeps): Route =>
  publicRoute<unknown, unknown, Accepting>({
    method: 'post',
    path: '/accounts',
    tag: 'access',
    roles: 'public',
    guarded: true,
    summary: 'Spend an invitation or the set-up link: make one’s account, and sign in',
    body: { as: 'json', schema: z.strictObject({ token, login, name, password }) },
    answers: { 201: { description: 'The account is made; the cookie is set', schema: sessionAnswer } },
    async handler({ body, ...coming }) {
      const { access } = deps;
      refuseOwnName(body);
      // Before the costly part: a made-up token buys no hashing.
      if (!access.linkOf(body.token, ['invitation', 'set-up'])) throw spent();
      const newAccount = { login: body.login, name: body.name, password: await hashPassword(body.password) };
      const made = await access.accept(body.token, newAccount);
      if (made === 'spent') throw spent();
      if (made === 'taken')
        throw new Problem('conflict', `The sign-in name ${body.login} is taken; choose another one.`, {
          errors: [{ field: 'login', message: 'is taken' }],
        });
      await access.audit.record(labelled(made), 'account.made', describePerson(made), coming.from.address);
      return enter(deps, made, 'invitation', coming);
    },
  });

const resetRoute = (deps: AccessRouteDeps): Route =>
  publicRoute<unknown, unknown, { token: string; password: string }>({
    method: 'post',
    path: '/passwords',
    tag: 'access',
    roles: 'public',
    guarded: true,
    summary:
      'Spend a reset link: choose a new password, and sign in. Every other session of the account ends',
    body: { as: 'json', schema: z.strictObject({ token, password }) },
    answers: { 201: { description: 'The password is changed; the cookie is set', schema: sessionAnswer } },
    async handler({ body, ...coming }) {
      const { access, passwordGuesses } = deps;
      const link = access.linkOf(body.token, ['reset']);
      const person = link?.account ? access.account(link.account) : undefined;
      if (!person) throw spent();
      refuseOwnName({ login: person.login, password: body.password });
      const changed = await access.reset(body.token, await hashPassword(body.password));
      if (!changed) throw spent();
      passwordGuesses.byAccount.forget(changed.id);
      await access.audit.record(labelled(changed), 'password.reset', {}, coming.from.address);
      return enter(deps, changed, 'reset', coming);
    },
  });

const labelled = ({ id, name: label, rights: held }: Account) => ({ id, label, ...held });

/** A password that is the sign-in name is the first that anybody tries. */
export function refuseOwnName({ login: name, password: text }: { login: string; password: string }): void {
  if (!text.toLowerCase().includes(name.toLowerCase())) return;
  throw new Problem('invalid', 'password: must not contain the sign-in name', {
    errors: [{ field: 'password', message: 'must not contain the sign-in name' }],
  });
}

async function enter(
  deps: AccessRouteDeps,
  { id }: Account,
  how: string,
  coming: Parameters<typeof signedIn>[3],
) {
  const opened = await deps.access.signInAs(id, deps.lifetimes, coming.from);
  if (!opened) throw spent();
  return signedIn(deps, opened, how, coming);
}
