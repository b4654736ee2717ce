import type { IncomingHttpHeaders } from 'node:http';
import type { Access } from './access.ts';
import { sessionsIn } from './cookies.ts';
import type { Principal } from './principal.ts';

export type Caller = { principal: Principal; by: 'token' | 'session'; expiresAt: number | null };

/**
 * Who sends these headers (`secure`: over https); undefined for a stranger, and for whoever brings a secret that is
 * not, or no longer, valid.
 */
export type Authenticate = (headers: IncomingHttpHeaders, secure: boolean) => Caller | undefined;

/** Of several session cookies the valid one counts. */
export const createAuthenticate =
  (access: Pick<Access, 'byToken' | 'bySession'>): Authenticate =>
  (headers, secure) => {
    if (headers.authorization !== undefined) {
      const secret = /^Bearer +([\x21-\x7e]{1,512})$/i.exec(headers.authorization)?.[1];
      const principal = secret === undefined ? undefined : access.byToken(secret);
      return principal && { principal, by: 'token', expiresAt: null };
    }
    for (const secret of sessionsIn(headers, secure)) {
      const session = access.bySession(secret);
      if (session) return { ...session, by: 'session' };
    }
    return undefined;
  };
