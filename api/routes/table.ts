import type { AppDeps } from '#api/app.ts';
import type { Route } from '#api/http/route.ts';
import { accessRoutes } from './access.ts';
import { eventRoutes } from './events.ts';
import { freezeRoutes } from './freezes.ts';
import { liveRoutes } from './live.ts';
import { planRoutes } from './plans.ts';
import { rankingRoutes } from './rankings.ts';
import { unitRoutes } from './units.ts';
import { upkeepRoutes } from './upkeep.ts';

/** Every route of the product. What is not here does not exist, for nobody. */
export const routeTable = (deps: AppDeps): Route[] => {
  const audit = deps.access.audit;
  return [
    ...eventRoutes(deps),
    ...planRoutes({ ...deps, audit }),
    ...rankingRoutes(deps),
    ...unitRoutes(deps),
    ...freezeRoutes({ ...deps, audit }),
    ...upkeepRoutes({ ...deps, audit }),
    ...liveRoutes(deps),
    ...accessRoutes(deps),
  ];
};
