import { z } from 'zod';
import { openId, unitId } from '#schemas/ids.ts';

/**
 * Who is asking, and what they may do. A person may hold several roles at once; rights add up. Tokens, links and
 * accounts all make the same principal, so nothing behind the router knows which of them somebody came by. Routes ask
 * the functions below, never the fields.
 */
export const role = z.enum(['unit', 'reviewer', 'leader', 'organisation']);
export type Role = z.infer<typeof role>;

export const ROLES = role.options;
/** Everybody who is signed in. */
export const ANY: readonly Role[] = ROLES;
/** The leading group, the reviewers and the organisation department: they see all units. */
export const OVERSEERS: readonly Role[] = ['reviewer', 'leader', 'organisation'];
export const ORGANISATION_ONLY: readonly Role[] = ['organisation'];

/** Inside a unit: who reports, and who besides submits the self-inspection. */
export const position = z.enum(['reporter', 'head']);
export type Position = z.infer<typeof position>;

/** Where a reviewer decides: all kinds of whole criteria, and single kinds. */
export const reviewScope = z
  .strictObject({
    criteria: z.array(openId).max(100).default([]),
    kinds: z.array(openId).max(500).default([]),
  })
  .refine(({ criteria, kinds }) => criteria.length + kinds.length > 0, {
    error: 'must name at least one criterion or kind',
  });
export type ReviewScope = z.infer<typeof reviewScope>;

const shape = {
  roles: z.array(role).min(1).max(ROLES.length),
  /** The one unit that somebody with the role `unit` is bound to. */
  unit: unitId.optional(),
  position: position.optional(),
  reviews: reviewScope.optional(),
};

/** What somebody may do: the part of an account, a token or an invitation that a principal is made of. */
export const rights = z
  .strictObject(shape)
  .refine(({ roles }) => new Set(roles).size === roles.length, {
    path: ['roles'],
    error: 'must name each role once',
  })
  .refine(({ roles, unit }) => roles.includes('unit') === (unit !== undefined), {
    path: ['unit'],
    error: 'must be given for the role unit, and for that role only',
  })
  .refine(({ roles, position }) => roles.includes('unit') || position === undefined, {
    path: ['position'],
    error: 'goes with the role unit only',
  })
  .refine(({ roles, reviews }) => roles.includes('reviewer') === (reviews !== undefined), {
    path: ['reviews'],
    error: 'must be given for the role reviewer, and for that role only',
  });
export type Rights = z.infer<typeof rights>;

export const principal = z.strictObject({
  /** The account or credential that it comes from: ending that ends everything that came from it. */
  id: z.string(),
  label: z.string(),
  ...shape,
});
export type Principal = z.infer<typeof principal>;

export const holds = ({ roles }: Pick<Principal, 'roles'>, allowed: readonly Role[]): boolean =>
  roles.some((held) => allowed.includes(held));

/** True where a principal sees all units, and not its own alone. */
export const seesAll = (who: Pick<Principal, 'roles'>): boolean => holds(who, OVERSEERS);

/** True where a principal may see a unit's own affairs. */
export const maySeeUnit = (who: Principal, unit: string): boolean => seesAll(who) || who.unit === unit;

/** The unit to which what a principal sees is confined; undefined where it sees all. */
export const confinedTo = (who: Principal): string | undefined =>
  seesAll(who) ? undefined : (who.unit ?? '');

/** What no token says otherwise: a unit's token speaks for the unit, as its head does. */
export const maySubmit = (who: Principal): boolean => who.position !== 'reporter';

/** Makes the principal of a credential or an account; the fields that are not there stay out. */
export const principalOf = (id: string, label: string, held: Rights): Principal => ({
  id,
  label,
  roles: held.roles,
  ...(held.unit === undefined ? {} : { unit: held.unit }),
  ...(held.position === undefined ? {} : { position: held.position }),
  ...(held.reviews === undefined ? {} : { reviews: held.reviews }),
});
