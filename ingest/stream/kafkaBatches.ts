import { CODECS, CodecMissing, INFLATE } from './kafkaCodecs.ts';

/**
 * Record batches as a broker sends them (message format 2) → messages. kafkajs's own decoder knows gzip alone, knows
 * no limit, and whatever it stumbles over ends all reading; this one takes its place (`kafkaDecoder.ts`). It never
 * fails on what a producer wrote: what cannot be read becomes a message that says so, and stands where it stood.
 */

/** A message in the shape in which kafkajs passes it on. */
export type Fetched = {
  offset: string;
  timestamp: string;
  attributes: number;
  key: Buffer | null;
  value: Buffer | null;
  /** By name; of a name that is repeated the last. */
  headers: Record<string, Buffer | undefined>;
  /** Whether kafkajs keeps it from whoever reads. */
  isControlRecord: boolean;
  batchContext: { producerId: string; inTransaction: boolean };
  /** Why it cannot be read; the value then is what was there. */
  unreadable?: string;
};

/** What a message in the inbox may be: kafkajs's types know of nothing unreadable. */
export type Unreadable = { unreadable?: string };

type Head = {
  base: number;
  last: number;
  codec: number;
  logAppendTime: boolean;
  firstTimestamp: number;
  maxTimestamp: number;
  control: boolean;
  count: number;
  batchContext: Fetched['batchContext'];
};

const HEAD_BYTES = 61;
const LENGTH_AT = 8;
const MAGIC_AT = 16;
export const MAGIC = 2;
/** Behind the base offset and the length. */
const LENGTH_COUNTS_FROM = 12;
/** More would fill the memory with objects, however small each is. */
const MOST_RECORDS = 200_000;
/** The stream keeps all of it; the quarantine shows the beginning. */
const MOST_SHOWN = 64 * 1024;

const headOf = (bytes: Buffer): Head => {
  const attributes = bytes.readInt16BE(21);
  const base = Number(bytes.readBigInt64BE(0));
  return {
    base,
    last: base + bytes.readInt32BE(23),
    codec: attributes & 0x07,
    logAppendTime: (attributes & 0x08) > 0,
    firstTimestamp: Number(bytes.readBigInt64BE(27)),
    maxTimestamp: Number(bytes.readBigInt64BE(35)),
    control: (attributes & 0x20) > 0,
    count: bytes.readInt32BE(57),
    batchContext: { producerId: String(bytes.readBigInt64BE(43)), inTransaction: (attributes & 0x10) > 0 },
  };
};

/** Reads what varies in length; throws a RangeError behind the end. */
class Cursor {
  private at = 0;
  private readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
  skip(count: number): void {
    this.at += count;
  }
  /** Zigzag, seven bits a byte; exact up to 2^53, which no offset and no time exceeds. */
  varint(): number {
    let raw = 0;
    for (let scale = 1; scale < 2 ** 70; scale *= 128) {
      const byte = this.bytes.readUInt8(this.at++);
      raw += (byte & 0x7f) * scale;
      if (byte < 0x80) return raw % 2 === 0 ? raw / 2 : -(raw + 1) / 2;
    }
    throw new RangeError('a number has no end');
  }
  /** Null where the length says so. */
  piece(): Buffer | null {
    const length = this.varint();
    if (length < 0) return null;
    if (this.at + length > this.bytes.length) throw new RangeError('it ends too soon');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}

const messageOf = (head: Head, offset: number, said: Partial<Fetched>): Fetched => ({
  offset: String(offset),
  timestamp: String(head.maxTimestamp),
  attributes: 0,
  key: null,
  value: null,
  headers: {},
  isControlRecord: head.control,
  batchContext: head.batchContext,
  ...said,
});

function headersIn(cursor: Cursor): Fetched['headers'] {
  const headers = new Map<string, Buffer | undefined>();
  for (let left = cursor.varint(); left > 0; left--) {
    const name = cursor.piece()?.toString('utf8') ?? '';
    headers.set(name, cursor.piece() ?? undefined);
  }
  return Object.fromEntries(headers);
}

function recordIn(head: Head, bytes: Buffer): Fetched {
  const cursor = new Cursor(bytes);
  cursor.skip(1);
  const later = cursor.varint();
  const offset = head.base + cursor.varint();
  const timestamp = head.logAppendTime ? head.maxTimestamp : head.firstTimestamp + later;
  const key = cursor.piece();
  const value = cursor.piece();
  return messageOf(head, offset, { timestamp: String(timestamp), key, value, headers: headersIn(cursor) });
}

async function recordsIn(head: Head, body: Buffer): Promise<Fetched[]> {
  const codec = CODECS[head.codec];
  if (codec === undefined)
    throw new Error(`it is compressed in a way (${head.codec}) that nobody knows here`);
  if (head.count > MOST_RECORDS) throw new Error(`it holds more than ${MOST_RECORDS} messages`);
  const cursor = new Cursor(
    await INFLATE[codec](body).catch((error: Error) => {
      throw error instanceof CodecMissing ? error : new Error(`${codec}: ${error.message}`);
    }),
  );
  const records: Fetched[] = [];
  for (let left = head.count; left > 0; left--)
    records.push(recordIn(head, cursor.piece() ?? Buffer.alloc(0)));
  return records;
}

/** A batch as one message that cannot be read, and a mark at its end, so that reading goes on behind it. */
function unreadable(head: Head, bytes: Buffer, reason: string): Fetched[] {
  const { base, last } = head;
  const which = last > base ? `the batch of offsets ${base} to ${last}` : `offset ${base}`;
  const value = bytes.subarray(0, MOST_SHOWN);
  const said = messageOf(head, base, { value, unreadable: `${which} cannot be read: ${reason}` });
  return last > base ? [said, messageOf(head, last, { isControlRecord: true })] : [said];
}

/** All whole batches; a broker cuts the last one where the answer is full. Throws `CodecMissing` alone. */
export async function messagesIn(bytes: Buffer): Promise<Fetched[]> {
  const messages: Fetched[] = [];
  for (let at = 0; at + HEAD_BYTES <= bytes.length; ) {
    const end = at + LENGTH_COUNTS_FROM + bytes.readInt32BE(at + LENGTH_AT);
    if (end > bytes.length || end < at + HEAD_BYTES) break;
    const batch = bytes.subarray(at, end);
    const head = headOf(batch);
    const records = await recordsIn(head, batch.subarray(HEAD_BYTES)).catch((error: Error) => {
      if (error instanceof CodecMissing) throw error;
      return unreadable(head, batch, error.message);
    });
    for (const record of records) messages.push(record);
    at = end;
  }
  return messages;
}

export const magicOf = (bytes: Buffer): number =>
  bytes.length > MAGIC_AT ? bytes.readInt8(MAGIC_AT) : MAGIC;

type Aborted = { producerId: string; firstOffset: string };

const isAbort = ({ isControlRecord, key }: Fetched): boolean =>
  isControlRecord && key !== null && key.length >= 4 && key.readInt16BE(2) === 0;

/**
 * Marks what belongs to transactions that were given up, so that nobody gets to see it. kafkajs takes up one such
 * transaction a message, and lets messages of a second one through where several are open at once.
 */
export function hideAborted(messages: readonly Fetched[], aborted: readonly Aborted[]): void {
  const open = new Set<string>();
  const coming = [...aborted].sort((a, b) => Number(a.firstOffset) - Number(b.firstOffset));
  let next = 0;
  for (const message of messages) {
    for (
      let one = coming[next];
      one && Number(one.firstOffset) <= Number(message.offset);
      one = coming[++next]
    )
      open.add(one.producerId);
    const { producerId, inTransaction } = message.batchContext;
    if (isAbort(message)) open.delete(producerId);
    else if (inTransaction && open.has(producerId)) message.isControlRecord = true;
  }
}
