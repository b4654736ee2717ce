import type { Database } from 'lmdb';
import { z } from 'zod';
import { timestamp } from '#schemas/dates.ts';
import { type Principal, role } from './principal.ts';

/** Who did what. Entries are added, never changed. */
export const auditEntry = z.strictObject({
  at: timestamp,
  who: z.strictObject({ id: z.string(), role, unit: z.string().optional(), label: z.string() }),
  /** `token.issued`, `token.revoked`, `session.opened`, `session.closed`, `plan.adopted`, `import.events` … */
  action: z.string(),
  details: z.record(z.string(), z.unknown()),
});
export type AuditEntry = z.infer<typeof auditEntry>;

/** The tool when it works on the folder itself: whoever may write the folder is its administrator. */
export const LOCAL_TOOL: Principal = { id: 'local', role: 'organisation', label: 'wuxing on this machine' };

export type AuditLog = {
  /** Resolves once the entry is on disk. */
  record(who: Principal, action: string, details?: Record<string, unknown>): Promise<void>;
  /** Newest first, those before `before` only. */
  list(limit: number, before?: number): { key: number; entry: AuditEntry }[];
};

export function createAuditLog(db: Database<AuditEntry, number>, now: () => number): AuditLog {
  return {
    async record(who, action, details = {}) {
      const entry: AuditEntry = { at: new Date(now()).toISOString(), who, action, details };
      await db.transaction(() => {
        const [last = 0] = db.getKeys({ reverse: true, limit: 1 });
        db.put(last + 1, entry);
      });
      await db.flushed;
    },
    list: (limit, before) =>
      [...db.getRange({ reverse: true, limit, ...(before === undefined ? {} : { start: before - 1 }) })].map(
        ({ key, value }) => ({ key, entry: value }),
      ),
  };
}
