import express, { type Router } from 'express';
import type { Projection } from '#api/ports.ts';
import { healthAt } from '#ingest/process/health.ts';
import type { Metrics } from './metrics.ts';
import { onlyMethods } from './router.ts';

/** Liveness, readiness and measurements, for machines on the same network; they tell nothing of units. */
export function healthRouter(projection: Pick<Projection, 'troubles'>, metrics: Metrics): Router {
  const router = express.Router();
  router.get(['/healthz', '/readyz'], (request, response, next) => {
    const health = healthAt(request.path, projection.troubles);
    if (!health) return next();
    response.status(health.status).set('Cache-Control', 'no-store').json(health.body);
  });
  router.get('/metrics', async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  router.all(['/healthz', '/readyz', '/metrics'], onlyMethods(['GET', 'HEAD']));
  return router;
}
