import { createHash, randomBytes } from 'node:crypto';

/** What stands in the store for a secret: a reader of the store cannot sign in with it. Secrets are 256 random bits, so a plain hash suffices. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** The prefix says what a found secret is, to people and to secret scanners. */
export const newSecret = (prefix: 'wx' | 'wxlink' | 'wxsession'): string =>
  `${prefix}_${randomBytes(32).toString('base64url')}`;

/** Short, for people to name a credential by; no secret. */
export const newId = (): string => randomBytes(6).toString('hex');
