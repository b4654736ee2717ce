import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLmdbStream } from '#ingest/stream/lmdb.ts';
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

test('a note comes back beside its event, and the text as it was written, after the log is opened again', async () => {
  const events = Array.from({ length: 230 }, (_, index) => event(`e-${index}`));
  const first = openLmdbStream({ folder });
  await first.append(
    events,
    events.map((_, index) => (index % 3 === 0 ? '' : `note ${index}`)),
  );
  await first.append([event('bare')]);
  await first.close();
  const stream = openLmdbStream({ folder });
  const { records } = await readAll(stream);
  await stream.close();
  expect(records.map(({ note }) => note)).toEqual([
    ...events.map((_, index) => (index % 3 === 0 ? undefined : `note ${index}`)),
    undefined,
  ]);
  expect(records.map(({ text }) => text)).toEqual(
    [...events, event('bare')].map((each) => JSON.stringify(each)),
  );
});
