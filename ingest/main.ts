import { createServer, type Server } from 'node:http';
import { join, resolve } from 'node:path';
import closeWithGrace from 'close-with-grace';
import { pino } from 'pino';
import { Gauge, Registry } from 'prom-client';
import { z } from 'zod';
import { formatWatermark } from '#schemas/position.ts';
import { ownFolder } from './ownFolder.ts';
import { openProjector } from './run/openProjector.ts';
import { rowStoreOf } from './run/rowStore.ts';
import { type Ingest, startIngest } from './run.ts';
import { openStore } from './store/client.ts';
import { migrate } from './store/migrate.ts';
import { openStream } from './stream/open.ts';

/** The ingest service on servers: stream → store, in a process of its own. It answers /healthz, /readyz and /metrics. */

const settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8081),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('./data'),
  STREAM_URL: z.string({ error: 'must be set: kafka://host:port/topic' }),
  STORE_URL: z.string({ error: 'must be set: http(s)://user:password@host:8123/database' }),
  STORE_CLUSTER: z.string().optional(),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
});

function readSettings(): z.infer<typeof settings> {
  const given = Object.fromEntries(
    Object.keys(settings.shape).map((name) => [name, process.env[name] || undefined]),
  );
  const parsed = settings.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  process.stderr.write(`Settings refused:\n  ${faults.join('\n  ')}\n`);
  process.exit(1);
}

function metricsOf(ingest: Ingest): Registry {
  const registry = new Registry();
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  };
  gauge('wuxing_events_projected', 'Records of the stream that the store reflects', () =>
    ingest.offsets().reduce((sum, offset) => sum + offset, 0),
  );
  gauge('wuxing_events_quarantined', 'Records in quarantine', ingest.quarantined);
  gauge('wuxing_ready', '1 while the projection moves', () => (ingest.trouble() ? 0 : 1));
  return registry;
}

/** For the machines that watch over it; nothing of the data. */
function watchServer(ingest: Ingest): Server {
  const metrics = metricsOf(ingest);
  return createServer(async (request, response) => {
    const trouble = ingest.trouble();
    const path = request.url?.split('?', 1)[0];
    if (path === '/metrics') return response.end(await metrics.metrics());
    if (path === '/healthz' || path === '/readyz') {
      const ready = path === '/healthz' || trouble === undefined;
      response.writeHead(ready ? 200 : 503, { 'content-type': 'application/json' });
      return response.end(JSON.stringify({ status: ready ? 'ok' : trouble }));
    }
    response.writeHead(404).end();
  });
}

async function main(): Promise<void> {
  process.umask(0o077);
  const values = readSettings();
  const log = pino({ level: values.LOG_LEVEL, base: null }, pino.destination(2));
  const dataDir = resolve(values.DATA_DIR);
  ownFolder(dataDir);
  const store = await openStore({ url: values.STORE_URL, dataDir, cluster: values.STORE_CLUSTER });
  const migrations = await migrate(store);
  if (migrations.length > 0) log.info({ migrations }, 'store migrated');
  const stream = await openStream({ streamUrl: values.STREAM_URL, dataDir });
  const topic = values.STREAM_URL.replace(/\/\/[^@/]*@/, '//').replace(/\?.*$/, '');
  const projector = openProjector({ folder: join(dataDir, 'state'), stream: topic });
  const ingest = await startIngest({ stream, projector, store: rowStoreOf(store) });
  const server = watchServer(ingest);
  server.listen(values.PORT, values.HOST);
  log.info({ watermark: formatWatermark(ingest.offsets()) }, 'projecting');
  closeWithGrace({ delay: 15_000, logger: false }, async ({ err }) => {
    if (err) log.error({ err }, 'ending after an error that nobody caught');
    server.close();
    await ingest.stop();
    await projector.close();
    await stream.close();
    await store.close();
  });
}

await main();
