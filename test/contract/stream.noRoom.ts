import { execFileSync } from 'node:child_process';
import { openLmdbStream } from '#ingest/stream/lmdb.ts';
import { event } from './stream.contract.ts';

/** Appends while no file of this process may grow, and once they may again: a full disk that nobody has to mount. */

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const limit = (bytes: number | 'unlimited'): void =>
  void execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`]);

const stream = openLmdbStream({ folder: process.argv[2] ?? '' });
const append = (id: string, letters = 0): Promise<void> =>
  stream.append([{ ...event(id), source: 'x'.repeat(letters) }]).then(
    () => say(`${id} taken`),
    () => say(`${id} refused`),
  );

await append('first');
limit(100_000);
await Promise.all([append('large', 500_000), append('beside it')]);
limit('unlimited');
say(`trouble: ${stream.trouble() ?? 'none'}`);
await append('second');
const [end] = await stream.end();
say(`ends: ${end}`);
await stream.close();
