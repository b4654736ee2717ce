import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express } from 'express';
import { createAuthenticate } from './access/authenticate.ts';
import { createVigil } from './access/vigil.ts';
import { dashboardRouter } from './http/dashboard.ts';
import { tellOfProxies } from './http/forwarded.ts';
import { addressGuesses } from './http/guesses.ts';
import { healthRouter } from './http/health.ts';
import { createMetrics } from './http/metrics.ts';
import { observe } from './http/observe.ts';
import { Problem, problems } from './http/problem.ts';
import { createRouter } from './http/router.ts';
import { securityHeaders } from './http/security.ts';
import { closeWhereUnread } from './http/unread.ts';
import { openapiDocument } from './openapi.ts';
import { openapiRouter } from './openapiPage.ts';
import type { Log } from './ports.ts';
import { type RouteDeps, routeTable } from './routes/table.ts';

export type AppDeps = RouteDeps & {
  log: Log;
  /** True where people reach the server by https, so that the cookie never goes over plain http. */
  secureCookie: boolean;
  /** Folder of the built dashboard; without it only the API is served. */
  dashboard?: string;
  uploadLimitMb: number;
  trustProxy: number;
  /** In tests: hold every answer to its declared schema. */
  checkAnswers?: boolean;
  now?: () => number;
  /** Whether the disk takes what a call writes. */
  hasRoom?: () => boolean;
};

/** Makes the application out of its parts. Opens and listens to nothing. */
export function createApp(deps: AppDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', deps.trustProxy);
  app.set('query parser', 'simple');

  const routes = routeTable(deps);
  const metrics = createMetrics(deps.projection);
  app.use(observe(deps.log, metrics));
  app.use(closeWhereUnread());
  if (deps.trustProxy === 0) app.use(tellOfProxies(deps.log, deps.now));
  app.use(securityHeaders());
  app.use(healthRouter(deps.projection, metrics));
  app.use(
    '/api',
    openapiRouter(() => openapiDocument(routes)),
  );
  app.use(
    '/api',
    createRouter(routes, {
      authenticate: createAuthenticate(deps.access),
      bodyLimit: deps.uploadLimitMb * 1024 * 1024,
      guesses: addressGuesses(deps.now),
      secureCookie: deps.secureCookie,
      vigil: createVigil(),
      audit: deps.access.audit,
      now: deps.now ?? Date.now,
      hasRoom: deps.hasRoom,
      checkAnswers: deps.checkAnswers,
    }),
  );
  if (deps.dashboard && existsSync(join(deps.dashboard, 'index.html')))
    app.use(dashboardRouter(deps.dashboard));
  app.use((request) => {
    throw new Problem('not-found', `There is no ${request.method} ${request.path}.`);
  });
  app.use(problems((error, requestId) => deps.log.error({ err: error, requestId }, 'request failed')));
  return app;
}
