import type { IncomingHttpHeaders } from 'node:http';
import type { Access } from './access.ts';
import type { Principal } from './principal.ts';

export const SESSION_COOKIE = 'wuxing_session';

export type Caller = { principal: Principal; by: 'token' | 'session'; expiresAt: number | null };

/** Who sends these headers; undefined for a stranger, and for whoever brings a secret that is not, or no longer, valid. */
export type Authenticate = (headers: IncomingHttpHeaders) => Caller | undefined;

export const sessionOf = (headers: IncomingHttpHeaders): string | undefined =>
  new RegExp(`(?:^|;\\s*)${SESSION_COOKIE}=([A-Za-z0-9_-]{1,128})`).exec(headers.cookie ?? '')?.[1];

export const createAuthenticate =
  (access: Pick<Access, 'byToken' | 'bySession'>): Authenticate =>
  (headers) => {
    if (headers.authorization !== undefined) {
      const secret = /^Bearer +([\x21-\x7e]{1,512})$/i.exec(headers.authorization)?.[1];
      const principal = secret === undefined ? undefined : access.byToken(secret);
      return principal && { principal, by: 'token', expiresAt: null };
    }
    const secret = sessionOf(headers);
    const session = secret === undefined ? undefined : access.bySession(secret);
    return session && { ...session, by: 'session' };
  };
