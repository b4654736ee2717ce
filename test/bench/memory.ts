import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLmdbStream } from '#ingest/stream/lmdb.ts';
import { formatWatermark } from '#schemas/position.ts';
import { atMost, type BenchRow } from './rows.ts';
import { caughtUp, getText, planOfYear, type Server, startServer, YEAR } from './server.ts';
import { eventsOf, type World } from './world.ts';
import { fill, type Say } from './zone.ts';

/** What a server holds in memory once it has answered a ranking: after it projected everything, and when started on it. */

const LIMIT = 1.5;

async function measure(folder: string, end: string): Promise<ReturnType<Server['memory']>> {
  const server = await startServer(folder);
  try {
    await caughtUp(server, end);
    const ranking = JSON.parse(await getText(server, `/rankings/${YEAR}?basis=year`)) as {
      complete: boolean;
    };
    if (!ranking.complete) throw new Error('the ranking is not complete');
    return server.memory();
  } finally {
    await server.stop();
  }
}

export async function benchMemory({ units, activities }: World, say: Say): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'wuxing-memory-'));
  try {
    say(`memory of a server: writing ${activities} activities of ${units} units to its stream …`);
    const stream = openLmdbStream({ folder: join(folder, 'stream') });
    await fill(stream, eventsOf({ plan: planOfYear, units, activities }));
    const end = formatWatermark(await stream.end());
    await stream.close();
    say('a server projects them, then answers a ranking …');
    const projected = await measure(folder, end);
    say('a server is started on them, then answers a ranking …');
    const restarted = await measure(folder, end);
    const row = (name: string, ours: number): BenchRow =>
      atMost({ name, ours, unit: 'GiB', peerName: 'limit', peer: LIMIT }, 1);
    return [
      row('memory of a server that projected them, resident', projected.resident),
      row('the same, without files it has mapped', projected.anonymous),
      row('memory of a server started on them, resident', restarted.resident),
      row('the same, without files it has mapped', restarted.anonymous),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
