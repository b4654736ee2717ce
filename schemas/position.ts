/**
 * Where an event stands in the stream, and how far the stream has been read.
 *
 * A stream has one or more partitions; offsets ascend within each. To callers a position ("0-41") and a
 * watermark ("42" or, with three partitions, "42.7.0") are opaque strings. Inside, a position is one safe
 * integer, so that the store can order, compare and replace by it.
 */

/** partition × 2^40 + offset + 1: ascending within a partition, never 0 (the store keeps 0 for "open"). */
export type Position = number;

/** For each partition, the offset that is read next. */
export type Offsets = readonly number[];

const PARTITION = 2 ** 40;

/** The position of an offset in a partition (partition below 8,192, so that the sum stays a safe integer). */
export const positionOf = (partition: number, offset: number): Position => partition * PARTITION + offset + 1;

export const partitionOf = (position: Position): number => Math.floor((position - 1) / PARTITION);

export const offsetOf = (position: Position): number => (position - 1) % PARTITION;

export const formatPosition = (position: Position): string =>
  `${partitionOf(position)}-${offsetOf(position)}`;

/** Parses what `formatPosition` wrote; undefined for anything else. */
export function parsePosition(text: string): Position | undefined {
  const match = /^(\d{1,4})-(\d{1,12})$/.exec(text);
  return match ? positionOf(Number(match[1]), Number(match[2])) : undefined;
}

export const formatWatermark = (offsets: Offsets): string => offsets.join('.');

/** Parses what `formatWatermark` wrote; undefined for anything else. */
export function parseWatermark(text: string): Offsets | undefined {
  return /^\d{1,12}(\.\d{1,12})*$/.test(text) ? text.split('.').map(Number) : undefined;
}

/** True once everything up to and including `position` has been read. */
export const covers = (read: Offsets, position: Position): boolean =>
  (read[partitionOf(position)] ?? 0) > offsetOf(position);

/** True once `read` is at least as far as `wanted` in every partition. */
export const coversAll = (read: Offsets, wanted: Offsets): boolean =>
  wanted.every((offset, partition) => (read[partition] ?? 0) >= offset);
