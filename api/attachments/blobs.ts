import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

/**
 * Where the bytes of attachments are kept, by keys such as `files/farm-03/<sha256>.pdf`. What is put under a key never
 * changes. `put` takes a file of this machine, which it moves or copies, and resolves once the bytes would outlive a power cut.
 */
export type Blobs = {
  put(key: string, path: string): Promise<void>;
  /** Small texts of our own. */
  note(key: string, text: string): Promise<void>;
  /** The bytes under a key; fails, once they are asked for, where there are none. */
  read(key: string): AsyncIterable<Uint8Array>;
  /** All keys that begin so: with a folder and its slash, or with that and the beginning of a name. */
  list(prefix: string): Promise<Blob[]>;
  remove(key: string): Promise<void>;
};

export type Blob = { key: string; size: number /** ms since the epoch */; at: number };

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

async function flushed(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}

/** In a folder of this machine, its owner's alone. */
export function createFolderBlobs(root: string): Blobs {
  const pathOf = (key: string): string => join(root, ...key.split('/'));
  const blobAt = async (path: string): Promise<Blob | undefined> => {
    const found = await stat(path).catch(() => undefined);
    return found && { key: relative(root, path).split(sep).join('/'), size: found.size, at: found.mtimeMs };
  };
  const parentOf = async (path: string): Promise<string> => {
    const parent = dirname(path);
    const made = await mkdir(parent, { recursive: true, mode: 0o700 });
    if (made !== undefined) await flushed(dirname(made));
    return parent;
  };
  return {
    async put(key, path) {
      const parent = await parentOf(pathOf(key));
      await flushed(path);
      await rename(path, pathOf(key));
      await flushed(parent);
    },
    async note(key, text) {
      await parentOf(pathOf(key));
      await writeFile(pathOf(key), text, { mode: 0o600, flush: true });
    },
    // Opened when it is read: whoever asks for the head alone leaves no file open.
    async *read(key) {
      yield* createReadStream(pathOf(key));
    },
    async list(prefix) {
      const folder = prefix.slice(0, prefix.lastIndexOf('/'));
      const begin = prefix.slice(folder.length + 1);
      const options = { recursive: begin === '', withFileTypes: true } as const;
      const entries = await readdir(pathOf(folder), options).catch((error: unknown) => {
        if (isMissing(error)) return [];
        throw error;
      });
      const files = entries.filter((entry) => entry.isFile() && entry.name.startsWith(begin));
      const found = await Promise.all(files.map(({ parentPath, name }) => blobAt(join(parentPath, name))));
      return found.filter((blob) => blob !== undefined);
    },
    remove: (key) => rm(pathOf(key), { force: true }),
  };
}
