import { existsSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { STATE_FORMAT } from '#ingest/state/format.ts';
import { openLmdbStream } from '#ingest/stream/lmdb.ts';
import { formatWatermark } from '#schemas/position.ts';
import { markdownOf, ms } from './pages/table.ts';
import type { Size } from './pages/twoYears.ts';
import { type BenchRow, median, rounded, timed } from './rows.ts';
import { drawScale } from './scalePlot.ts';
import { caughtUp, getText, planOfYear, ROOT, type Server, startServer, YEAR } from './server.ts';
import { eventsOf, unitName } from './world.ts';
import { fill, type Say } from './zone.ts';

/**
 * How waiting grows with the zone: a server on a folder of each size, one after the other, with one year in it. The
 * folders are made once and kept; the largest takes half an hour and some 30 GB.
 */
const SIZES: readonly Size[] = [
  { units: 10_000, activities: 100_000 },
  { units: 10_000, activities: 2_000_000 },
  { units: 10_000, activities: 20_000_000 },
  { units: 100_000, activities: 2_000_000 },
];

/** Times in ms, memory in MiB. */
export type Scaled = Size & {
  events: number;
  /** Events a second when the folder was made: a server read them from the stream. */
  rebuilt: number;
  disk: number;
  start: number;
  first: number;
  again: number;
  /** As known at a moment that nobody has asked for: everything is scanned. */
  cold: number;
  overview: number;
  unit: number;
  resident: number;
  anonymous: number;
};

type Kept = { folder: string; end: string; events: number; rebuilt: number };

async function prepare(folder: string, size: Size, say: Say): Promise<Omit<Kept, 'folder'>> {
  await mkdir(folder, { recursive: true });
  const stream = openLmdbStream({ folder: join(folder, 'stream') });
  const events = await fill(stream, eventsOf({ plan: planOfYear, ...size }));
  const end = formatWatermark(await stream.end());
  await stream.close();
  say(`a server projects ${events} events …`);
  const server = await startServer(folder);
  try {
    const { ms: taken } = await timed(() => caughtUp(server, end));
    return { end, events, rebuilt: (events / taken) * 1_000 };
  } finally {
    await server.stop();
  }
}

/** The folder of that size. It is asked in place: there is room for one of the largest only. */
async function keptOf(size: Size, cache: string, say: Say): Promise<Kept> {
  const name = `scale-${size.units}-${size.activities}-${STATE_FORMAT.replaceAll(/\W/g, '')}`;
  const folder = join(cache, name);
  const note = join(folder, 'note.json');
  if (!existsSync(note)) {
    say(`preparing ${size.units} units with ${size.activities} activities (kept for later runs) …`);
    await mkdir(cache, { recursive: true });
    const draft = await mkdtemp(`${folder}.draft-`);
    try {
      const made = await prepare(join(draft, 'data'), size, say);
      await writeFile(join(draft, 'note.json'), JSON.stringify(made));
      rmSync(folder, { recursive: true, force: true });
      await rename(draft, folder);
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  }
  return {
    ...(JSON.parse(readFileSync(note, 'utf8')) as Omit<Kept, 'folder'>),
    folder: join(folder, 'data'),
  };
}

/** GiB on the disk. */
async function diskOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async (file) => (await stat(join(file.parentPath, file.name))).blocks),
  );
  return sizes.reduce((sum, blocks) => sum + blocks * 512, 0) / 2 ** 30;
}

const ROUNDS = [1, 2, 3];
const times = async (asks: readonly (() => Promise<unknown>)[]): Promise<number> => {
  const taken: number[] = [];
  for (const ask of asks) taken.push((await timed(ask)).ms);
  return median(taken);
};

async function ask(server: Server, started: number, kept: Kept, size: Size): Promise<Scaled> {
  const get = (path: string) => () => getText(server, path);
  const ranking = `/rankings/${YEAR}?basis=year`;
  const first = await times([get(ranking)]);
  const again = await times(ROUNDS.map(() => get(ranking)));
  const overview = await times([get(`/overview/${YEAR}?basis=year`)]);
  const unit = await times([get(`/units/${unitName(size.units / 2)}/standing?year=${YEAR}&basis=year`)]);
  const cold = await times(
    ROUNDS.map((round) => get(`${ranking}&asOf=${encodeURIComponent(`${YEAR}-12-20T00:00:0${round}.000Z`)}`)),
  );
  const { resident, anonymous } = server.memory();
  const { events, rebuilt } = kept;
  return {
    ...{ ...size, events, rebuilt, disk: await diskOf(kept.folder) },
    ...{ start: started, first, again, cold, overview, unit },
    ...{ resident: resident * 1_024, anonymous: anonymous * 1_024 },
  };
}

async function measure(size: Size, cache: string, say: Say): Promise<Scaled> {
  const kept = await keptOf(size, cache, say);
  say(`a server is started on ${size.units} units with ${size.activities} activities …`);
  const begun = performance.now();
  const server = await startServer(kept.folder);
  try {
    await caughtUp(server, kept.end);
    return await ask(server, performance.now() - begun, kept, size);
  } finally {
    await server.stop();
  }
}

const count = new Intl.NumberFormat('en');

const tableOf = (found: readonly Scaled[]): string =>
  markdownOf(
    [
      ...['units × activities', 'start', 'ranking, first', 'again', 'cold', 'overview', 'a unit'],
      ...['resident, MiB', 'of it anonymous', 'rebuilt/s', 'on disk, GiB'],
    ],
    found.map((one) => [
      `${count.format(one.units)} × ${count.format(one.activities)}`,
      ...[one.start, one.first, one.again, one.cold, one.overview, one.unit].map(ms),
      ...[one.resident, one.anonymous, one.rebuilt].map(ms),
      one.disk.toFixed(1),
    ]),
  );

const rowOf = (one: Scaled, name: 'start' | 'first' | 'again' | 'cold', least: Scaled): BenchRow => ({
  name: `${count.format(one.units)} × ${count.format(one.activities)}: ${name}`,
  ours: rounded(one[name]),
  unit: 'ms',
  peerName: `${count.format(least.units)} × ${count.format(least.activities)}`,
  peer: rounded(least[name]),
  ratio: rounded(one[name] / least[name]),
  goal: 'a curve, no goal',
  met: null,
});

/** `match`: only the size of these units x activities. The plot is drawn where there are several sizes. */
export async function benchScale(
  { cache, match }: { cache: string; match?: string | undefined },
  say: Say,
  tell: Say,
): Promise<BenchRow[]> {
  const found: Scaled[] = [];
  for (const size of SIZES.filter(
    ({ units, activities }) => match === undefined || match === `${units}x${activities}`,
  ))
    found.push(await measure(size, join(ROOT, cache), say));
  tell(tableOf(found));
  const [least] = found;
  if (!least) return [];
  if (found.length > 1) await writeFile(join(ROOT, 'docs/images/scale.svg'), drawScale(found));
  return found.flatMap((one) =>
    (['start', 'first', 'again', 'cold'] as const).map((name) => rowOf(one, name, least)),
  );
}
