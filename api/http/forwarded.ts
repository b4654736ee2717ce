import type { RequestHandler } from 'express';
import type { Log } from '#api/ports.ts';

const HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-proto', 'x-real-ip'];
const AGAIN_MS = 3_600_000;

/**
 * Says loudly, at most once an hour, that a proxy stands in front which TRUST_PROXY does not count: everybody then
 * seems to come from the proxy's address. Headers are not believed for that: anybody can write them.
 */
export function tellOfProxies(log: Pick<Log, 'warn'>, now: () => number = Date.now): RequestHandler {
  let told = Number.NEGATIVE_INFINITY;
  return (request, _response, next) => {
    const found = HEADERS.filter((header) => request.headers[header] !== undefined);
    if (found.length > 0 && now() - told >= AGAIN_MS) {
      told = now();
      log.warn(
        { headers: found, peer: request.socket.remoteAddress },
        'TRUST_PROXY is 0, but requests come with forwarded headers. Behind a reverse proxy set TRUST_PROXY to the ' +
          'number of proxies: otherwise all people share one address in limits and in the audit log, and cookies ' +
          'do not know of https.',
      );
    }
    next();
  };
}
