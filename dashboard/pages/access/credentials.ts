import type { CredentialRow } from '#schemas/results/access.ts';

export type CredentialState = 'valid' | 'revoked' | 'expired' | 'spent';

export function stateOf(
  { kind, revokedAt, expiresAt, usedAt }: CredentialRow,
  now: number = Date.now(),
): CredentialState {
  if (revokedAt !== null) return 'revoked';
  if (kind === 'link' && usedAt !== null) return 'spent';
  return expiresAt !== null && Date.parse(expiresAt) <= now ? 'expired' : 'valid';
}

export const isOpen = (found: CredentialRow): boolean => stateOf(found) === 'valid';
