import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const OTHERS = 0o077;

function tighten(path: string): void {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return;
  if (found.mode & OTHERS) chmodSync(path, found.mode & ~OTHERS & 0o7777);
  if (found.isDirectory()) for (const name of readdirSync(path)) tighten(join(path, name));
}

/**
 * Makes a folder and those above it. Node's own way to do that never ends where a folder is there and nothing can be
 * made in it, as in /proc.
 */
function make(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(path).isDirectory()) return;
    if (code !== 'ENOENT' || existsSync(dirname(path))) throw error;
    make(dirname(path));
    mkdirSync(path, { mode: 0o700 });
  }
}

/**
 * Makes the data folder, readable by its owner alone. One that others could read is closed with all that it holds;
 * one that is closed already is not walked, since nobody gets past it. A folder that is somebody else's, such as a
 * mounted volume, is used as it is, and said to be open. Throws where no folder can be made.
 */
export function ownFolder(path: string, log: { warn(facts: object, message: string): void }): void {
  make(path);
  try {
    if (statSync(path).mode & OTHERS) tighten(realpathSync(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
    log.warn(
      { dataDir: path },
      'others on this machine can read the data folder, and it is not ours to close',
    );
  }
}
