import { z } from 'zod';
import { ORGANISATION_ONLY } from '#api/access/principal.ts';
import { Problem } from '#api/http/problem.ts';
import { type Route, route } from '#api/http/route.ts';
import { reviewScope, rights, role } from '#schemas/access.ts';
import { timestamp } from '#schemas/dates.ts';
import { name, unitId } from '#schemas/ids.ts';
import { credentialAnswer, credentialList, issued } from '#schemas/results/access.ts';
import { type AccessRouteDeps, describe, rowOf, signInLink } from './shared.ts';

const newCredential = z
  .strictObject({
    kind: z.enum(['bearer', 'link']).default('bearer'),
    role,
    unit: unitId.optional(),
    reviews: reviewScope.optional(),
    /** What it is for. */
    label: name,
    expiresAt: timestamp.optional(),
  })
  .refine((invited) => (invited.role === 'unit') === (invited.unit !== undefined), {
    path: ['unit'],
    error: 'must be given for the role unit, and for that role only',
  })
  .refine((invited) => (invited.role === 'reviewer') === (invited.reviews !== undefined), {
    path: ['reviews'],
    error: 'must be given for the role reviewer, and for that role only',
  });

const newInvitation = z.strictObject({ rights, label: name, expiresAt: timestamp.optional() });

const INVITATION_DAYS = 14;
const DAY_MS = 86_400_000;

export const credentialRoutes = (deps: AccessRouteDeps): Route[] => [
  issueRoute(deps),
  inviteRoute(deps),
  route({
    method: 'get',
    path: '/tokens',
    tag: 'access',
    roles: ORGANISATION_ONLY,
    summary: 'Tokens, links and invitations, without their secrets',
    answers: {
      200: { description: 'Oldest first', schema: credentialList },
    },
    handler: ({ now }) => ({ body: { tokens: deps.access.list().map((found) => rowOf(found, now())) } }),
  }),
  route<{ id: string }>({
    method: 'delete',
    path: '/tokens/:id',
    tag: 'access',
    roles: ORGANISATION_ONLY,
    closes: true,
    summary: 'Revoke a token, link or invitation, with every session that came from it, at once',
    params: z.strictObject({ id: z.string().min(1).max(64) }),
    answers: { 200: { description: 'Revoked', schema: credentialAnswer } },
    async handler({ params, record, now }) {
      const revoked = await deps.access.revoke(params.id);
      if (!revoked) throw new Problem('not-found', `There is no token ${params.id}.`);
      await record('token.revoked', describe(revoked));
      return { body: { credential: rowOf(revoked, now()) } };
    },
  }),
];

const issueRoute = ({ access, publicUrl }: AccessRouteDeps): Route =>
  route<unknown, unknown, z.infer<typeof newCredential>>({
    method: 'post',
    path: '/tokens',
    tag: 'access',
    roles: ORGANISATION_ONLY,
    summary: 'Issue a bearer token or a one-time sign-in link',
    body: { as: 'json', schema: newCredential },
    answers: { 201: { description: 'The secret is shown this once', schema: issued } },
    async handler({ body, record, now }) {
      const { role: only, unit, reviews, kind, label } = body;
      const expiresAt = body.expiresAt === undefined ? null : Date.parse(body.expiresAt);
      const held = { roles: [only], ...(unit && { unit }), ...(reviews && { reviews }) };
      const made = await access.issue({ kind, label, rights: held, expiresAt });
      await record('token.issued', describe(made.credential));
      const link = kind === 'link' ? { link: signInLink(publicUrl(), made.secret) } : {};
      return {
        status: 201,
        body: { token: made.secret, ...link, credential: rowOf(made.credential, now()) },
      };
    },
  });

const inviteRoute = ({ access, publicUrl }: AccessRouteDeps): Route =>
  route<unknown, unknown, z.infer<typeof newInvitation>>({
    method: 'post',
    path: '/invitations',
    tag: 'access',
    roles: ORGANISATION_ONLY,
    summary: 'Invite somebody: a one-time link by which a person makes an account with these rights',
    description: `The link can be spent once, within ${INVITATION_DAYS} days unless \`expiresAt\` says otherwise.`,
    body: { as: 'json', schema: newInvitation },
    answers: { 201: { description: 'The link is shown this once', schema: issued } },
    async handler({ body, record, now }) {
      const expiresAt =
        body.expiresAt === undefined ? now() + INVITATION_DAYS * DAY_MS : Date.parse(body.expiresAt);
      const invited = {
        kind: 'link',
        purpose: 'invitation',
        label: body.label,
        rights: body.rights,
      } as const;
      const made = await access.issue({ ...invited, expiresAt });
      await record('invitation.issued', describe(made.credential));
      const link = signInLink(publicUrl(), made.secret);
      return { status: 201, body: { token: made.secret, link, credential: rowOf(made.credential, now()) } };
    },
  });
