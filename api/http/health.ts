import express, { type Router } from 'express';
import type { Projection } from '#api/ports.ts';
import type { Metrics } from './metrics.ts';
import { onlyMethods } from './router.ts';

/** Liveness, readiness and measurements, for machines on the same network; they tell nothing of units. */
export function healthRouter(projection: Pick<Projection, 'troubles'>, metrics: Metrics): Router {
  const router = express.Router();
  router.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  router.get('/readyz', (_request, response) => {
    const troubles = projection.troubles();
    response
      .status(troubles.length ? 503 : 200)
      .set('Cache-Control', 'no-store')
      .json(troubles.length ? { status: 'unavailable', troubles } : { status: 'ok' });
  });
  router.get('/metrics', async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  router.all(['/healthz', '/readyz', '/metrics'], onlyMethods(['GET', 'HEAD']));
  return router;
}
