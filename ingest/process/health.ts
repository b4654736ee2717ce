import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** What machines that watch a process are told; nothing of the data. */

export type Health = {
  status: 200 | 503;
  body: { status: 'ok' } | { status: 'unavailable'; troubles: readonly string[] };
};

/** The answer at `/healthz` (it is alive) and `/readyz` (it does its work); undefined elsewhere. */
export function healthAt(path: string, troubles: () => readonly string[]): Health | undefined {
  if (path === '/healthz') return { status: 200, body: { status: 'ok' } };
  if (path !== '/readyz') return undefined;
  const found = troubles();
  return found.length === 0
    ? { status: 200, body: { status: 'ok' } }
    : { status: 503, body: { status: 'unavailable', troubles: found } };
}

export type Measured = { projected(): number; troubles(): readonly string[] };

/** A gauge that is read when it is asked for. */
export function gauge(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}

/** What every process measures. A registry of its own for each, so that two in one process (tests) don't share counts. */
export function createRegistry({ projected, troubles }: Measured): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  gauge(registry, 'wuxing_events_projected', 'Records of the stream that reads reflect', projected);
  gauge(registry, 'wuxing_ready', '1 while everything works', () => (troubles().length > 0 ? 0 : 1));
  return registry;
}
