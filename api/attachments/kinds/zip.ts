import type { FileHandle } from 'node:fs/promises';
import { createInflateRaw, inflateRawSync } from 'node:zlib';
import { FileRefused } from '../refused.ts';

/** The entries of an archive as its own list names them, held against where they lie. */

export type Entry = {
  name: string;
  encrypted: boolean;
  method: number;
  compressed: number;
  inflated: number;
  offset: number;
};

const END = 0x06054b50;
const LISTED = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const LISTED_BYTES = 46;
const LOCAL_BYTES = 30;
const LONGEST_COMMENT = 65_535;
const MOST_ENTRIES = 10_000;
const MOST_LISTED = 8 * 1024 * 1024;
/** All entries together, unpacked: a presentation full of pictures has a tenth of it. */
const MOST_INFLATED = 512 * 1024 * 1024;
const STORED = 0;
const DEFLATED = 8;

export async function readAt(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, offset);
  return buffer.subarray(0, bytesRead);
}

type End = { count: number; size: number; offset: number; at: number };

/** Where the list of an archive stands that ends with the file; undefined where the file ends as none. */
export async function endOfZip(file: FileHandle, size: number): Promise<End | undefined> {
  const length = Math.min(size, END_BYTES + LONGEST_COMMENT);
  const tail = await readAt(file, size - length, length);
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END || at + END_BYTES + tail.readUInt16LE(at + 20) !== tail.length)
      continue;
    return {
      count: tail.readUInt16LE(at + 10),
      size: tail.readUInt32LE(at + 12),
      offset: tail.readUInt32LE(at + 16),
      at: size - length + at,
    };
  }
  return undefined;
}

function entriesIn(list: Buffer, count: number): Entry[] {
  const entries: Entry[] = [];
  let at = 0;
  while (at + LISTED_BYTES <= list.length && list.readUInt32LE(at) === LISTED) {
    const nameLength = list.readUInt16LE(at + 28);
    const more = list.readUInt16LE(at + 30) + list.readUInt16LE(at + 32);
    entries.push({
      name: list.toString('utf8', at + LISTED_BYTES, at + LISTED_BYTES + nameLength),
      encrypted: (list.readUInt16LE(at + 8) & 1) === 1,
      method: list.readUInt16LE(at + 10),
      compressed: list.readUInt32LE(at + 20),
      inflated: list.readUInt32LE(at + 24),
      offset: list.readUInt32LE(at + 42),
    });
    at += LISTED_BYTES + nameLength + more;
  }
  if (at !== list.length || entries.length !== count) throw new FileRefused('broken');
  return entries;
}

/** Where an entry's own bytes begin. */
async function startOf(file: FileHandle, { offset }: Entry): Promise<number> {
  const head = await readAt(file, offset, LOCAL_BYTES);
  if (head.length < LOCAL_BYTES || head.readUInt32LE(0) !== LOCAL) throw new FileRefused('broken');
  return offset + LOCAL_BYTES + head.readUInt16LE(26) + head.readUInt16LE(28);
}

/** Entries that lie over one another are how a small file unpacks to petabytes. */
async function refuseOverlaps(file: FileHandle, entries: readonly Entry[], end: number): Promise<void> {
  const inOrder = entries.toSorted((a, b) => a.offset - b.offset);
  if (inOrder[0]?.offset !== 0) throw new FileRefused('two-in-one');
  for (const [index, entry] of inOrder.entries()) {
    const next = inOrder[index + 1]?.offset ?? end;
    if ((await startOf(file, entry)) + entry.compressed > next) throw new FileRefused('bomb');
  }
}

/** The entries of a file that is an archive from its first byte to its last. Throws `FileRefused`. */
export async function readEntries(file: FileHandle, size: number): Promise<Entry[]> {
  const end = await endOfZip(file, size);
  if (!end || end.size > MOST_LISTED || end.count > MOST_ENTRIES) throw new FileRefused('broken');
  if (end.offset + end.size !== end.at) throw new FileRefused('two-in-one');
  const entries = entriesIn(await readAt(file, end.offset, end.size), end.count);
  if (entries.some(({ encrypted }) => encrypted)) throw new FileRefused('encrypted');
  const odd = ({ name, method, compressed, inflated }: Entry): boolean =>
    /(^|[\\/])\.\.([\\/]|$)|^[\\/]|\0|^[a-z]:/i.test(name) ||
    (method !== STORED && method !== DEFLATED) ||
    (method === STORED && compressed !== inflated);
  if (entries.some(odd) || new Set(entries.map(({ name }) => name.toLowerCase())).size < entries.length)
    throw new FileRefused('broken');
  if (entries.reduce((sum, { inflated }) => sum + inflated, 0) > MOST_INFLATED) throw new FileRefused('bomb');
  await refuseOverlaps(file, entries, end.offset);
  return entries;
}

/** An entry, unpacked; no more than `most` bytes of it. */
export async function readEntry(file: FileHandle, entry: Entry, most: number): Promise<Buffer> {
  if (entry.inflated > most) throw new FileRefused('broken');
  const packed = await readAt(file, await startOf(file, entry), entry.compressed);
  if (entry.method === STORED) return packed;
  try {
    return inflateRawSync(packed, { maxOutputLength: most });
  } catch {
    throw new FileRefused('broken');
  }
}

const PIECE = 64 * 1024;

async function inflatesAsSaid(file: FileHandle, entry: Entry): Promise<void> {
  const start = await startOf(file, entry);
  const inflater = createInflateRaw();
  let length = 0;
  try {
    const feed = async (): Promise<void> => {
      for (let at = 0; at < entry.compressed && !inflater.destroyed; at += PIECE) {
        const piece = await readAt(file, start + at, Math.min(PIECE, entry.compressed - at));
        if (!inflater.write(piece))
          await new Promise((resolve) => inflater.once('drain', resolve).once('close', resolve));
      }
      inflater.end();
    };
    const fed = feed();
    for await (const chunk of inflater) {
      length += (chunk as Buffer).length;
      if (length > entry.inflated) throw new FileRefused('bomb');
    }
    await fed;
  } catch (error) {
    throw error instanceof FileRefused ? error : new FileRefused('broken');
  } finally {
    inflater.destroy();
  }
  if (length !== entry.inflated) throw new FileRefused('broken');
}

/** Unpacks everything once without keeping it: sizes that an archive declares of itself are not believed. */
export async function refuseLies(file: FileHandle, entries: readonly Entry[]): Promise<void> {
  for (const entry of entries) if (entry.method === DEFLATED) await inflatesAsSaid(file, entry);
}
