import type { Database, RootDatabase } from 'lmdb';
import type { Principal } from '#schemas/access.ts';
import type { AuditEntry } from '#schemas/results/access.ts';

export type { AuditEntry } from '#schemas/results/access.ts';

/** The tool when it works on the folder itself: whoever may write the folder is its administrator. */
export const LOCAL_TOOL: Principal = {
  id: 'local',
  label: 'wuxing on this machine',
  roles: ['organisation'],
};

/** Nobody who is known: who tried to get in and did not. */
export const STRANGER: Pick<Principal, 'id' | 'label'> = { id: 'stranger', label: '' };

/** What is looked for; all of it must hold. */
export type AuditFilter = {
  /** Anywhere in the name, action, address or details, without case. */
  q?: string;
  /** The action, or what it begins with: `session` finds `session.opened`. */
  action?: string;
  who?: string;
  /** Times that entries are not before, and before. */
  since?: string;
  until?: string;
};

export type AuditPage = { found: { key: number; entry: AuditEntry }[]; next: number | null };

type Who = Pick<Principal, 'id' | 'label'> & Partial<Principal>;

export type AuditLog = {
  /** Resolves once the entry is on disk. */
  record(who: Who, action: string, details?: Record<string, unknown>, from?: string | null): Promise<void>;
  /** Newest first, those before `before` only. `next`: where to go on. */
  list(limit: number, before?: number, filter?: AuditFilter): AuditPage;
};

/** As folders of version 0.1 hold them: one role, and no address. */
type Early = Omit<AuditEntry, 'who' | 'from'> & {
  who: { id: string; label: string; role: AuditEntry['who']['roles'][number]; unit?: string };
};

const upgraded = (found: AuditEntry | Early): AuditEntry => {
  if (!('role' in found.who)) return found as AuditEntry;
  const { role: only, ...who } = found.who;
  return { ...found, who: { ...who, roles: [only] }, from: null };
};

const whoOf = ({ id, label, roles = [], unit }: Who): AuditEntry['who'] => ({
  id,
  label,
  roles,
  ...(unit === undefined ? {} : { unit }),
});

/** Entries that one answer looks through at most; the caller goes on from there. */
const MOST_LOOKED_AT = 100_000;

const matcherOf = ({ q, action, who, since, until }: AuditFilter): ((entry: AuditEntry) => boolean) => {
  const wanted = q?.toLowerCase();
  const textOf = (entry: AuditEntry): string =>
    `${entry.who.label} ${entry.who.id} ${entry.action} ${entry.from ?? ''} ${JSON.stringify(entry.details)}`;
  return (entry) =>
    (action === undefined || entry.action === action || entry.action.startsWith(`${action}.`)) &&
    (who === undefined || entry.who.id === who) &&
    (since === undefined || Date.parse(entry.at) >= Date.parse(since)) &&
    (until === undefined || Date.parse(entry.at) < Date.parse(until)) &&
    (wanted === undefined || textOf(entry).toLowerCase().includes(wanted));
};

export function openAuditLog(root: RootDatabase, now: () => number): AuditLog {
  const db: Database<AuditEntry | Early, number> = root.openDB({ name: 'audit' });
  return {
    async record(who, action, details = {}, from = null) {
      const entry: AuditEntry = { at: new Date(now()).toISOString(), who: whoOf(who), action, details, from };
      await db.transaction(() => {
        const [last = 0] = db.getKeys({ reverse: true, limit: 1 });
        db.put(last + 1, entry);
      });
      await db.flushed;
    },
    list(limit, before, filter = {}) {
      const matches = matcherOf(filter);
      const found: AuditPage['found'] = [];
      let looked = 0;
      for (const { key, value } of db.getRange({
        reverse: true,
        ...(before === undefined ? {} : { start: before - 1 }),
      })) {
        const entry = upgraded(value);
        if (matches(entry)) found.push({ key, entry });
        looked += 1;
        if (found.length === limit || looked === MOST_LOOKED_AT) return { found, next: key > 1 ? key : null };
      }
      return { found, next: null };
    },
  };
}
