import { open } from 'lmdb';
import type { Envelope } from '#schemas/events.ts';
import { type Position, positionOf } from '#schemas/position.ts';
import { DISK_FULL, hasRoom, isDiskFull, NoRoom, roomIn } from '../process/room.ts';
import type { Batch, EventStream, ReadOptions, StreamRecord } from './eventStream.ts';
import { createSignal } from './signal.ts';

export type LmdbOptions = {
  /** The folder of the log; made if it is missing. One process at a time may append. */
  folder: string;
  /** Milliseconds since the epoch. */
  clock?: () => number;
  /** Bytes that the disk has free. */
  room?: () => number;
};

// Events are kept in blocks (first offset → when stored as float64, then for each event a line with its stamp and one
// with its JSON): singly, a look-up costs three times what parsing does. Larger blocks gain nothing.
const BLOCK = 100;
const HEAD = 8;
/** A block takes no further event beyond so many bytes, however few it holds (docs/limits.md). */
const BLOCK_BYTES = 4 * 1024 * 1024;
/** A reader holds no more at a time, however large single events are. */
const MOST_BYTES = 16 * 1024 * 1024;
/** No door lets in such an event, but older versions did: what they exported is to be restored. */
const EVENT_BYTES = 64 * 1024 * 1024;
const BREAK = 10;
/** What is appended is written once more at most: the log's own pages, and the rows that are made of it. */
const COPIES = 2;

type Block = { first: number; bytes: Buffer };

function encode(lines: readonly string[], storedAt: number): Buffer {
  const sizes = lines.map((line) => Buffer.byteLength(line));
  const bytes = Buffer.allocUnsafe(HEAD + sizes.reduce((sum, size) => sum + size + 1, -1));
  bytes.writeDoubleBE(storedAt, 0);
  let at = HEAD;
  for (const [index, line] of lines.entries()) {
    if (index > 0) bytes[at++] = BREAK;
    at += bytes.write(line, at);
  }
  return bytes;
}

/** The events in blocks, each bounded by number and by bytes. */
function blocksOf(first: number, events: readonly Envelope[], stamps: readonly string[], storedAt: number) {
  const blocks: Block[] = [];
  let lines: string[] = [];
  let [start, letters] = [first, 0];
  const end = (): void => {
    blocks.push({ first: start, bytes: encode(lines, storedAt) });
    start += lines.length / 2;
    [lines, letters] = [[], 0];
  };
  for (const [index, event] of events.entries()) {
    const text = JSON.stringify(event);
    // A UTF-16 unit takes three bytes at most.
    if (lines.length === 2 * BLOCK || (lines.length > 0 && (letters + text.length) * 3 > BLOCK_BYTES)) end();
    lines.push(stamps[index] ?? '', text);
    letters += text.length;
  }
  end();
  return blocks;
}

/** Line by line: an older log has blocks that are larger than a text can be. */
function decode(offset: number, block: Buffer): StreamRecord[] {
  const storedAt = block.readDoubleBE(0);
  const records: StreamRecord[] = [];
  const lineFrom = (start: number): number => {
    const end = block.indexOf(BREAK, start);
    return end < 0 ? block.length : end;
  };
  for (let start = HEAD; start <= block.length; ) {
    const stampEnd = lineFrom(start);
    const end = lineFrom(stampEnd + 1);
    records.push({
      position: positionOf(0, offset + records.length),
      storedAt,
      text: block.toString('utf8', stampEnd + 1, end),
      stamp: block.toString('utf8', start, stampEnd) || undefined,
    });
    start = end + 1;
  }
  return records;
}

/** How many events a block holds, without making texts of them. */
function countIn(block: Buffer): number {
  let breaks = 0;
  for (let at = block.indexOf(BREAK, HEAD); at >= 0; at = block.indexOf(BREAK, at + 1)) breaks++;
  return (breaks + 1) / 2;
}

/** lmdb hides the cause in a promise, which would end the process if nobody looked at it. */
async function causeOf(error: unknown): Promise<unknown> {
  const { commitError } = error as { commitError?: Promise<unknown> };
  return commitError
    ? Promise.resolve(commitError).then(
        () => error,
        (cause) => cause,
      )
    : error;
}

const EIO = 5;

/** Whether a commit failed for want of room: where the system writes a part of it alone, lmdb calls it an error of the disk. */
const isShort = (cause: unknown): boolean =>
  isDiskFull(cause) || (cause as { code?: unknown } | undefined)?.code === EIO;

/** The embedded log, in one partition. */
export function openLmdbStream({
  folder,
  clock = Date.now,
  room = () => roomIn(folder),
}: LmdbOptions): EventStream {
  // With lmdb's batching by event turn a failed commit also rejects a promise that nobody can get hold of.
  // Mapped in chunks, the log does not stay in memory once it has been read.
  const db = open<Buffer, number>({
    path: folder,
    encoding: 'binary',
    eventTurnBatching: false,
    remapChunks: true,
  });
  const appended = createSignal();
  const running = new Set<Promise<unknown>>();
  let next = 0;
  let lastBlock: number | undefined;
  findEnd();
  // Readers see flushed events only: after a power cut no one may have acted on an event that the log lost.
  let durable = next;
  let trouble: string | undefined;
  /** The trouble was room alone: lmdb drops a commit that does not fit, and works on once there is room. */
  let wantsRoom = false;
  let closed = false;

  function findEnd(): void {
    [lastBlock, next] = [undefined, 0];
    // A range gives no bytes for a value above 16 MiB when it runs backwards; a look-up by key does.
    for (const key of db.getKeys({ reverse: true, limit: 1 })) {
      lastBlock = key;
      next = key + countIn(blockAt(key));
    }
  }

  /** Once nothing is under way any more, what the log holds is what was written. */
  function mend(): void {
    if (trouble === undefined || !wantsRoom || running.size > 0 || closed || !hasRoom(room())) return;
    findEnd();
    trouble = undefined;
  }

  function blockAt(key: number): Buffer {
    const block = db.get(key);
    if (!block || block.length < HEAD) throw new Error(`block ${key} of the event log cannot be read`);
    return block;
  }

  async function write(blocks: readonly Block[]): Promise<void> {
    let committed = false;
    try {
      await db.transaction(() => {
        if (trouble) throw new Error(trouble);
        // Offsets are counted in this process: a second one would hand out the same.
        const [last] = db.getKeys({ reverse: true, limit: 1 });
        if (last !== lastBlock) throw new Error(`another process appends to ${folder}`);
        for (const { first, bytes } of blocks) {
          lastBlock = first;
          db.putSync(first, bytes);
        }
      });
      committed = true;
      await db.flushed;
    } catch (error) {
      const cause = await causeOf(error);
      if (trouble === undefined) wantsRoom = !committed && isShort(cause);
      // Offsets handed out after these may have reached the disk or not: `mend` looks, or opening the log again.
      trouble ??= `the event log takes no more events until it is opened again: ${(cause as Error).message}`;
      throw new Error(trouble, { cause });
    }
  }

  async function append(events: readonly Envelope[], stamps: readonly string[] = []): Promise<Position[]> {
    if (closed) throw new Error('the event log is closed');
    mend();
    if (trouble) throw new Error(trouble);
    if (events.length === 0) return [];
    const first = next;
    const blocks = blocksOf(first, events, stamps, clock());
    // Asked before anything is begun: lmdb takes nothing more after a commit that failed.
    if (!hasRoom(room(), COPIES * blocks.reduce((sum, { bytes }) => sum + bytes.length, 0)))
      throw new NoRoom();
    next += events.length;
    const written = write(blocks);
    running.add(written);
    try {
      await written;
    } finally {
      running.delete(written);
    }
    durable = Math.max(durable, first + events.length);
    appended.notify();
    return events.map((_, index) => positionOf(0, first + index));
  }

  /** At least `count` durable records from `at` on, if there are as many, and fewer of large ones. */
  function load(at: number, count: number): StreamRecord[] {
    const from = positionOf(0, at);
    const records: StreamRecord[] = [];
    let start = at;
    for (const key of db.getKeys({ start: at, reverse: true, limit: 1 })) start = key;
    let size = 0;
    for (const key of db.getKeys({ start, end: durable })) {
      const block = blockAt(key);
      for (const record of decode(key, block)) if (record.position >= from) records.push(record);
      size += block.length;
      if (records.length >= count || size >= MOST_BYTES) break;
    }
    return records;
  }

  async function* read([at = 0, ...others]: readonly number[], options: ReadOptions): AsyncGenerator<Batch> {
    const { signal, maxBatch = 5_000 } = options;
    if (others.length > 0) throw new Error('the embedded log has one partition, the position names more');
    if (at > durable) throw new Error(`position ${at} lies behind the end of the event log, ${durable}`);
    let loaded: StreamRecord[] = [];
    for (let first = true; !signal.aborted && !closed; first = false) {
      if (loaded.length === 0) loaded = load(at, maxBatch);
      if (loaded.length === 0 && !first) {
        await appended.wait(signal);
        continue;
      }
      const records = loaded.slice(0, maxBatch);
      loaded = loaded.slice(maxBatch);
      at += records.length;
      yield { records, next: [at], atEnd: at >= durable };
    }
  }

  return {
    partitions: 1,
    mostBytes: EVENT_BYTES,
    append,
    read,
    end: async () => [durable],
    trouble() {
      mend();
      return hasRoom(room()) ? trouble : DISK_FULL;
    },
    async close() {
      closed = true;
      await Promise.allSettled(running);
      appended.notify();
      const gone = db.close();
      // After a failed commit lmdb may wait for ever, or fails once more.
      if (trouble) gone.catch(() => undefined);
      else await gone;
    },
  };
}
