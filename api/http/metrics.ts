import { Counter, Histogram, type Registry } from 'prom-client';
import type { Projection } from '#api/ports.ts';
import { createRegistry } from '#ingest/process/health.ts';

export type Metrics = {
  registry: Registry;
  observe(method: string, route: string, status: number, seconds: number): void;
};

export function createMetrics(projection: Pick<Projection, 'watermark' | 'troubles'>): Metrics {
  const registry = createRegistry({
    projected: () => projection.watermark().reduce((sum, offset) => sum + offset, 0),
    troubles: projection.troubles,
  });
  const seconds = new Histogram({
    name: 'wuxing_http_request_duration_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  });
  const requests = new Counter({
    name: 'wuxing_http_requests_total',
    help: 'Requests answered, by route and status',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  });
  return {
    registry,
    observe(method, route, status, took) {
      const labels = { method, route, status: String(status) };
      seconds.observe(labels, took);
      requests.inc(labels);
    },
  };
}
