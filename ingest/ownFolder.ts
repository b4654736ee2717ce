import { chmodSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const OTHERS = 0o077;

function tighten(path: string): void {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return;
  if (found.mode & OTHERS) chmodSync(path, found.mode & ~OTHERS & 0o7777);
  if (found.isDirectory()) for (const name of readdirSync(path)) tighten(join(path, name));
}

/**
 * Makes the data folder, readable by its owner alone. One that others could read is closed with all that it holds;
 * one that is closed already is not walked, since nobody gets past it. Throws where the folder is not ours to close.
 */
export function ownFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (lstatSync(path).mode & OTHERS) tighten(path);
}
