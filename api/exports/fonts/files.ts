import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';

/** Fonts as files, since the renderers of pictures and PDF read them from files. */

const written = new Map<Buffer, string>();

/** A folder that is ours alone: what others could write, the renderer must not read. */
function fontFolder(): string {
  const user = process.getuid?.() ?? 0;
  const folder = join(tmpdir(), `wuxing-fonts-${user}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(folder);
  const ours = process.getuid === undefined || (uid === user && (mode & 0o022) === 0);
  return ours ? folder : mkdtempSync(join(tmpdir(), 'wuxing-fonts-'));
}

/** Where a font stands as a file: written once, under its content's name. */
export function fontPath(ttf: Buffer): string {
  const known = written.get(ttf);
  if (known && existsSync(known)) return known;
  const name = `${createHash('sha256').update(ttf).digest('hex').slice(0, 24)}.ttf`;
  const path = join(fontFolder(), name);
  if (!existsSync(path)) {
    const half = `${path}.${process.pid}.${threadId}`;
    writeFileSync(half, ttf);
    renameSync(half, path);
  }
  written.set(ttf, path);
  return path;
}

let drawn = 0;

/** Fonts as files for as long as `use` takes. */
export function withFonts<T>(fonts: readonly Buffer[], use: (paths: string[]) => T): T {
  const folder = fontFolder();
  const paths = fonts.map((ttf) => {
    const path = join(folder, `drawing.${process.pid}.${threadId}.${++drawn}.ttf`);
    writeFileSync(path, ttf, { mode: 0o600 });
    return path;
  });
  try {
    return use(paths);
  } finally {
    for (const path of paths) rmSync(path, { force: true });
  }
}
