import { mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

/** A file system in memory, as Linux has it. */
const MEMORY = '/dev/shm';
const PREFIX = 'wuxing-tests-';
const GIB = 2 ** 30;
/** What one file of tests leaves there at a time is less than 1 GiB, and two run at a time, beside the samples. */
const ROOM = 4 * GIB;
/** What the machine must be able to spare: processes need theirs, too. */
const SPARE = 10 * GIB;

const hasRoom = (): boolean => {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > ROOM && process.availableMemory() > SPARE;
  } catch {
    return false;
  }
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/**
 * Has the temporary folders of a run in memory, where there is room for them and TMPDIR names no other place: tests
 * make and remove thousands of files, and would wait for a disk to have each commit. What a killed run left is removed.
 */
export function inMemory(): void {
  if (process.env.TMPDIR !== undefined || !hasRoom()) return;
  for (const left of readdirSync(MEMORY).filter((name) => name.startsWith(PREFIX)))
    if (!isAlive(Number(left.slice(PREFIX.length))))
      rmSync(join(MEMORY, left), { recursive: true, force: true });
  const folder = join(MEMORY, `${PREFIX}${process.pid}`);
  mkdirSync(folder, { mode: 0o700 });
  process.env.TMPDIR = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
}
