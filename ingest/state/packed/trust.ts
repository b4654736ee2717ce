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

/** Prepares the folder of a state database: emptied where it is another's, or may be torn. */
export function openTrusted(folder: string, owner: string): Trust {
  const at = (name: string): string => join(folder, name);
  const [owned, running, whole] = [at('owner'), at('running'), at('whole')];
  const left = (file: string): string | undefined =>
    existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  const boot = bootOf();
  const torn = !existsSync(whole) && (boot === undefined || left(running) !== boot);
  if (torn || left(owned) !== owner) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeDurably(owned, owner);
  if (boot !== undefined) writeDurably(running, boot);
  rmSync(whole, { force: true });
  sync(folder);
  return {
    lazy: boot !== undefined,
    closed() {
      sync(at('data.mdb'));
      writeDurably(whole, '');
    },
  };
}
