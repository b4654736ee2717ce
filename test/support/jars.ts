import { execFile, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Java programs for the tests: their jars come from Maven, once a machine. */

const FETCH_LIMIT_MS = 300_000;
const CACHE = join(import.meta.dirname, '../../.cache');

/** A program of the tests starts fast or is of no use: one thread that collects garbage, no optimising compiler. */
export const JVM = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto'];

export type Jars = {
  /** What they make, as people know it. */
  what: string;
  /** The list of jars. */
  pom: string;
  /** Below the cache; another one for other versions. */
  folder: string;
  /** How large they are together. */
  size: string;
};

function onPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const placeOf = ({ folder }: Jars): string => join(CACHE, folder);

/** What is missing on this machine to run them; undefined where nothing is. */
export function jarsUnavailable(jars: Jars): string | undefined {
  if (!onPath('java')) return 'Java 17 or later is not installed';
  const { stderr, stdout } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const major = Number(/version "(\d+)/.exec(`${stderr}${stdout}`)?.[1] ?? 0);
  if (major < 17) return `Java ${major} is too old, 17 or later is needed`;
  if (!existsSync(placeOf(jars)) && !onPath('mvn')) return 'Maven, which fetches it, is not installed';
  return undefined;
}

/** The folder of the jars; fetched on first use, by one process while others wait. */
export async function fetchJars(jars: Jars): Promise<string> {
  const place = placeOf(jars);
  await mkdir(dirname(place), { recursive: true });
  const lock = `${place}.lock`;
  for (;;) {
    if (existsSync(place)) return place;
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      await removeStale(lock);
      await sleep(200);
    }
  }
  try {
    if (!existsSync(place)) await copyJars(jars);
    return place;
  } finally {
    await rm(lock, { force: true });
  }
}

async function copyJars(jars: Jars): Promise<void> {
  const { what, pom, size } = jars;
  const place = placeOf(jars);
  process.stderr.write(`Fetching ${what} for the tests (${size}, once; may take a minute) …\n`);
  const part = `${place}.part-${process.pid}`;
  await rm(part, { recursive: true, force: true });
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${part}`];
  try {
    await promisify(execFile)('mvn', ['-q', '-B', '-f', pom, ...goal], { timeout: FETCH_LIMIT_MS });
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    const output = (error as { stdout?: string }).stdout ?? '';
    const reason = output.split('\n').find((line) => line.includes('ERROR')) ?? String(error);
    throw new Error(`Maven could not fetch ${what}: ${reason}`, { cause: error });
  }
  // The folder appears whole or not at all.
  await rename(part, place);
}

/** A lock outlives its owner when that is killed. */
async function removeStale(lock: string): Promise<void> {
  try {
    const age = Date.now() - (await stat(lock)).mtimeMs;
    const owner = Number(await readFile(lock, 'utf8'));
    if (age > FETCH_LIMIT_MS || (age > 5_000 && !alive(owner))) await rm(lock, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
