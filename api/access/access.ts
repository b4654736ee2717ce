import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { open } from 'lmdb';
import {
  type Account,
  type AccountChange,
  isAdministrator,
  type NewAccount,
  openAccounts,
} from './accounts.ts';
import { type AuditLog, openAuditLog } from './audit.ts';
import { alive, type Credential, type NewCredential, openCredentials, type Purpose } from './credentials.ts';
import { type Principal, principalOf } from './principal.ts';
import { hashOf } from './secrets.ts';
import { type From, type Lifetimes, openSessions, type Session } from './sessions.ts';

/**
 * Accounts, tokens, links, sessions and the audit log, in `DATA_DIR/access`. Of secrets only hashes are kept. Every
 * check reads the store, so that what is revoked, disabled or changed counts at once, even when another process
 * (the `wuxing` tool) did it.
 */
export type Access = {
  issue(request: NewCredential): Promise<{ secret: string; credential: Credential }>;
  list(): Credential[];
  /** Ends a credential and every session that came from it; undefined where there is none. */
  revoke(id: string): Promise<Credential | undefined>;
  byToken(secret: string): Principal | undefined;
  /** `touch`: the person did something; false where only asked whether they are still let in. */
  bySession(secret: string, touch?: boolean): SignedIn | undefined;
  /** Exchanges a link for signing in or setting up (which burns), or a bearer token, for a session. */
  signIn(secret: string, lifetimes: Lifetimes, from: From): Promise<Opened | undefined>;
  /** Opens a session of an account; undefined where it may not get in. */
  signInAs(account: string, lifetimes: Lifetimes, from: From): Promise<Opened | undefined>;
  signOut(secret: string): Promise<void>;
  sessions(): Session[];
  endSession(id: string): Promise<Session | undefined>;
  /** What a link is for, without spending it. */
  linkOf(secret: string, purposes: readonly Purpose[]): Credential | undefined;
  /** Spends an invitation or set-up link for an account; says why where it cannot. */
  accept(
    secret: string,
    newAccount: Omit<NewAccount, 'rights' | 'identity'>,
  ): Promise<Account | 'spent' | 'taken'>;
  /** Spends a reset link; every session of the account ends. */
  reset(secret: string, password: string): Promise<Account | undefined>;
  accounts(): Account[];
  account(id: string): Account | undefined;
  accountByLogin(login: string): Account | undefined;
  /** Undefined where the sign-in name is taken. */
  addAccount(newAccount: NewAccount): Promise<Account | undefined>;
  accountByIdentity(identity: NonNullable<Account['identity']>): Account | undefined;
  /** What changes counts at the next request; a new password, or being disabled, ends all sessions but `keep`. */
  changeAccount(id: string, change: AccountChange, keep?: string): Promise<Account | undefined>;
  /** True where somebody of the department can get in already. */
  isManned(): boolean;
  /** Makes the first administrator's token, once in the life of the folder. */
  firstToken(): Promise<string | undefined>;
  /** Lets a secret in that the folder does not hold (ADMIN_TOKEN, the tool on this machine), while this process lives. */
  admit(secret: string, principal: Principal): void;
  audit: AuditLog;
  close(): Promise<void>;
};

export type SignedIn = { principal: Principal; session: string; expiresAt: number };
export type Opened = SignedIn & { secret: string };

/** Opens `DATA_DIR/access`. Several processes may: LMDB keeps them apart. */
export function openAccess(dataDir: string, now: () => number = Date.now): Access {
  const path = join(dataDir, 'access');
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const root = open({ path, maxDbs: 16 });
  const credentials = openCredentials(root, now);
  const accounts = openAccounts(root, now);
  const sessions = openSessions(root, now);
  const admitted = new Map<string, Principal>();

  const write = async <T>(change: () => T): Promise<T> => {
    const result = await root.transaction(change);
    await root.flushed;
    return result as T;
  };

  const byToken = (secret: string): Principal | undefined => {
    const known = admitted.get(hashOf(secret));
    if (known) return known;
    const found = credentials.find(secret, 'bearer');
    if (!found) return undefined;
    credentials.seen(found.id);
    return principalOf(found.id, found.label, found.rights);
  };

  /** A set-up link is for a house without people: once there is an account it is void. */
  const linkOf: Access['linkOf'] = (secret, purposes) => {
    const found = credentials.find(secret, 'link');
    if (!found || !purposes.includes(found.purpose ?? 'sign-in')) return undefined;
    return found.purpose === 'set-up' && accounts.list().length > 0 ? undefined : found;
  };

  const spend = (secret: string, purposes: readonly Purpose[]): Credential | undefined => {
    const found = linkOf(secret, purposes);
    if (found) credentials.spend(found);
    return found;
  };

  /** Who owns a session now; undefined where they are not let in any more. */
  const ownerOf = (owner: string): Principal | undefined => {
    const person = accounts.find(owner);
    if (person)
      return person.disabledAt === null ? principalOf(person.id, person.name, person.rights) : undefined;
    const parent = credentials.get(owner);
    if (!parent) return [...admitted.values()].find(({ id }) => id === owner);
    const lives = parent.revokedAt === null && (parent.kind === 'link' || alive(parent, now()));
    return lives ? principalOf(parent.id, parent.label, parent.rights) : undefined;
  };

  const openFor = async (principal: Principal, lifetimes: Lifetimes, from: From): Promise<Opened> => {
    const { secret, session } = await sessions.open(principal.id, lifetimes, from);
    return { secret, principal, session: session.id, expiresAt: session.expiresAt };
  };

  return {
    issue: credentials.issue,
    list: credentials.list,
    revoke: credentials.revoke,
    byToken,
    linkOf,
    bySession(secret, touch = true) {
      const found = sessions.find(secret, touch);
      const principal = found && ownerOf(found.owner);
      return found && principal && { principal, session: found.id, expiresAt: found.expiresAt };
    },
    async signIn(secret, lifetimes, from) {
      const bearer = byToken(secret);
      if (bearer) return openFor(bearer, lifetimes, from);
      const link = await write(() => spend(secret, ['sign-in', 'set-up']));
      return link && openFor(principalOf(link.id, link.label, link.rights), lifetimes, from);
    },
    async signInAs(id, lifetimes, from) {
      const principal = ownerOf(id);
      if (!principal || !accounts.find(id)) return undefined;
      await write(() => accounts.change(id, { lastSignInAt: now() }));
      return openFor(principal, lifetimes, from);
    },
    signOut: sessions.end,
    sessions: sessions.list,
    endSession: sessions.endById,
    accept: (secret, newAccount) =>
      write(() => {
        const link = linkOf(secret, ['invitation', 'set-up']);
        if (!link) return 'spent';
        const made = accounts.add({ ...newAccount, rights: link.rights, identity: null });
        if (!made) return 'taken';
        credentials.spend(link);
        return made;
      }),
    async reset(secret, password) {
      const changed = await write(() => {
        const link = linkOf(secret, ['reset']);
        const person = link?.account ? accounts.find(link.account) : undefined;
        if (!link || !person || person.disabledAt !== null) return undefined;
        credentials.spend(link);
        return accounts.change(person.id, { password });
      });
      if (changed) await sessions.endOf(changed.id);
      return changed;
    },
    accounts: accounts.list,
    account: accounts.find,
    accountByLogin: accounts.byLogin,
    accountByIdentity: accounts.byIdentity,
    addAccount: (newAccount) => write(() => accounts.add(newAccount)),
    async changeAccount(id, change, keep) {
      const changed = await write(() => accounts.change(id, change));
      const endsSessions = change.password !== undefined || (change.disabledAt ?? null) !== null;
      if (changed && endsSessions) await sessions.endOf(id, keep);
      return changed;
    },
    isManned: () =>
      accounts.list().some(isAdministrator) ||
      credentials
        .list()
        .some(
          (found) =>
            found.kind === 'bearer' && found.rights.roles.includes('organisation') && alive(found, now()),
        ),
    async firstToken() {
      if (credentials.count() > 0 || accounts.list().length > 0) return undefined;
      const rights = { roles: ['organisation' as const] };
      return (await credentials.issue({ kind: 'bearer', rights, label: 'administrator', expiresAt: null }))
        .secret;
    },
    admit: (secret, principal) => void admitted.set(hashOf(secret), principal),
    audit: openAuditLog(root, now),
    close: () => root.close(),
  };
}
