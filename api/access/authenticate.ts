import type { IncomingHttpHeaders } from 'node:http';
import type { Access } from './access.ts';
import { sessionsIn } from './cookies.ts';
import type { Principal } from './principal.ts';

/** `session`: the id of the session that it came by. */
export type Caller = {
  principal: Principal;
  by: 'token' | 'session';
  session?: string;
  expiresAt: number | null;
};

/**
 * Who sends these headers (`secure`: over https); undefined for a stranger, and for whoever brings a secret that is
 * not, or no longer, valid. `touch`: it is a request of theirs, not a question whether they are still let in.
 */
export type Authenticate = (
  headers: IncomingHttpHeaders,
  secure: boolean,
  touch: boolean,
) => Caller | undefined;

/** Of several session cookies the valid one counts. */
export const createAuthenticate =
  (access: Pick<Access, 'byToken' | 'bySession'>): Authenticate =>
  (headers, secure, touch) => {
    if (headers.authorization !== undefined) {
      const secret = /^Bearer +([\x21-\x7e]{1,512})$/i.exec(headers.authorization)?.[1];
      const principal = secret === undefined ? undefined : access.byToken(secret);
      return principal && { principal, by: 'token', expiresAt: null };
    }
    for (const secret of sessionsIn(headers, secure)) {
      const session = access.bySession(secret, touch);
      if (session) return { ...session, by: 'session' };
    }
    return undefined;
  };
