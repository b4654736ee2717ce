import type { Route } from '#api/http/route.ts';
import type { Log } from '#api/ports.ts';
import { accountRoutes } from './accounts.ts';
import { auditRoutes } from './audit.ts';
import { credentialRoutes } from './credentials.ts';
import { linkRoutes } from './links.ts';
import { sessionRoutes } from './sessions.ts';
import type { AccessRouteDeps } from './shared.ts';
import { singleSignOnRoutes } from './singleSignOn.ts';

/** Who is who: signing in, people, tokens, and who did what. */
export const accessRoutes = (deps: AccessRouteDeps & { log: Pick<Log, 'warn'> }): Route[] => [
  ...sessionRoutes(deps),
  ...linkRoutes(deps),
  ...accountRoutes(deps),
  ...credentialRoutes(deps),
  ...singleSignOnRoutes(deps),
  ...auditRoutes(deps),
];
