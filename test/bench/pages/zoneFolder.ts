import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { STATE_FORMAT } from '#ingest/state/format.ts';
import { openLmdbStream } from '#ingest/stream/lmdb.ts';
import { formatWatermark } from '#schemas/position.ts';
import { caughtUp, getText, ROOT, type Server, startServer, YEAR } from '../server.ts';
import { fill, type Say } from '../zone.ts';
import { eventsOfTwoYears, type Size, YEAR_BEFORE } from './twoYears.ts';

/**
 * The data folder of a zone, projected once and kept: two million activities take minutes. A run works on a copy, so
 * that it begins where every other run began.
 */

export type Kept = { folder: string; end: string };

/** What the folder is made by: where any of it changes, another is made. */
const MADE_BY = ['test/bench/world.ts', 'test/bench/pages/twoYears.ts', 'test/bench/pages/zoneFolder.ts'];

function nameOf({ units, activities }: Size): string {
  const hash = createHash('sha256').update(STATE_FORMAT);
  for (const file of MADE_BY) hash.update(readFileSync(join(ROOT, file)));
  return `zone-${units}-${activities}-${hash.digest('hex').slice(0, 12)}`;
}

const QUIET_MS = 3_000;
/** Clock ticks, 100 a second, that a server may spend in that time and still be at rest. */
const QUIET_TICKS = 15;

function ticksOf({ process: { pid } }: Server): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return Number(fields[11]) + Number(fields[12]);
}

/** Waits for what follows in the background, such as merges: a reader on the next morning would not meet it. */
async function settled(server: Server): Promise<void> {
  for (;;) {
    const before = ticksOf(server);
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    if (ticksOf(server) - before <= QUIET_TICKS) return;
  }
}

/** By hand: `fetch` gives up after five minutes, which a busy machine may take. */
async function seal({ url, token }: Server): Promise<void> {
  const asked = request(`${url}/api/freezes/${YEAR_BEFORE}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  asked.end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const said = await text(response);
  if (response.statusCode !== 201) throw new Error(`${response.statusCode}: ${said}`);
}

async function prepare(folder: string, size: Size, say: Say): Promise<string> {
  say(`preparing ${size.units} units with ${size.activities} activities (kept for later runs) …`);
  await mkdir(folder, { recursive: true });
  const stream = openLmdbStream({ folder: join(folder, 'stream') });
  await fill(stream, eventsOfTwoYears(size));
  const end = formatWatermark(await stream.end());
  await stream.close();
  const server = await startServer(folder);
  try {
    await caughtUp(server, end);
    say('projected; sealing the year before, twice …');
    await seal(server);
    await seal(server);
    await getText(server, `/rankings/${YEAR}?basis=year`);
    await settled(server);
  } finally {
    await server.stop();
  }
  return end;
}

/** The zone of that size, as it was left by a server that had nothing more to do. `anew` makes it again. */
export async function keptZone(
  size: Size,
  { cache, anew }: { cache: string; anew: boolean },
  say: Say,
): Promise<Kept> {
  const folder = join(cache, nameOf(size));
  const note = join(folder, 'end');
  if (anew) rmSync(folder, { recursive: true, force: true });
  if (!existsSync(note)) {
    await mkdir(cache, { recursive: true });
    const draft = await mkdtemp(`${folder}.draft-`);
    try {
      await writeFile(join(draft, 'end'), await prepare(join(draft, 'data'), size, say));
      rmSync(folder, { recursive: true, force: true });
      await rename(draft, folder);
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  }
  return { folder: join(folder, 'data'), end: readFileSync(note, 'utf8') };
}

/** Gives `use` a folder with the same data, which goes afterwards. */
export async function withCopy<T>({ folder }: Kept, use: (copy: string) => Promise<T>): Promise<T> {
  const copy = await mkdtemp(join(tmpdir(), 'wuxing-pages-'));
  try {
    await cp(folder, copy, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    return await use(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
