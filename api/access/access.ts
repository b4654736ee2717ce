import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { open } from 'lmdb';
import { z } from 'zod';
import { type AuditEntry, type AuditLog, createAuditLog } from './audit.ts';
import { type Principal, role } from './principal.ts';
import { hashOf, newId, newSecret } from './secrets.ts';

/**
 * Tokens, sign-in links, sessions and the audit log, in `DATA_DIR/access`. Only hashes are kept. Every check reads
 * the store, so that what is revoked is dead at once, even when another process (the `wuxing` tool) revoked it.
 */

/** `bearer` tokens are sent with each request; a `link` is exchanged once for a session. */
export const credential = z.strictObject({
  id: z.string(),
  kind: z.enum(['bearer', 'link']),
  role,
  unit: z.string().optional(),
  label: z.string(),
  createdAt: z.number(),
  expiresAt: z.number().nullable(),
  revokedAt: z.number().nullable(),
  usedAt: z.number().nullable(),
});
export type Credential = z.infer<typeof credential>;

type Session = { credential: string; principal: Principal; expiresAt: number };

export type NewCredential = Pick<Credential, 'kind' | 'role' | 'unit' | 'label'> & {
  expiresAt: number | null;
};

export type Access = {
  issue(request: NewCredential): Promise<{ secret: string; credential: Credential }>;
  list(): Credential[];
  /** Ends a credential and every session that came from it; undefined where there is none. */
  revoke(id: string): Promise<Credential | undefined>;
  byToken(secret: string): Principal | undefined;
  /** Exchanges a link (which burns) or a bearer token for a session. */
  signIn(
    secret: string,
    hours: number,
  ): Promise<{ secret: string; principal: Principal; expiresAt: number } | undefined>;
  bySession(secret: string): { principal: Principal; expiresAt: number } | undefined;
  signOut(secret: string): Promise<void>;
  /** True where somebody of the department can get in already, by a token that lives. */
  isManned(): boolean;
  /** Makes the first administrator's token, once in the life of the folder. */
  firstToken(): Promise<string | undefined>;
  /** Lets a secret in that the folder does not hold (ADMIN_TOKEN, the tool on this machine), while this process lives. */
  admit(secret: string, principal: Principal): void;
  audit: AuditLog;
  close(): Promise<void>;
};

const principalOf = ({ id, role, unit, label }: Credential): Principal => ({
  id,
  role,
  ...(unit === undefined ? {} : { unit }),
  label,
});

const alive = (found: Credential, now: number): boolean =>
  found.revokedAt === null && (found.expiresAt === null || found.expiresAt > now);

/** Sessions of one person at a time; whoever signs in once more ends the oldest. */
const MOST_SESSIONS = 20;

/** Opens `DATA_DIR/access`. Several processes may: LMDB keeps them apart. */
export function openAccess(dataDir: string, now: () => number = Date.now): Access {
  const path = join(dataDir, 'access');
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const root = open({ path, maxDbs: 4 });
  const credentials = root.openDB<Credential, string>({ name: 'credentials' });
  const hashes = root.openDB<string, string>({ name: 'hashes' });
  const sessions = root.openDB<Session, string>({ name: 'sessions' });
  const audit = createAuditLog(root.openDB<AuditEntry, number>({ name: 'audit' }), now);
  const admitted = new Map<string, Principal>();

  const find = (secret: string, kind: Credential['kind']): Credential | undefined => {
    const id = hashes.get(hashOf(secret));
    const found = id === undefined ? undefined : credentials.get(id);
    return found && found.kind === kind && alive(found, now()) ? found : undefined;
  };

  const byToken = (secret: string): Principal | undefined => {
    const known = admitted.get(hashOf(secret));
    if (known) return known;
    const found = find(secret, 'bearer');
    return found && principalOf(found);
  };

  const issue: Access['issue'] = async (request) => {
    const secret = newSecret(request.kind === 'link' ? 'wxlink' : 'wx');
    const made: Credential = { id: newId(), createdAt: now(), revokedAt: null, usedAt: null, ...request };
    await root.transaction(() => {
      credentials.put(made.id, made);
      hashes.put(hashOf(secret), made.id);
    });
    await root.flushed;
    return { secret, credential: made };
  };

  /** One transaction: of two that bring the same link at once, one gets in. */
  const burn = (secret: string): Promise<Principal | undefined> =>
    root.transaction(() => {
      const link = find(secret, 'link');
      if (!link || link.usedAt !== null) return undefined;
      credentials.put(link.id, { ...link, usedAt: now() });
      return principalOf(link);
    });

  /** What is over goes, and of what one credential opened the oldest beyond the bound. */
  const makeRoom = (credential: string): void => {
    const all = [...sessions.getRange()];
    for (const { key, value } of all) if (value.expiresAt <= now()) sessions.remove(key);
    const own = all.filter(({ value }) => value.credential === credential && value.expiresAt > now());
    own.sort((a, b) => a.value.expiresAt - b.value.expiresAt);
    for (const { key } of own.slice(0, Math.max(0, own.length + 1 - MOST_SESSIONS))) sessions.remove(key);
  };

  const signIn: Access['signIn'] = async (given, hours) => {
    const principal = byToken(given) ?? (await burn(given));
    if (!principal) return undefined;
    const secret = newSecret('wxsession');
    const expiresAt = now() + hours * 3_600_000;
    await root.transaction(() => {
      makeRoom(principal.id);
      sessions.put(hashOf(secret), { credential: principal.id, principal, expiresAt });
    });
    await root.flushed;
    return { secret, principal, expiresAt };
  };

  const bySession: Access['bySession'] = (secret) => {
    const session = sessions.get(hashOf(secret));
    if (!session || session.expiresAt <= now()) return undefined;
    const parent = credentials.get(session.credential);
    const lives = parent
      ? parent.revokedAt === null && (parent.kind === 'link' || alive(parent, now()))
      : [...admitted.values()].some(({ id }) => id === session.credential);
    return lives ? { principal: session.principal, expiresAt: session.expiresAt } : undefined;
  };

  return {
    issue,
    byToken,
    signIn,
    bySession,
    audit,
    list: () =>
      [...credentials.getRange()].map(({ value }) => value).sort((a, b) => a.createdAt - b.createdAt),
    async revoke(id) {
      const found = credentials.get(id);
      if (!found) return undefined;
      const revoked = { ...found, revokedAt: found.revokedAt ?? now() };
      await credentials.put(id, revoked);
      await root.flushed;
      return revoked;
    },
    async signOut(secret) {
      await sessions.remove(hashOf(secret));
      await root.flushed;
    },
    isManned: () =>
      [...credentials.getRange()].some(
        ({ value }) => value.kind === 'bearer' && value.role === 'organisation' && alive(value, now()),
      ),
    async firstToken() {
      if (credentials.getCount() > 0) return undefined;
      const made = await issue({
        kind: 'bearer',
        role: 'organisation',
        unit: undefined,
        label: 'administrator',
        expiresAt: null,
      });
      return made.secret;
    },
    admit: (secret, principal) => void admitted.set(hashOf(secret), principal),
    close: () => root.close(),
  };
}
