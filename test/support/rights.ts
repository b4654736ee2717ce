import type { Rights, Role } from '#api/access/principal.ts';

/** What a token with one role may do; a reviewer is bound to the criterion `integrity`. */
export const rightsFor = (role: Role, unit?: string): Rights => ({
  roles: [role],
  ...(unit === undefined ? {} : { unit }),
  ...(role === 'reviewer' ? { reviews: { criteria: ['integrity'], kinds: [] } } : {}),
});
