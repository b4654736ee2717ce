import { z } from 'zod';
import type { AuditEntry, AuditFilter } from '#api/access/audit.ts';
import { ORGANISATION_ONLY } from '#api/access/principal.ts';
import { whole } from '#api/http/parameters.ts';
import { type Route, route } from '#api/http/route.ts';
import { timestamp } from '#schemas/dates.ts';
import { formatWatermark } from '#schemas/position.ts';
import { csvOf } from '#schemas/presentation/separated.ts';
import { auditList } from '#schemas/results/access.ts';
import type { AccessRouteDeps } from './shared.ts';

const filter = {
  q: z.string().min(1).max(200).optional(),
  action: z.string().min(1).max(64).optional(),
  who: z.string().min(1).max(64).optional(),
  since: timestamp.optional(),
  until: timestamp.optional(),
};

const query = z.strictObject({
  ...filter,
  limit: whole(1, 10_000).default(1_000),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, { error: 'must be a cursor that this server gave' })
    .optional(),
});

export const auditRoutes = (deps: AccessRouteDeps): Route[] => [listRoute(deps), fileRoute(deps)];

const listRoute = ({ access, projection }: AccessRouteDeps): Route =>
  route<unknown, AuditFilter & { limit: number; cursor?: string }>({
    method: 'get',
    path: '/audit',
    tag: 'access',
    roles: ORGANISATION_ONLY,
    summary: 'Who did what, when, from where',
    description:
      '`q` is looked for in everything an entry says; `action` is one, or what it begins with (`session`). Entries are added, never changed or removed.',
    query,
    answers: {
      200: {
        description: 'Newest first',
        schema: auditList,
      },
    },
    handler({ query: { limit, cursor, ...wanted } }) {
      const { found, next } = access.audit.list(
        limit,
        cursor === undefined ? undefined : Number(cursor),
        wanted,
      );
      return {
        body: {
          entries: found.map(({ entry }) => entry),
          nextCursor: next === null ? null : String(next),
          watermark: formatWatermark(projection.watermark()),
        },
      };
    },
  });

const COLUMNS = ['at', 'who', 'id', 'roles', 'unit', 'action', 'from', 'details'].map((id) => ({
  id,
  heading: id,
  kind: 'text' as const,
  width: 20,
}));
const cellsOf = ({ at, who, action, from, details }: AuditEntry): string[] => [
  at,
  who.label,
  who.id,
  who.roles.join(' '),
  who.unit ?? '',
  action,
  from ?? '',
  JSON.stringify(details),
];

const PAGE = 1_000;

const fileRoute = ({ access }: AccessRouteDeps): Route =>
  route<unknown, AuditFilter>({
    method: 'get',
    path: '/audit.csv',
    tag: 'access',
    roles: ORGANISATION_ONLY,
    summary: 'The audit log as a file, under the same filters',
    query: z.strictObject(filter),
    audited: 'audit.exported',
    answers: { 200: { description: 'Newest first', type: 'text/csv' } },
    handler: ({ query: wanted }) => ({
      headers: { 'Content-Disposition': 'attachment; filename="audit.csv"' },
      stream: {
        type: 'text/csv; charset=utf-8',
        async *chunks() {
          const head = [...csvOf({ columns: COLUMNS, rows: [] })].join('');
          yield head;
          let before: number | undefined;
          do {
            const { found, next } = access.audit.list(PAGE, before, wanted);
            const rows = found.map(({ entry }) => cellsOf(entry));
            yield [...csvOf({ columns: COLUMNS, rows })].join('').slice(head.length);
            before = next ?? undefined;
            // Others get their turn between pages.
            await new Promise((resolve) => setImmediate(resolve));
          } while (before !== undefined);
        },
      },
    }),
  });
