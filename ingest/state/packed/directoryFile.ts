import { closeSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { DirectoryImage } from './hashDirectory.ts';

/**
 * A directory kept beside its table, so that opening reads the keys of the rows that came since, and not of all. A file
 * that is missing, torn or of another layout costs the time to read them all, and nothing else: it is made again.
 */
export type DirectoryFile = {
  /** The image, and how many of the table's rows it knows. */
  read(): { image: DirectoryImage; rows: number } | undefined;
  /** Not waiting for the disk: a file that a power cut tears is not read. */
  write(image: DirectoryImage, rows: number): void;
  remove(): void;
};

/** Raised when the layout of the file or the hash of a key changes. */
const LAYOUT = 1;
/** Layout, checksum, seed, count, slots; then the rows as a double. */
const HEAD_BYTES = 32;

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint32Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

const checksumOf = (head: Buffer, ...parts: Buffer[]): number =>
  parts.reduce((sum, part) => crc32(part, sum), crc32(head.subarray(8)));

function parsed(bytes: Buffer): ReturnType<DirectoryFile['read']> {
  if (bytes.length < HEAD_BYTES || bytes.readUInt32LE(0) !== LAYOUT) return undefined;
  const slots = bytes.readUInt32LE(16);
  const [head, content] = [bytes.subarray(0, HEAD_BYTES), bytes.subarray(HEAD_BYTES)];
  if (content.length !== slots * 8 || checksumOf(head, content) !== bytes.readUInt32LE(4)) return undefined;
  // A copy: what is in the bytes may not be aligned, and is written to.
  const words = new Uint32Array(new Uint8Array(content).buffer);
  return {
    image: {
      seed: bytes.readUInt32LE(8),
      count: bytes.readUInt32LE(12),
      hashes: words.slice(0, slots),
      ordinals: words.slice(slots),
    },
    rows: bytes.readDoubleLE(24),
  };
}

export function openDirectoryFile(path: string): DirectoryFile {
  return {
    read() {
      try {
        return parsed(readFileSync(path));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    write({ seed, count, hashes, ordinals }, rows) {
      const head = Buffer.alloc(HEAD_BYTES);
      head.writeUInt32LE(LAYOUT, 0);
      head.writeUInt32LE(seed, 8);
      head.writeUInt32LE(count, 12);
      head.writeUInt32LE(hashes.length, 16);
      head.writeDoubleLE(rows, 24);
      const parts = [bytesOf(hashes), bytesOf(ordinals)];
      head.writeUInt32LE(checksumOf(head, ...parts), 4);
      const partial = `${path}.partial`;
      const file = openSync(partial, 'w', 0o600);
      try {
        for (const part of [head, ...parts]) writeWhole(file, part);
      } finally {
        closeSync(file);
      }
      renameSync(partial, path);
    },
    remove: () => rmSync(path, { force: true }),
  };
}

function writeWhole(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}
