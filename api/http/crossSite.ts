import type { IncomingHttpHeaders } from 'node:http';
import { Problem } from './problem.ts';

/**
 * A browser sends the session's cookie along whoever wrote the page. SameSite=Strict stops most of that; this stops
 * the rest (a neighbour on the same site, an old browser). Browsers say where a request comes from in Sec-Fetch-Site, or
 * at least in Origin; a client that says neither must send X-Requested-With, which no foreign form can.
 * Without a session only a request that says it is foreign is refused: nobody can be signed in from elsewhere.
 */
export function refuseCrossSite(headers: IncomingHttpHeaders, session: boolean): void {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) {
    if (site === 'same-origin' || site === 'none') return;
    if (session || headers.authorization === undefined) throw foreign();
    return;
  }
  if (headers.origin !== undefined && headers.authorization === undefined) {
    if (hostOf(headers.origin) !== headers.host) throw foreign();
    return;
  }
  if (session && headers['x-requested-with'] === undefined)
    throw new Problem('cross-site', 'With a session, send the header X-Requested-With: wuxing.');
}

const foreign = () => new Problem('cross-site', 'This came from a page of another site.');

const hostOf = (origin: string): string | undefined =>
  URL.canParse(origin) ? new URL(origin).host : undefined;
