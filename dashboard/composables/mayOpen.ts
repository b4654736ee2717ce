import type { RouteLocationNormalizedLoaded } from 'vue-router';
import type { Session } from './session.ts';

/**
 * Whose page it is, as the server's routes behind it have it: `overseers` see all units, `deciders` have an inbox,
 * `reporters` send in (the department, or a unit for itself), `members` have a unit of their own. A page that names a
 * unit in its address (`units/:unit`) is also its own people's.
 */
export type Audience = 'overseers' | 'deciders' | 'department' | 'reporters' | 'members';

type Asking = Pick<Session, 'roles' | 'unit'>;

const RULES: Record<Audience, (who: Asking) => boolean> = {
  overseers: ({ roles }) => roles.some((role) => role !== 'unit'),
  deciders: ({ roles }) => roles.includes('organisation') || roles.includes('reviewer'),
  department: ({ roles }) => roles.includes('organisation'),
  reporters: ({ roles, unit }) => roles.includes('organisation') || unit !== undefined,
  members: ({ unit }) => unit !== undefined,
};

/** Whether a page has anything to show to somebody; the server decides what it answers in any case. */
export function mayOpen(
  who: Asking,
  { meta, params }: Pick<RouteLocationNormalizedLoaded, 'meta' | 'params'>,
): boolean {
  const { unit } = params;
  if (unit !== undefined && unit !== who.unit) {
    // Only the department sends in for another.
    if (meta.for === 'reporters') return RULES.department(who);
    return RULES.overseers(who);
  }
  return meta.for === undefined || RULES[meta.for](who);
}
