import { z } from 'zod';
import { type Access, credential } from '#api/access/access.ts';
import { auditEntry } from '#api/access/audit.ts';
import { sessionCookie, sessionsIn } from '#api/access/cookies.ts';
import { ORGANISATION_ONLY, type Principal, principal, role } from '#api/access/principal.ts';
import { paging } from '#api/http/parameters.ts';
import { Problem } from '#api/http/problem.ts';
import { publicRoute, type Route, route } from '#api/http/route.ts';
import type { Paged, Projection } from '#api/ports.ts';
import { timestamp } from '#schemas/dates.ts';
import { name, unitId } from '#schemas/ids.ts';
import { formatWatermark } from '#schemas/position.ts';

export type AccessRouteDeps = {
  access: Access;
  sessionHours: number;
  /** True where people reach the server by https, so that the cookie never goes over plain http. */
  secureCookie: boolean;
  /** Begins a sign-in link. */
  publicUrl: () => string;
  projection: Pick<Projection, 'watermark'>;
};

const sessionAnswer = z.strictObject({ principal, expiresAt: timestamp.nullable() });

/** What anybody may know of a credential: never its secret. */
const credentialRow = credential
  .omit({ createdAt: true, expiresAt: true, revokedAt: true, usedAt: true })
  .extend({
    createdAt: timestamp,
    expiresAt: timestamp.nullable(),
    revokedAt: timestamp.nullable(),
    usedAt: timestamp.nullable(),
  });

const date = (instant: number | null): string | null =>
  instant === null ? null : new Date(instant).toISOString();

const rowOf = (found: z.infer<typeof credential>) => ({
  ...found,
  createdAt: date(found.createdAt),
  expiresAt: date(found.expiresAt),
  revokedAt: date(found.revokedAt),
  usedAt: date(found.usedAt),
});

const newCredential = z
  .strictObject({
    kind: z.enum(['bearer', 'link']).default('bearer'),
    role,
    unit: unitId.optional(),
    label: name,
    expiresAt: timestamp.optional(),
  })
  .refine((wish) => (wish.role === 'unit') === (wish.unit !== undefined), {
    path: ['unit'],
    error: 'must be given for the role unit, and for that role only',
  });

export function accessRoutes(deps: AccessRouteDeps): Route[] {
  return [...sessionRoutes(deps), ...credentialRoutes(deps), auditRoute(deps)];
}

const sessionRoutes = ({ access, sessionHours }: AccessRouteDeps): Route[] => [
  publicRoute<unknown, unknown, { token: string }>({
    method: 'post',
    path: '/sessions',
    tag: 'access',
    roles: 'public',
    guarded: true,
    summary: 'Sign in: exchange a one-time link’s token, or a bearer token, for a session cookie',
    body: { as: 'json', schema: z.strictObject({ token: z.string().min(1).max(512) }) },
    answers: { 201: { description: 'Signed in; the cookie is set', schema: sessionAnswer } },
    async handler({ body, headers, secure }) {
      const session = await access.signIn(body.token, sessionHours);
      if (!session)
        throw new Problem(
          'not-signed-in',
          'This link or token is not valid, no longer valid, or was used already.',
        );
      for (const earlier of sessionsIn(headers, secure)) await access.signOut(earlier);
      await access.audit.record(session.principal, 'session.opened');
      return {
        status: 201,
        headers: { 'Set-Cookie': sessionCookie(session.secret, sessionHours * 3_600, secure) },
        body: { principal: session.principal, expiresAt: date(session.expiresAt) },
      };
    },
  }),
  publicRoute({
    method: 'delete',
    path: '/sessions',
    tag: 'access',
    roles: 'public',
    summary: 'Sign out',
    answers: { 204: { description: 'The session is over' } },
    async handler({ headers, principal: who, secure }) {
      const secrets = sessionsIn(headers, secure);
      for (const secret of secrets) await access.signOut(secret);
      if (secrets.length > 0 && who) await access.audit.record(who, 'session.closed');
      return { status: 204, headers: { 'Set-Cookie': sessionCookie('', 0, secure) } };
    },
  }),
  publicRoute({
    method: 'get',
    path: '/session',
    tag: 'access',
    roles: 'public',
    summary: 'Who am I',
    answers: {
      200: {
        description:
          'The principal; null for a stranger, whose browser would report a 401 as an error of the page',
        schema: z.strictObject({ principal: principal.nullable(), expiresAt: timestamp.nullable() }),
      },
    },
    handler: ({ principal: who, headers, secure }) => {
      if (headers.authorization !== undefined && !who)
        throw new Problem('not-signed-in', 'This token is not valid, or no longer valid.');
      const secrets = headers.authorization === undefined ? sessionsIn(headers, secure) : [];
      const session = secrets.map(access.bySession).find((found) => found !== undefined);
      return { body: { principal: who ?? null, expiresAt: date(session?.expiresAt ?? null) } };
    },
  }),
];

const credentialRoutes = ({ access, publicUrl }: AccessRouteDeps): Route[] => [
  route<unknown, unknown, z.infer<typeof newCredential>>({
    method: 'post',
    path: '/tokens',
    tag: 'access',
    roles: ORGANISATION_ONLY,
    summary: 'Issue a bearer token or a one-time sign-in link',
    body: { as: 'json', schema: newCredential },
    answers: {
      201: {
        description: 'The secret is shown this once',
        schema: z.strictObject({ token: z.string(), link: z.string().optional(), credential: credentialRow }),
      },
    },
    async handler({ body, principal: who }) {
      const expiresAt = body.expiresAt === undefined ? null : Date.parse(body.expiresAt);
      const made = await access.issue({ ...body, unit: body.unit, expiresAt });
      await access.audit.record(who, 'token.issued', describe(made.credential));
      const link = body.kind === 'link' ? { link: signInLink(publicUrl(), made.secret) } : {};
      return { status: 201, body: { token: made.secret, ...link, credential: rowOf(made.credential) } };
    },
  }),
  route({
    method: 'get',
    path: '/tokens',
    tag: 'access',
    roles: ORGANISATION_ONLY,
    summary: 'Tokens and links, without their secrets',
    answers: {
      200: { description: 'Oldest first', schema: z.strictObject({ tokens: z.array(credentialRow) }) },
    },
    handler: () => ({ body: { tokens: access.list().map(rowOf) } }),
  }),
  route<{ id: string }>({
    method: 'delete',
    path: '/tokens/:id',
    tag: 'access',
    roles: ORGANISATION_ONLY,
    summary: 'Revoke a token or link, with every session that came from it, at once',
    params: z.strictObject({ id: z.string().max(64) }),
    answers: { 200: { description: 'Revoked', schema: z.strictObject({ credential: credentialRow }) } },
    async handler({ params, principal: who }) {
      const revoked = await access.revoke(params.id);
      if (!revoked) throw new Problem('not-found', `There is no token ${params.id}.`);
      await access.audit.record(who, 'token.revoked', describe(revoked));
      return { body: { credential: rowOf(revoked) } };
    },
  }),
];

export const signInLink = (base: string, secret: string): string => `${base}/sign-in#token=${secret}`;

export const describe = ({ id, kind, role, unit, label }: z.infer<typeof credential>) => ({
  id,
  kind,
  role,
  ...(unit === undefined ? {} : { unit }),
  label,
});

const auditRoute = ({ access, projection }: AccessRouteDeps): Route =>
  route<unknown, Paged>({
    method: 'get',
    path: '/audit',
    tag: 'access',
    roles: ORGANISATION_ONLY,
    summary: 'Who did what',
    query: z.strictObject({
      ...paging,
      cursor: z
        .string()
        .regex(/^\d{1,15}$/)
        .optional(),
    }),
    answers: {
      200: {
        description: 'Newest first',
        schema: z.strictObject({
          entries: z.array(auditEntry),
          nextCursor: z.string().nullable(),
          watermark: z.string(),
        }),
      },
    },
    handler({ query }) {
      const found = access.audit.list(
        query.limit,
        query.cursor === undefined ? undefined : Number(query.cursor),
      );
      const last = found.at(-1)?.key ?? 1;
      return {
        body: {
          entries: found.map(({ entry }) => entry satisfies { who: Principal }),
          nextCursor: found.length === query.limit && last > 1 ? String(last) : null,
          watermark: formatWatermark(projection.watermark()),
        },
      };
    },
  });
