import { z } from 'zod';
import { openId, unitId } from './ids.ts';

/** Who may do what. The functions that ask it are in `api/access/principal.ts`. */
export const role = z.enum(['unit', 'reviewer', 'leader', 'organisation']);
export type Role = z.infer<typeof role>;
export const ROLES = role.options;

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

/** Who is asking. A person may hold several roles at once; rights add up. */
export const principal = z.strictObject({
  /** The account or credential that it comes from: ending that ends everything that came from it. */
  id: z.string(),
  label: z.string(),
  ...shape,
});
export type Principal = z.infer<typeof principal>;

/**
 * What a link is for. `sign-in` opens a session without an account; `set-up` makes the first account of the
 * department; `invitation` makes an account with the rights that it carries; `reset` lets an account choose a new
 * password. All are spent once, by a press.
 */
export const purpose = z.enum(['sign-in', 'set-up', 'invitation', 'reset']);
export type Purpose = z.infer<typeof purpose>;
