import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { open } from 'lmdb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NoRoom } from '#ingest/process/room.ts';
import { openLmdbStream } from '#ingest/stream/lmdb.ts';
import type { Envelope } from '#schemas/events.ts';
import { event, idOf, readAll } from './stream.contract.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wuxing-stream-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Starts a process that appends, and answers once it acknowledged `count` events. */
async function appender(count: number): Promise<{ child: ChildProcess; acknowledged: () => number }> {
  const script = join(import.meta.dirname, 'stream.appender.ts');
  const child = spawn(process.execPath, [script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let last = -1;
  createInterface({ input: child.stdout }).on('line', (line) => {
    last = Number(line);
  });
  await expect.poll(() => last, { timeout: 30_000 }).toBeGreaterThanOrEqual(count);
  return { child, acknowledged: () => last };
}

test('no acknowledged event is lost when the process is killed, and offsets go on without a gap', async () => {
  let least = 0;
  for (let round = 0; round < 3; round += 1) {
    const { child, acknowledged } = await appender(least + 100);
    child.kill('SIGKILL');
    await once(child, 'close');
    least = acknowledged();
    const stream = openLmdbStream({ folder });
    const { records } = await readAll(stream);
    await stream.close();
    expect(records.length).toBeGreaterThan(least);
    expect(records.map(idOf)).toEqual(records.map((_, index) => `e-${index}`));
    expect(records.map(({ position }) => position)).toEqual(records.map((_, index) => index + 1));
  }
});

test('a second process that appends is noticed before it overwrites anything', async () => {
  const stream = openLmdbStream({ folder });
  const { child } = await appender(10);
  child.kill('SIGKILL');
  await once(child, 'close');
  const calls = await Promise.allSettled([
    stream.append([event('mine')]),
    stream.append([event('mine too')]),
  ]);
  expect(calls.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(stream.trouble()).toMatch(/another process appends/);
  await expect(stream.append([event('later')])).rejects.toThrow(/opened again/);
  await stream.close();

  const again = openLmdbStream({ folder });
  const { records } = await readAll(again);
  expect(records.map(idOf)).toEqual(records.map((_, index) => `e-${index}`));
  await again.append([event('now')]);
  expect(again.trouble()).toBeUndefined();
  await again.close();
});

test('a stamp comes back beside its event, and the text as it was written, after the log is opened again', async () => {
  const events = Array.from({ length: 230 }, (_, index) => event(`e-${index}`));
  const first = openLmdbStream({ folder });
  await first.append(
    events,
    events.map((_, index) => (index % 3 === 0 ? '' : `stamp ${index}`)),
  );
  await first.append([event('bare')]);
  await first.close();
  const stream = openLmdbStream({ folder });
  const { records } = await readAll(stream);
  await stream.close();
  expect(records.map(({ stamp }) => stamp)).toEqual([
    ...events.map((_, index) => (index % 3 === 0 ? undefined : `stamp ${index}`)),
    undefined,
  ]);
  expect(records.map(({ text }) => text)).toEqual(
    [...events, event('bare')].map((each) => JSON.stringify(each)),
  );
});

const MIB = 1024 * 1024;
/** Not an event of ours: logs of older versions hold events without a bound, and so may a restored one. */
const large = (id: string, bytes: number): Envelope =>
  ({ ...event(id), time: 'x'.repeat(bytes) }) as unknown as Envelope;

/** Blocks as versions before this one wrote them, bounded by number alone. */
async function writeOldBlocks(blocks: readonly (readonly Envelope[])[]): Promise<void> {
  const db = open<Buffer, number>({ path: folder, encoding: 'binary', remapChunks: true });
  let first = 0;
  for (const events of blocks) {
    const head = Buffer.alloc(8);
    head.writeDoubleBE(Date.parse('2026-03-01T08:00:00Z'));
    await db.put(
      first,
      Buffer.concat([head, Buffer.from(events.map((each) => `\n${JSON.stringify(each)}`).join('\n'))]),
    );
    first += events.length;
  }
  await db.close();
}

describe.each([17, 30])('a log whose last block has %i MiB', (size) => {
  const blocks = [
    [event('e-0'), event('e-1')],
    [...Array.from({ length: 26 }, (_, index) => large(`l-${index}`, (size * MIB) / 27)), event('last')],
  ];
  const ids = blocks.flat().map(({ id }) => id);

  test('opens, reads whole, and goes on behind it, as often as it is opened', async () => {
    await writeOldBlocks(blocks);
    for (let round = 0; round < 2; round++) {
      const stream = openLmdbStream({ folder });
      const known = [...ids, ...Array.from({ length: round }, (_, index) => `r-${index}`)];
      expect(await stream.end()).toEqual([known.length]);
      const { records, batches } = await readAll(stream);
      expect(records.map(idOf)).toEqual(known);
      expect(records.map(({ position }) => position)).toEqual(known.map((_, index) => index + 1));
      expect(batches.at(-1)?.next).toEqual([known.length]);
      await stream.append([event(`r-${round}`)]);
      await stream.close();
    }
  });
});

test('however large its events, a block is bounded by bytes, and an event larger than that has one alone', async () => {
  const sizes = [...Array.from({ length: 40 }, () => MIB), 100, 30 * MIB, 100, 100];
  const stream = openLmdbStream({ folder });
  const events = sizes.map((size, index) => large(`e-${index}`, size));
  await stream.append(
    events,
    events.map((_, index) => `stamp ${index}`),
  );
  await stream.close();

  const db = open<Buffer, number>({ path: folder, encoding: 'binary', remapChunks: true });
  const lengths = [...db.getKeys()].map((key) => db.get(key)?.length ?? 0);
  await db.close();
  expect(lengths.filter((length) => length > 5 * MIB)).toHaveLength(1);
  expect(lengths.length).toBeGreaterThan(10);

  const again = openLmdbStream({ folder });
  const { records } = await readAll(again);
  await again.close();
  expect(records.map(idOf)).toEqual(events.map(({ id }) => id));
  expect(records.map(({ stamp }) => stamp)).toEqual(events.map((_, index) => `stamp ${index}`));
  expect(records.map(({ text = '' }) => text.length)).toEqual(
    events.map((each) => JSON.stringify(each).length),
  );
});

test('a disk without room refuses what comes in before anything is begun, and takes it once there is room', async () => {
  const MIB = 1024 * 1024;
  let free = 100 * MIB;
  const stream = openLmdbStream({ folder, room: () => free });
  await stream.append([event('first')]);
  free = 1 * MIB;
  expect(stream.trouble()).toMatch(/^The disk of the data folder is full/);
  await expect(stream.append([event('lost')])).rejects.toBeInstanceOf(NoRoom);
  // Room for what was begun before, and none for so much more.
  free = 12 * MIB;
  expect(stream.trouble()).toBeUndefined();
  await expect(stream.append([{ ...event('large'), source: 'x'.repeat(3 * MIB) }])).rejects.toBeInstanceOf(
    NoRoom,
  );
  await stream.append([event('second')]);
  const { records } = await readAll(stream);
  expect(records.map(idOf)).toEqual(['first', 'second']);
  await stream.close();
});

test('a commit that does not fit on the disk is told, and the log goes on once there is room', async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'stream.noRoom.ts'), folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  child.stderr.resume();
  const [code] = await once(child, 'close');
  expect({ code, lines }).toEqual({
    code: 0,
    lines: ['first taken', 'large refused', 'beside it refused', 'trouble: none', 'second taken', 'ends: 2'],
  });
  const stream = openLmdbStream({ folder });
  const { records } = await readAll(stream);
  await stream.close();
  expect(records.map(idOf)).toEqual(['first', 'second']);
});
