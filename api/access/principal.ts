import { type Principal, type Rights, ROLES, type Role } from '#schemas/access.ts';

export type { Position, Principal, ReviewScope, Rights, Role } from '#schemas/access.ts';
/**
 * Who is asking, and what they may do: rights of several roles add up. Tokens, links and accounts all make the same
 * principal, so nothing behind the router knows which of them somebody came by. Routes ask the functions below,
 * never the fields.
 */

/** Everybody who is signed in. */
export const ANY: readonly Role[] = ROLES;
/** The leading group, the reviewers and the organisation department: they see all units. */
export const OVERSEERS: readonly Role[] = ['reviewer', 'leader', 'organisation'];
export const ORGANISATION_ONLY: readonly Role[] = ['organisation'];

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
