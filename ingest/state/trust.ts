import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/**
 * The state is written without waiting for the disk: syncing every commit writes sixty times as much. Killing the
 * process loses nothing, since the system has the pages; a power cut may tear them. So a folder is trusted after it
 * was closed in order, or while the machine has been up all the time; else it is emptied, and rebuilt from the stream.
 */
export type Trust = {
  /** Whether commits may leave the disk to the system. */
  readonly lazy: boolean;
  /** To be called once the database is closed. */
  closed(): void;
};

const BOOT_ID = '/proc/sys/kernel/random/boot_id';

/** Names the time since the machine was started; undefined where the system does not tell. */
function bootOf(): string | undefined {
  try {
    return readFileSync(BOOT_ID, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'w');
  writeFileSync(file, text);
  fsyncSync(file);
  closeSync(file);
}

function sync(path: string): void {
  const file = openSync(path, 'r');
  fsyncSync(file);
  closeSync(file);
}

/** Prepares the folder of a state database: emptied where it may be torn. */
export function openTrusted(folder: string): Trust {
  const [running, whole] = [join(folder, 'running'), join(folder, 'whole')];
  const boot = bootOf();
  const left = existsSync(running) ? readFileSync(running, 'utf8') : undefined;
  if (!existsSync(whole) && (left === undefined || left !== boot))
    rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  if (boot !== undefined) writeDurably(running, boot);
  rmSync(whole, { force: true });
  sync(folder);
  return {
    lazy: boot !== undefined,
    closed() {
      sync(join(folder, 'data.mdb'));
      writeDurably(whole, '');
    },
  };
}
