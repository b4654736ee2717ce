import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Projection } from '#api/ports.ts';

export type Metrics = {
  registry: Registry;
  observe(method: string, route: string, status: number, seconds: number): void;
};

/** A registry of its own for each app, so that two in one process (tests) don't share counts. */
export function createMetrics(projection: Pick<Projection, 'watermark' | 'troubles'>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
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
  new Gauge({
    name: 'wuxing_events_projected',
    help: 'Records of the stream that reads reflect',
    registers: [registry],
    collect() {
      this.set(projection.watermark().reduce((sum, offset) => sum + offset, 0));
    },
  });
  new Gauge({
    name: 'wuxing_ready',
    help: '1 while everything works',
    registers: [registry],
    collect() {
      this.set(projection.troubles().length ? 0 : 1);
    },
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
