import type { IncomingHttpHeaders } from 'node:http';

/** Over https the name begins with `__Host-`: browsers then take it from this very host over https alone. */
const NAME = 'wuxing_session';
const SECURE_NAME = `__Host-${NAME}`;

export const SESSION_COOKIE = NAME;

const nameOf = (secure: boolean): string => (secure ? SECURE_NAME : NAME);

/** Out of reach of scripts and of other sites' pages. An empty secret clears it. */
export const sessionCookie = (secret: string, maxAge: number, secure: boolean): string =>
  `${nameOf(secure)}=${secret}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;

const valuesOf = (headers: IncomingHttpHeaders, wanted: string): string[] =>
  (headers.cookie ?? '').split(';').flatMap((pair) => {
    const [name = '', value = ''] = pair.trim().split('=', 2);
    return name === wanted && /^[A-Za-z0-9_-]{1,128}$/.test(value) ? [value] : [];
  });

/**
 * The sessions that a request brings, in its order. There may be several: a neighbour on the same site can set a
 * cookie of the name, too. Over https only what this host set itself over https is looked at.
 */
export const sessionsIn = (headers: IncomingHttpHeaders, secure: boolean): string[] =>
  valuesOf(headers, nameOf(secure));

/** Binds a single sign-on to the browser that began it. Lax, because the way back begins on the provider's page. */
const SIGN_ON = 'wuxing_sign_on';
const signOnName = (secure: boolean): string => (secure ? `__Host-${SIGN_ON}` : SIGN_ON);

export const signOnCookie = (secret: string, secure: boolean): string =>
  `${signOnName(secure)}=${secret}; Path=/; Max-Age=${secret ? 600 : 0}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;

export const signOnIn = (headers: IncomingHttpHeaders, secure: boolean): string =>
  valuesOf(headers, signOnName(secure))[0] ?? '';
