import type { Envelope } from '#schemas/events.ts';
import type { Offsets, Position } from '#schemas/position.ts';

/** One record as the stream holds it. Foreign producers write too, so what it carries is not trusted. */
export type StreamRecord = {
  position: Position;
  /** The stream's own clock when it took the record in, ms since the epoch; dates an envelope without `recordedtime`. */
  storedAt: number;
  /** The envelope as JSON; whether it is JSON at all is for the reader to find out. */
  text?: string;
  /** The bytes, where they are no text: kept so that the quarantine can show them. */
  raw?: Uint8Array;
  /** Why it says nothing, where the stream knows: whatever else is here is no event. */
  fault?: string;
  /**
   * What the writer stamped beside the envelope, whose text is then as JSON.stringify writes it. Only a log to which
   * this process alone writes keeps stamps.
   */
  stamp?: string | undefined;
};

export type Batch = {
  /** Ascending within each partition. */
  records: readonly StreamRecord[];
  /** Where to read on once these records are dealt with. */
  next: Offsets;
  /** True when nothing more was in the stream at the time of reading. */
  atEnd: boolean;
};

export type ReadOptions = {
  signal: AbortSignal;
  /** At most so many records a batch (default 5,000). */
  maxBatch?: number;
};

/**
 * The append-only stream: the truth that everything else is derived from.
 *
 * The caller batches; the adapter retries what is safe to retry. Adapters know nothing of the domain: identity
 * and the rules of events are settled at the door and in projection.
 */
export type EventStream = {
  /** Fixed when the stream is made: a subject always lands in the same partition. */
  readonly partitions: number;
  /** Bytes of the largest event that it takes, as JSON. Doors let in smaller ones only; a restored stream may hold more. */
  readonly mostBytes: number;
  /**
   * Appends in the given order and resolves once all are durable (embedded: synced to disk; Kafka: acks from
   * all in-sync replicas). Order within a subject is that of the calls. Rejects if any may be lost; a caller
   * that repeats the call may then write duplicates, which identity makes harmless.
   *
   * `stamps` has a line (without a line break, perhaps empty) for each event: what the writer found out about it, so
   * that a reader need not. An adapter to whose stream others write drops them, since anyone could write anything.
   */
  append(events: readonly Envelope[], stamps?: readonly string[]): Promise<Position[]>;
  /** Batches from `from` on; at the end it waits for more, until the signal aborts. An empty batch with `atEnd` may come first. */
  read(from: Offsets, options: ReadOptions): AsyncIterable<Batch>;
  /** The offsets behind the last record of each partition. */
  end(): Promise<Offsets>;
  /** A sentence that says what is wrong, or undefined while the stream works. */
  trouble(): string | undefined;
  /** Waits for running appends, then lets go. */
  close(): Promise<void>;
};
