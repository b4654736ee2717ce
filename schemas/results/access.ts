import { z } from 'zod';
import { principal, purpose, rights, role } from '../access.ts';
import { timestamp } from '../dates.ts';

/** What the API answers about people, tokens, sessions and what they did. */

export const sessionAnswer = z.strictObject({ principal, expiresAt: timestamp });

export const whoAmI = z.strictObject({
  principal: principal.nullable(),
  expiresAt: timestamp.nullable(),
  /** The account behind the session; null for those who came by a token or link. */
  account: z.strictObject({ login: z.string(), hasPassword: z.boolean() }).nullable(),
  /** What single sign-on is called here; null where there is none. */
  singleSignOn: z.string().nullable(),
});
export type WhoAmI = z.infer<typeof whoAmI>;

export const linkAnswer = z.strictObject({
  purpose,
  rights,
  label: z.string(),
  /** Of a reset: the sign-in name that the new password is for. */
  login: z.string().nullable(),
  expiresAt: timestamp.nullable(),
});
export type LinkAnswer = z.infer<typeof linkAnswer>;

export const personRow = z.strictObject({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  rights,
  /** How they sign in. */
  by: z.array(z.enum(['password', 'single-sign-on'])),
  createdAt: timestamp,
  disabledAt: timestamp.nullable(),
  lastSignInAt: timestamp.nullable(),
});
export type PersonRow = z.infer<typeof personRow>;
export const personList = z.strictObject({ accounts: z.array(personRow) });
export const personAnswer = z.strictObject({ account: personRow });

/** Judged by the server's clock. A link that was used is spent. */
export const credentialState = z.enum(['valid', 'revoked', 'expired', 'spent']);
export type CredentialState = z.infer<typeof credentialState>;

/** What does not change of a token, link or invitation; the server keeps it as it answers it. */
export const credentialHead = {
  id: z.string(),
  /** A `bearer` token is sent with each request; a `link` is spent once in a browser. */
  kind: z.enum(['bearer', 'link']),
  /** Null of bearer tokens. */
  purpose: purpose.nullable(),
  /** Of a reset: whose password. */
  account: z.string().nullable(),
  rights,
  /** What it is for, or whom. */
  label: z.string(),
};

/** What anybody may know of a token, link or invitation: never its secret. */
export const credentialRow = z.strictObject({
  ...credentialHead,
  createdAt: timestamp,
  expiresAt: timestamp.nullable(),
  revokedAt: timestamp.nullable(),
  /** When a link was spent; of a bearer token when it was last sent, to the minute. */
  usedAt: timestamp.nullable(),
  state: credentialState,
});
export type CredentialRow = z.infer<typeof credentialRow>;
export const credentialList = z.strictObject({ tokens: z.array(credentialRow) });
export const credentialAnswer = z.strictObject({ credential: credentialRow });
export const issued = z.strictObject({
  token: z.string(),
  link: z.string().optional(),
  credential: credentialRow,
});
export type Issued = z.infer<typeof issued>;
export const resetAnswer = z.strictObject({ link: z.string(), credential: credentialRow });

export const sessionRow = z.strictObject({
  id: z.string(),
  owner: z.string(),
  /** Whose it is, as the list of people or tokens has it. */
  label: z.string(),
  createdAt: timestamp,
  seenAt: timestamp,
  expiresAt: timestamp,
  address: z.string(),
  agent: z.string(),
});
export type SessionRow = z.infer<typeof sessionRow>;
export const sessionList = z.strictObject({ sessions: z.array(sessionRow) });

/** Who did what, when, from where. Entries are added, never changed or removed. */
export const auditEntry = z.strictObject({
  at: timestamp,
  who: z.strictObject({
    id: z.string(),
    label: z.string(),
    roles: z.array(role),
    unit: z.string().optional(),
  }),
  /** `session.opened`, `attempt.denied`, `account.changed`, `document.exported`, `plan.adopted`, `year.sealed` … */
  action: z.string(),
  details: z.record(z.string(), z.unknown()),
  /** The address that it came from; null for what this machine did itself. */
  from: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof auditEntry>;
export const auditList = z.strictObject({
  entries: z.array(auditEntry),
  nextCursor: z.string().nullable(),
  watermark: z.string(),
});
