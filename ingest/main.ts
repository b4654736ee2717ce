import { createServer, type Server } from 'node:http';
import { join, resolve } from 'node:path';
import closeWithGrace from 'close-with-grace';
import { pino } from 'pino';
import { Gauge, Registry } from 'prom-client';
import { z } from 'zod';
import { formatWatermark } from '#schemas/position.ts';
import { ownFolder } from './ownFolder.ts';
import { reachers, saidOnce, Unreachable } from './reach.ts';
import { openProjector } from './run/openProjector.ts';
import { rowStoreOf } from './run/rowStore.ts';
import { type Ingest, startIngest } from './run.ts';
import { openStore } from './store/client.ts';
import { migrate } from './store/migrate.ts';
import { openStream } from './stream/open.ts';
import { createTroubleLog, type Logger } from './troubleLog.ts';

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

type Settings = z.infer<typeof settings>;

function readSettings(): Settings {
  const given = Object.fromEntries(
    Object.keys(settings.shape).map((name) => [name, process.env[name] || undefined]),
  );
  const parsed = settings.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  process.stderr.write(`Settings refused:\n  ${faults.join('\n  ')}\n`);
  process.exit(1);
}

/** What the watch server tells of: the running projection, or what is waited for until there is one. */
type Watched = { ingest: Ingest | undefined; waitsFor: string | undefined };

const troubleOf = ({ ingest, waitsFor }: Watched): string | undefined =>
  ingest ? ingest.trouble() : (waitsFor ?? 'The service is starting.');

function metricsOf(watched: Watched): Registry {
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
  gauge(
    'wuxing_events_projected',
    'Records of the stream that the store reflects',
    () => watched.ingest?.offsets().reduce((sum, offset) => sum + offset, 0) ?? 0,
  );
  gauge('wuxing_events_quarantined', 'Records in quarantine', () => watched.ingest?.quarantined() ?? 0);
  gauge('wuxing_ready', '1 while the projection moves', () => (troubleOf(watched) ? 0 : 1));
  return registry;
}

/** For the machines that watch over it; nothing of the data. */
function watchServer(watched: Watched): Server {
  const metrics = metricsOf(watched);
  return createServer(async (request, response) => {
    const trouble = troubleOf(watched);
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

async function run(values: Settings, log: Logger, watched: Watched): Promise<() => Promise<void>> {
  const dataDir = resolve(values.DATA_DIR);
  ownFolder(dataDir);
  const there = reachers(
    { storeUrl: values.STORE_URL, streamUrl: values.STREAM_URL },
    saidOnce(log, (sentence) => {
      watched.waitsFor = sentence;
    }),
  );
  const store = await openStore({ url: values.STORE_URL, dataDir, cluster: values.STORE_CLUSTER });
  const migrations = await there.store(() => migrate(store));
  if (migrations.length > 0) log.info({ migrations }, 'store migrated');
  const stream = await there.stream(() => openStream({ streamUrl: values.STREAM_URL, dataDir }));
  const topic = values.STREAM_URL.replace(/\/\/[^@/]*@/, '//').replace(/\?.*$/, '');
  const projector = openProjector({ folder: join(dataDir, 'state'), stream: topic });
  const ingest = await there.store(() => startIngest({ stream, projector, store: rowStoreOf(store) }));
  watched.ingest = ingest;
  const troubleLog = createTroubleLog({ trouble: ingest.trouble, log }).start();
  log.info({ watermark: formatWatermark(ingest.offsets()) }, 'projecting');
  return async () => {
    troubleLog.stop();
    await ingest.stop();
    await projector.close();
    await stream.close();
    await store.close();
  };
}

async function main(): Promise<void> {
  process.umask(0o077);
  const values = readSettings();
  const log = pino({ level: values.LOG_LEVEL, base: null }, pino.destination(2));
  const watched: Watched = { ingest: undefined, waitsFor: undefined };
  const server = watchServer(watched);
  server.listen(values.PORT, values.HOST);
  const stop = await run(values, log, watched).catch((error: Error) => {
    // What was foreseen is a sentence; the rest is a defect, and its trace helps to find it.
    process.stderr.write(`${error instanceof Unreachable ? error.message : error.stack}\n`);
    process.exit(1);
  });
  closeWithGrace({ delay: 15_000, logger: false }, async ({ err }) => {
    if (err) log.error({ err }, 'ending after an error that nobody caught');
    server.close();
    await stop();
  });
}

await main();
