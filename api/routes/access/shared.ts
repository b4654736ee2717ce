import type { Access, Opened } from '#api/access/access.ts';
import type { Account } from '#api/access/accounts.ts';
import { sessionCookie, sessionsIn } from '#api/access/cookies.ts';
import { type Credential, stateOf } from '#api/access/credentials.ts';
import type { Lifetimes } from '#api/access/sessions.ts';
import type { SingleSignOn } from '#api/access/singleSignOn.ts';
import type { Guesses } from '#api/http/guesses.ts';
import type { Context, Reply } from '#api/http/route.ts';
import type { Projection } from '#api/ports.ts';
import type { CredentialRow } from '#schemas/results/access.ts';

export type AccessRouteDeps = {
  access: Access;
  lifetimes: Lifetimes;
  /** Begins a sign-in link. */
  publicUrl: () => string;
  projection: Pick<Projection, 'watermark'>;
  /** Failing passwords: of one account from one address, and of one account from everywhere. */
  passwordGuesses: { byBoth: Guesses; byAccount: Guesses };
  /** Undefined where no provider is configured. */
  singleSignOn?: SingleSignOn;
};

export const iso = (instant: number | null): string | null =>
  instant === null ? null : new Date(instant).toISOString();

export const signInLink = (base: string, secret: string): string => `${base}/sign-in#token=${secret}`;

export const rowOf = (found: Credential, now: number): CredentialRow => ({
  ...found,
  state: stateOf(found, now),
  createdAt: new Date(found.createdAt).toISOString(),
  expiresAt: iso(found.expiresAt),
  revokedAt: iso(found.revokedAt),
  usedAt: iso(found.usedAt),
});

/** What the audit log tells of a credential. */
export const describe = ({ id, kind, purpose, rights: held, label, account }: Credential) => ({
  id,
  kind,
  ...(purpose === null ? {} : { purpose }),
  ...held,
  label,
  ...(account === null ? {} : { account }),
});

/** What the audit log tells of a person. */
export const describePerson = ({ id, login, name, rights: held, disabledAt }: Account) => ({
  id,
  login,
  name,
  ...held,
  ...(disabledAt === null ? {} : { disabled: true }),
});

type Coming = Pick<Context<unknown, unknown, unknown, unknown>, 'headers' | 'secure' | 'from'>;

/** Answers with a session's cookie; the sessions that came along are over: nobody keeps one that was planted. */
export async function signedIn(
  { access, lifetimes }: Pick<AccessRouteDeps, 'access' | 'lifetimes'>,
  opened: Opened,
  how: string,
  { headers, secure, from }: Coming,
): Promise<Reply> {
  for (const earlier of sessionsIn(headers, secure)) await access.signOut(earlier);
  await access.audit.record(opened.principal, 'session.opened', { by: how }, from.address);
  return {
    status: 201,
    headers: { 'Set-Cookie': sessionCookie(opened.secret, lifetimes.hours * 3_600, secure) },
    body: { principal: opened.principal, expiresAt: iso(opened.expiresAt) },
  };
}
