import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** A private PostgreSQL on a Unix socket in a folder of its own, which other users may read and only its own may write. */
export type Cluster = {
  /** Where files lie that the server is to read. */
  folder: string;
  client: pg.Client;
  close(): Promise<void>;
};

const DEBIAN = '/usr/lib/postgresql';

/** The programs of the newest PostgreSQL that Debian has installed. */
function newest(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
  return versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(DEBIAN, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'postgres')));
}

type Owner = { uid: number; gid: number };

/** PostgreSQL refuses to run as root: then as the user that Debian's package makes, or as nobody. */
function owner(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string, user: string): number =>
    Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: idOf('-u', 'postgres'), gid: idOf('-g', 'postgres') };
  } catch {
    return { uid: idOf('-u', 'nobody'), gid: idOf('-g', 'nobody') };
  }
}

/** Room for everything in memory, both cores for one question, and no waiting for the disk. */
const SETTINGS = [
  'shared_buffers=1GB',
  'work_mem=512MB',
  'maintenance_work_mem=512MB',
  'max_parallel_workers_per_gather=2',
  'fsync=off',
  'synchronous_commit=off',
  'max_wal_size=8GB',
  'autovacuum=off',
  // Compiling this question takes longer than it saves.
  'jit=off',
];

async function connect(folder: string, child: ChildProcess): Promise<pg.Client> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const client = new pg.Client({ host: folder, user: 'bench', database: 'postgres' });
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (Date.now() > deadline || child.exitCode !== null) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Starts one; tells in a sentence why it cannot. */
export async function openCluster(): Promise<Cluster | string> {
  const bin = newest();
  if (bin === undefined) return `PostgreSQL is not installed (none in ${DEBIAN})`;
  const folder = mkdtempSync(join(tmpdir(), 'wuxing-postgres-'));
  const data = join(folder, 'data');
  const as = owner();
  mkdirSync(data, { mode: 0o700 });
  chmodSync(folder, 0o755);
  if (as) for (const path of [folder, data]) chownSync(path, as.uid, as.gid);
  const options: SpawnOptions = {
    ...as,
    cwd: folder,
    stdio: 'ignore',
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
  };
  const clear = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
      ...options,
      stdio: 'pipe',
    });
  } catch (error) {
    clear();
    return `initdb failed: ${String((error as { stderr?: unknown }).stderr ?? error).trim()}`;
  }
  const settings = [...SETTINGS, 'listen_addresses=', `unix_socket_directories=${folder}`];
  const child = spawn(
    join(bin, 'postgres'),
    ['-D', data, ...settings.flatMap((line) => ['-c', line])],
    options,
  );
  const close = async (client?: pg.Client): Promise<void> => {
    await client?.end();
    if (child.exitCode === null) {
      const ended = once(child, 'exit');
      // A fast shutdown: sessions are ended.
      child.kill('SIGINT');
      await ended;
    }
    clear();
  };
  try {
    const client = await connect(folder, child);
    return { folder, client, close: () => close(client) };
  } catch (error) {
    await close();
    throw error;
  }
}
