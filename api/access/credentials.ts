import type { Database, RootDatabase } from 'lmdb';
import { z } from 'zod';
import type { Purpose, Rights } from '#schemas/access.ts';
import { type CredentialState, credentialHead } from '#schemas/results/access.ts';
import { hashOf, newId, newSecret } from './secrets.ts';

export type { Purpose } from '#schemas/access.ts';

/** A token, link or invitation as it is kept, under the hash of its secret. */
export const credential = z.strictObject({
  ...credentialHead,
  createdAt: z.number(),
  expiresAt: z.number().nullable(),
  revokedAt: z.number().nullable(),
  /** When a link was spent; of a bearer token when it was last sent, to the minute. */
  usedAt: z.number().nullable(),
});
export type Credential = z.infer<typeof credential>;

export type NewCredential = {
  kind: Credential['kind'];
  rights: Rights;
  label: string;
  expiresAt: number | null;
  /** Of links: `sign-in` where it is left out. */
  purpose?: Purpose;
  account?: string;
};

/** As folders of version 0.1 hold them: one role each. */
type Early = Omit<Credential, 'rights' | 'purpose' | 'account'> & {
  role: Rights['roles'][number];
  unit?: string;
};

const upgraded = (found: Credential | Early): Credential => {
  if (!('role' in found)) return found;
  const { role, unit, ...rest } = found;
  const held: Rights = { roles: [role], ...(unit === undefined ? {} : { unit }) };
  return { ...rest, rights: held, purpose: rest.kind === 'link' ? 'sign-in' : null, account: null };
};

export type Credentials = {
  issue(request: NewCredential): Promise<{ secret: string; credential: Credential }>;
  list(): Credential[];
  get(id: string): Credential | undefined;
  count(): number;
  revoke(id: string): Promise<Credential | undefined>;
  /** The living credential of a secret; of links one that is not spent. */
  find(secret: string, kind: Credential['kind']): Credential | undefined;
  /** Marks a link as spent; inside a transaction, so that of two who bring it at once one gets in. */
  spend(found: Credential): void;
  /** Notes that a bearer token was sent. */
  seen(id: string): void;
};

export const alive = (found: Credential, now: number): boolean =>
  found.revokedAt === null && (found.expiresAt === null || found.expiresAt > now);

/** What has become of it. */
export function stateOf(found: Credential, now: number): CredentialState {
  if (found.revokedAt !== null) return 'revoked';
  if (found.kind === 'link' && found.usedAt !== null) return 'spent';
  return alive(found, now) ? 'valid' : 'expired';
}

const MINUTE_MS = 60_000;

export function openCredentials(root: RootDatabase, now: () => number): Credentials {
  const credentials: Database<Credential | Early, string> = root.openDB({ name: 'credentials' });
  const hashes: Database<string, string> = root.openDB({ name: 'hashes' });
  /** When a token was last sent: apart, so that noting it can never undo a revocation by another process. */
  const uses: Database<number, string> = root.openDB({ name: 'uses' });
  const lately = new Map<string, number>();

  const get = (id: string): Credential | undefined => {
    const found = credentials.get(id);
    return found && upgraded(found);
  };

  return {
    async issue({ purpose: wanted, account, ...request }) {
      const isLink = request.kind === 'link';
      const secret = newSecret(isLink ? 'wxlink' : 'wx');
      const made: Credential = {
        id: newId(),
        purpose: isLink ? (wanted ?? 'sign-in') : null,
        account: account ?? null,
        createdAt: now(),
        revokedAt: null,
        usedAt: null,
        ...request,
      };
      await root.transaction(() => {
        credentials.put(made.id, made);
        hashes.put(hashOf(secret), made.id);
      });
      await root.flushed;
      return { secret, credential: made };
    },
    list: () =>
      [...credentials.getRange()]
        .map(({ value }) => upgraded(value))
        .map((found) => (found.kind === 'bearer' ? { ...found, usedAt: uses.get(found.id) ?? null } : found))
        .sort((a, b) => a.createdAt - b.createdAt),
    get,
    count: () => credentials.getCount(),
    async revoke(id) {
      const found = get(id);
      if (!found) return undefined;
      const revoked = { ...found, revokedAt: found.revokedAt ?? now() };
      await credentials.put(id, revoked);
      await root.flushed;
      return revoked;
    },
    find(secret, kind) {
      const id = hashes.get(hashOf(secret));
      const found = id === undefined ? undefined : get(id);
      if (found?.kind !== kind || !alive(found, now())) return undefined;
      return kind === 'link' && found.usedAt !== null ? undefined : found;
    },
    spend: (found) => void credentials.put(found.id, { ...found, usedAt: now() }),
    seen(id) {
      if (now() - (lately.get(id) ?? 0) < MINUTE_MS) return;
      lately.set(id, now());
      void uses.put(id, now());
    },
  };
}
