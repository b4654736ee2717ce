import { z } from 'zod';
import { unitId } from '#schemas/ids.ts';

/** Who is asking. Tokens make principals today; accounts will make the same ones, so nothing else knows of tokens. */
export const role = z.enum(['unit', 'leader', 'organisation']);
export type Role = z.infer<typeof role>;

export const ROLES = role.options;
/** Everybody who is signed in. */
export const ANY: readonly Role[] = ROLES;
/** The leading group and the organisation department: they see all units. */
export const OVERSEERS: readonly Role[] = ['leader', 'organisation'];
export const ORGANISATION_ONLY: readonly Role[] = ['organisation'];

export const principal = z.strictObject({
  /** The credential (later: the account) that it comes from: revoking that ends everything that came from it. */
  id: z.string(),
  role,
  /** The unit that a `unit` is bound to. */
  unit: unitId.optional(),
  label: z.string(),
});
export type Principal = z.infer<typeof principal>;

/** True where a principal may see a unit's own affairs. */
export const maySeeUnit = (who: Principal, unit: string): boolean => who.role !== 'unit' || who.unit === unit;
