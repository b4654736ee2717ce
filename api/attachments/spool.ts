import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Pace, paced, TooSlow } from '#api/http/paced.ts';
import { Problem } from '#api/http/problem.ts';
import { FileRefused } from './refused.ts';

/** A file that came in and is not anybody's yet: on disk, so that its size costs no memory. */
export type Spooled = { path: string; file: FileHandle; size: number; sha256: string; drop(): Promise<void> };

export type Spool = {
  /** Reads a body to its end. Throws `FileTooLarge`, a `FileRefused` where it comes too slowly, and a `Problem` where it is cut off. */
  take(body: Readable): Promise<Spooled>;
};

export class FileTooLarge extends Error {}

export type SpoolLimits = Pace & {
  /** Bytes of one file. */
  bytes: number;
};

/** What a process left behind that died is thrown away. */
export function createSpool(folder: string, limits: SpoolLimits): Spool {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { force: true });
  return {
    async take(body) {
      const path = join(folder, randomBytes(12).toString('hex'));
      const file = await open(path, 'wx+', 0o600);
      const drop = async (): Promise<void> => {
        await file.close().catch(() => {});
        await rm(path, { force: true });
      };
      try {
        const hash = createHash('sha256');
        let size = 0;
        for await (const chunk of paced(body, limits)) {
          size += chunk.length;
          if (size > limits.bytes) throw new FileTooLarge();
          hash.update(chunk);
          await file.write(chunk);
        }
        return { path, file, size, sha256: hash.digest('hex'), drop };
      } catch (error) {
        await drop();
        if (error instanceof TooSlow) throw new FileRefused('slow');
        const own = error instanceof FileRefused || error instanceof FileTooLarge;
        throw own || !isCutOff(error) ? error : new Problem('bad-request', 'The body was cut off.');
      }
    },
  };
}

const isCutOff = (error: unknown): boolean =>
  ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR'].includes(
    String((error as { code?: unknown }).code),
  );
