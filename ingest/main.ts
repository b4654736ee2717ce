import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { resolve } from 'node:path';
import { z } from 'zod';
import { formatWatermark } from '#schemas/position.ts';
import { openBase, projectorAt } from './open.ts';
import { type Closers, closeAtEnd, opening } from './process/closers.ts';
import { ownFolder } from './process/dataFolder.ts';
import { createRegistry, gauge, healthAt } from './process/health.ts';
import { createLog } from './process/log.ts';
import { readSettings, SettingsError, SHARED, storeUrl, streamUrl, whole } from './process/settings.ts';
import { StartFailure, startFailure } from './process/startFailure.ts';
import { saidOnce, Unreachable } from './reach.ts';
import { type Ingest, startIngest } from './run/ingest.ts';
import { rowStoreOf } from './run/rowStore.ts';
import { createTroubleLog, type Logger } from './troubleLog.ts';

/** The ingest service on servers: stream → store, in a process of its own. It answers /healthz, /readyz and /metrics. */

const settings = z.object({
  ...SHARED,
  PORT: whole(0, 65_535).default(8081),
  STREAM_URL: streamUrl(),
  STORE_URL: storeUrl(),
});

type Settings = z.infer<typeof settings>;

/** What the watch server tells of: the running projection, or what is waited for until there is one. */
type Watched = { ingest: Ingest | undefined; waitsFor: string | undefined };

function troublesOf({ ingest, waitsFor }: Watched): string[] {
  if (!ingest) return [waitsFor ?? 'The service is starting.'];
  const trouble = ingest.trouble();
  return trouble === undefined ? [] : [trouble];
}

/** For the machines that watch over it. */
function watchServer(watched: Watched): Server {
  const troubles = (): string[] => troublesOf(watched);
  const projected = (): number => watched.ingest?.offsets().reduce((sum, offset) => sum + offset, 0) ?? 0;
  const registry = createRegistry({ projected, troubles });
  const quarantined = (): number => watched.ingest?.quarantined() ?? 0;
  gauge(registry, 'wuxing_events_quarantined', 'Records in quarantine', quarantined);
  return createServer(async (request, response) => {
    const path = request.url?.split('?', 1)[0] ?? '';
    if (path === '/metrics') return response.end(await registry.metrics());
    const health = healthAt(path, troubles);
    if (!health) return response.writeHead(404).end();
    response.writeHead(health.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(health.body));
  });
}

async function open(
  values: Settings,
  log: Logger,
  watched: Watched,
  closers: Closers,
): Promise<() => Promise<void>> {
  const place = {
    dataDir: resolve(values.DATA_DIR),
    streamUrl: values.STREAM_URL,
    storeUrl: values.STORE_URL,
    storeCluster: values.STORE_CLUSTER,
  };
  ownFolder(place.dataDir, log);
  const waiting = saidOnce(log, (sentence) => {
    watched.waitsFor = sentence;
  });
  const { store, stream, there } = await openBase(place, { closers, log, waiting });
  const projector = projectorAt(place);
  closers.add(projector.close);
  const ingest = await there.store(() => startIngest({ stream, projector, store: rowStoreOf(store) }));
  closers.add(ingest.stop);
  watched.ingest = ingest;
  closers.add(createTroubleLog({ trouble: ingest.trouble, log }).start().stop);
  log.info({ watermark: formatWatermark(ingest.offsets()) }, 'projecting');
  return closers.all;
}

/** Answers whoever watches first, and then projects. Throws a `StartFailure` where the settings or the machine forbid it. */
async function start(
  values: Settings,
  log: Logger,
  watched: Watched,
  server: Server,
): Promise<() => Promise<void>> {
  const { HOST, PORT, DATA_DIR } = values;
  try {
    await once(server.listen(PORT, HOST), 'listening');
    return await opening((closers) => open(values, log, watched, closers));
  } catch (error) {
    throw startFailure(error, { host: HOST, port: PORT, dataDir: resolve(DATA_DIR) });
  }
}

async function main(): Promise<void> {
  process.umask(0o077);
  const values = readSettings(settings, process.env);
  const log = createLog(values.LOG_LEVEL);
  const watched: Watched = { ingest: undefined, waitsFor: undefined };
  const server = watchServer(watched);
  const close = await start(values, log, watched, server);
  closeAtEnd(log, async () => {
    server.close();
    await close();
  });
}

await main().catch((error: Error) => {
  // What was foreseen is a sentence; the rest is a defect, and its trace helps to find it.
  const foreseen = [Unreachable, SettingsError, StartFailure].some((kind) => error instanceof kind);
  process.stderr.write(`${foreseen ? error.message : error.stack}\n`);
  process.exit(1);
});
