import { createHash, type Hash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Blobs } from './blobs.ts';
import { fileOf } from './keys.ts';

/** Attachments as plain files, `<unit>/<sha256>.pdf`: carried away with the exported stream, and brought back with it. */

export type Copied = {
  copied: number;
  there: number /** Files whose bytes are not what their name says. */;
  damaged: string[];
};

const hashing = (hash: Hash): Transform =>
  new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });

const FILES = 'files/';

/** Writes all of them below a folder; what is there already stays. */
export async function exportAttachments(blobs: Blobs, folder: string): Promise<Copied> {
  const copied: Copied = { copied: 0, there: 0, damaged: [] };
  for (const { key, size } of await blobs.list(FILES)) {
    const file = fileOf({ key, size });
    if (!file) continue;
    const path = join(folder, ...key.slice(FILES.length).split('/'));
    const before = await stat(path).catch(() => undefined);
    if (before?.size === size) {
      copied.there++;
      continue;
    }
    await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
    const draft = `${path}.${randomBytes(6).toString('hex')}`;
    const hash = createHash('sha256');
    await pipeline(blobs.read(key), hashing(hash), createWriteStream(draft, { mode: 0o600, flush: true }));
    const isWhole = hash.digest('hex') === file.sha256;
    if (!isWhole) copied.damaged.push(key);
    await (isWhole ? rename(draft, path) : rm(draft));
    if (isWhole) copied.copied++;
  }
  return copied;
}

/** The files of a folder as `export attachments` writes it, by unit. */
export async function filesBelow(
  folder: string,
): Promise<{ unitFolder: string; name: string; path: string }[]> {
  const units = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const found = await Promise.all(
    units.map(async ({ name: unitFolder }) =>
      (await readdir(join(folder, unitFolder))).map((name) => ({
        unitFolder,
        name,
        path: join(folder, unitFolder, name),
      })),
    ),
  );
  return found.flat();
}

export async function digestOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Brings them back. A file whose bytes are not what its name says is left out, and told. */
export async function importAttachments(blobs: Blobs, folder: string, temporary: string): Promise<Copied> {
  const copied: Copied = { copied: 0, there: 0, damaged: [] };
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  const there = new Set((await blobs.list(FILES)).map(({ key }) => key));
  for (const { unitFolder, name, path } of await filesBelow(folder)) {
    const key = `${FILES}${unitFolder}/${name}`;
    const file = fileOf({ key, size: 0 });
    if (!file || (await digestOfFile(path)) !== file.sha256) copied.damaged.push(`${unitFolder}/${name}`);
    else if (there.has(key)) copied.there++;
    else {
      // A copy of its own, since a store may move what it is given.
      const own = join(temporary, `import-${randomBytes(6).toString('hex')}`);
      await pipeline(createReadStream(path), createWriteStream(own, { mode: 0o600 }));
      await blobs.put(key, own);
      await rm(own, { force: true });
      copied.copied++;
    }
  }
  return copied;
}
