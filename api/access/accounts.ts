import type { Database, RootDatabase } from 'lmdb';
import { z } from 'zod';
import { type Rights, rights } from '#schemas/access.ts';
import { name } from '#schemas/ids.ts';
import { newId } from './secrets.ts';

/** A sign-in name: told apart without case or width, so that `Zhang` and `ｚｈａｎｇ` are one. */
export const login = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._@+-]{1,63}$/u, {
  error: 'must be 2 to 64 letters, digits or any of . _ @ + -, beginning with a letter or digit',
});

export const foldLogin = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Who the provider of single sign-on says somebody is. */
export type Identity = { issuer: string; subject: string };

/** A person. Accounts are disabled, never removed: the audit log and the stream name them. */
export const account = z.strictObject({
  id: z.string(),
  login: z.string(),
  name,
  rights,
  /** An argon2id hash; null for those who come by single sign-on alone. */
  password: z.string().nullable(),
  identity: z.strictObject({ issuer: z.string(), subject: z.string() }).nullable(),
  createdAt: z.number(),
  disabledAt: z.number().nullable(),
  lastSignInAt: z.number().nullable(),
});
export type Account = z.infer<typeof account>;

export type NewAccount = Pick<Account, 'login' | 'name' | 'rights' | 'password' | 'identity'>;
export type AccountChange = Partial<
  Pick<Account, 'name' | 'rights' | 'password' | 'disabledAt' | 'lastSignInAt'>
>;

export type Accounts = {
  list(): Account[];
  find(id: string): Account | undefined;
  byLogin(login: string): Account | undefined;
  byIdentity(identity: Identity): Account | undefined;
  /** Undefined where the sign-in name is taken. Inside a transaction of the caller's or of its own. */
  add(newAccount: NewAccount): Account | undefined;
  change(id: string, change: AccountChange): Account | undefined;
};

const identityKey = ({ issuer, subject }: Identity): string => JSON.stringify([issuer, subject]);

/** Accounts in their tables; every writing method must run inside a transaction of `root`. */
export function openAccounts(root: RootDatabase, now: () => number): Accounts {
  const accounts: Database<Account, string> = root.openDB({ name: 'accounts' });
  /** From sign-in names, and from the providers' names for people. */
  const logins: Database<string, string> = root.openDB({ name: 'logins' });
  const identities: Database<string, string> = root.openDB({ name: 'identities' });
  const named = (id: string | undefined) => (id === undefined ? undefined : accounts.get(id));

  return {
    list: () => [...accounts.getRange()].map(({ value }) => value).sort((a, b) => a.createdAt - b.createdAt),
    find: (id) => accounts.get(id),
    byLogin: (login) => named(logins.get(foldLogin(login))),
    byIdentity: (identity) => named(identities.get(identityKey(identity))),
    add(newAccount) {
      const key = foldLogin(newAccount.login);
      if (logins.get(key) !== undefined) return undefined;
      const made: Account = {
        id: `p-${newId()}`,
        createdAt: now(),
        disabledAt: null,
        lastSignInAt: null,
        ...newAccount,
      };
      accounts.put(made.id, made);
      logins.put(key, made.id);
      if (newAccount.identity) identities.put(identityKey(newAccount.identity), made.id);
      return made;
    },
    change(id, change) {
      const found = accounts.get(id);
      if (!found) return undefined;
      const changed = { ...found, ...change };
      accounts.put(id, changed);
      return changed;
    },
  };
}

/** True where an account opens the door for the department. */
export const isAdministrator = ({ rights: held, disabledAt, password, identity }: Account): boolean =>
  disabledAt === null && (held as Rights).roles.includes('organisation') && (password ?? identity) !== null;
