import type { Route } from '#api/http/route.ts';
import type { Log } from '#api/ports.ts';
import { accountRoutes } from './access/accounts.ts';
import { auditRoutes } from './access/audit.ts';
import { credentialRoutes } from './access/credentials.ts';
import { linkRoutes } from './access/links.ts';
import { sessionRoutes } from './access/sessions.ts';
import type { AccessRouteDeps } from './access/shared.ts';
import { singleSignOnRoutes } from './access/singleSignOn.ts';

/** Who is who: signing in, people, tokens, and who did what. */
export const accessRoutes = (deps: AccessRouteDeps & { log: Pick<Log, 'warn'> }): Route[] => [
  ...sessionRoutes(deps),
  ...linkRoutes(deps),
  ...accountRoutes(deps),
  ...credentialRoutes(deps),
  ...singleSignOnRoutes(deps),
  ...auditRoutes(deps),
];
