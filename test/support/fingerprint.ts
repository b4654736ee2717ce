import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file without its comments, white space and where it imports from, which bind nobody. */
const gist = (file: string): string =>
  readFileSync(join(import.meta.dirname, '../..', file), 'utf8')
    .replace(/\/\*\*.*?\*\//gs, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/ from '[^']*';$/gm, '')
    .replace(/[\s,]+/g, '');

/** What rules look like that are written in these files: another text, another fingerprint. */
export const fingerprintOf = (files: readonly string[]): string =>
  createHash('sha256').update(files.map(gist).join('\n')).digest('hex').slice(0, 16);
