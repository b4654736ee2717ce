import { execFile, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const POM = join(import.meta.dirname, 'pom.xml');
const CACHE = join(import.meta.dirname, '../../../.cache/kafka');
const VERSION = /<kafka\.version>(.+)<\/kafka\.version>/.exec(readFileSync(POM, 'utf8'))?.[1] ?? 'unknown';
const JARS = join(CACHE, VERSION);
const FETCH_LIMIT_MS = 300_000;

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

/** Why no broker of our own can be started on this machine; undefined where one can. */
export function ownBrokerUnavailable(): string | undefined {
  if (!onPath('java')) return 'no broker for the Kafka tests: Java 17 or later is not installed';
  const { stderr, stdout } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const major = Number(/version "(\d+)/.exec(`${stderr}${stdout}`)?.[1] ?? 0);
  if (major < 17) return `no broker for the Kafka tests: Java ${major} is too old, 17 or later is needed`;
  if (!existsSync(JARS) && !onPath('mvn'))
    return 'no broker for the Kafka tests: Maven, which fetches it, is not installed';
  return undefined;
}

/** As `ownBrokerUnavailable`, but a broker named in KAFKA_BROKERS serves as well. */
export function brokerUnavailable(): string | undefined {
  if (process.env.KAFKA_BROKERS) return undefined;
  return process.env.KAFKA_UNAVAILABLE ?? ownBrokerUnavailable();
}

/** The folder of the broker's jars; fetched on first use, by one process while others wait. */
export async function fetchKafka(): Promise<string> {
  await mkdir(CACHE, { recursive: true });
  const lock = `${JARS}.lock`;
  for (;;) {
    if (existsSync(JARS)) return JARS;
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
    if (!existsSync(JARS)) await copyJars();
    return JARS;
  } finally {
    await rm(lock, { force: true });
  }
}

async function copyJars(): Promise<void> {
  process.stderr.write(`Fetching Kafka ${VERSION} for the tests (43 MB, once; may take a minute) …\n`);
  const part = `${JARS}.part-${process.pid}`;
  await rm(part, { recursive: true, force: true });
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${part}`];
  try {
    await promisify(execFile)('mvn', ['-q', '-B', '-f', POM, ...goal], { timeout: FETCH_LIMIT_MS });
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    const output = (error as { stdout?: string }).stdout ?? '';
    const reason = output.split('\n').find((line) => line.includes('ERROR')) ?? String(error);
    throw new Error(`Maven could not fetch Kafka ${VERSION}: ${reason}`, { cause: error });
  }
  // The folder appears whole or not at all.
  await rename(part, JARS);
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
