import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { z } from 'zod';
import type { Ask } from '#api/queries/ask.ts';
import { pagesOf } from '#api/queries/pageBytes.ts';
import { recordsIn, type Snapshot } from '#api/queries/snapshot.ts';
import { readNative } from '#ingest/clickhouse-native/read.ts';
import { eventLeaf } from '#schemas/manifest.ts';
import type { Bytes } from '#schemas/merkle.ts';
import { covers, type Position } from '#schemas/position.ts';
import { sha256 } from './digest.ts';

/** A snapshot that ends somewhere. */
export type Bounded = Snapshot & { asOf: number };

/**
 * Which events a snapshot seals, in the order of their leaves: by recorded time, then subject (by its bytes), then
 * as they follow each other within the subject. Events that were there already are not sealed twice: a stream may
 * hold copies of an event, and moving it may make or drop some.
 */
const ORDERED = (conditions: string): string => `
  SELECT position, toUInt64(recordedAt) AS recordedAt
  FROM ledger FINAL
  WHERE verdict = 'applied' AND ${conditions}
  ORDER BY recordedAt, subject, position`;

const COUNT = (conditions: string): string => `
  SELECT count() AS count
  FROM ledger FINAL
  WHERE verdict = 'applied' AND ${conditions}`;

const ENVELOPES = (columns: string): string => `
  SELECT ${columns}
  FROM ledger
  WHERE position >= {first:UInt64} AND position <= {last:UInt64} AND position IN {positions:Array(UInt64)}`;

/** How many events a snapshot seals. */
export async function countSealed(ask: Ask, snapshot: Snapshot): Promise<number> {
  const { sql, params } = recordsIn(snapshot);
  const [row] = await ask.query(z.object({ count: z.int() }), COUNT(sql), params);
  return row?.count ?? 0;
}

/** Envelopes fetched at a time; leaves and keys worked through at a time, before the thread serves others. */
const PAGE = 5_000;
const LEAVES_AT_ONCE = 250;
const KEYS_AT_ONCE = 50_000;

type Keys = { positions: Float64Array; recordedAt: Float64Array };

async function orderedKeys(ask: Ask, snapshot: Bounded): Promise<Keys> {
  const { sql, params } = recordsIn(snapshot);
  const blocks = [...readNative(await ask.native(ORDERED(sql), params))];
  const rows = blocks.reduce((sum, block) => sum + block.rows, 0);
  const keys = { positions: new Float64Array(rows), recordedAt: new Float64Array(rows) };
  let at = 0;
  for (const block of blocks) {
    keys.positions.set(block.numbers('position'), at);
    keys.recordedAt.set(block.numbers('recordedAt'), at);
    at += block.rows;
  }
  return keys;
}

/**
 * The positions that the last of a chain of seals covers, in the order of its leaves: those of each earlier seal
 * come first, as they were. Without latecomers that is the plain order; with them, it keeps old roots good.
 */
export async function sealedPositions(ask: Ask, chain: readonly Bounded[]): Promise<Float64Array> {
  const last = chain.at(-1);
  if (!last) return new Float64Array();
  const { positions, recordedAt } = await orderedKeys(ask, last);
  const ordered = new Float64Array(positions.length);
  const taken = new Uint8Array(positions.length);
  let count = 0;
  for (const { offsets, asOf } of chain)
    for (let index = 0; index < positions.length; index++) {
      if (index % KEYS_AT_ONCE === 0) await yieldToOthers();
      const position = positions[index] as Position;
      if (taken[index] || (recordedAt[index] as number) > asOf || !covers(offsets, position)) continue;
      taken[index] = 1;
      ordered[count++] = position;
    }
  return ordered.subarray(0, count);
}

/** What an answer about some positions is asked with: they, and the range that they lie in. */
function rangeOf(positions: readonly Position[]) {
  let [first, last] = [Number.POSITIVE_INFINITY, 0];
  for (const position of positions) {
    first = Math.min(first, position);
    last = Math.max(last, position);
  }
  return { first, last, positions };
}

/** Cuts positions, in their order, into pages that an answer can hold. */
async function pagesAt(ask: Ask, positions: Float64Array): Promise<Position[][]> {
  const list = Array.from(positions);
  const found = new Map<Position, number>();
  const sql = ENVELOPES('position, toUInt64(length(envelope)) AS bytes');
  for (const block of readNative(await ask.native(sql, rangeOf(list)))) {
    const [places, sizes] = [block.numbers('position'), block.numbers('bytes')];
    for (let row = 0; row < block.rows; row++) found.set(places[row] ?? 0, sizes[row] ?? 0);
  }
  const sized = list.map((position) => ({ position, bytes: found.get(position) ?? 0 }));
  return pagesOf(sized).map((page) => page.map(({ position }) => position));
}

async function envelopesAt(ask: Ask, positions: readonly Position[]): Promise<string[]> {
  const found = new Map<Position, string>();
  for (const block of readNative(await ask.native(ENVELOPES('position, envelope'), rangeOf(positions)))) {
    const [places, texts] = [block.numbers('position'), block.texts('envelope')];
    for (let row = 0; row < block.rows; row++) found.set(places[row] ?? 0, texts[row] ?? '');
  }
  return positions.map((position) => {
    const text = found.get(position);
    if (text === undefined) throw new Error(`the ledger holds no event at ${position}`);
    return text;
  });
}

/** The envelopes at the positions, page by page; the next page is fetched while one is worked upon. */
async function* envelopePages(ask: Ask, positions: Float64Array): AsyncGenerator<string[]> {
  for (let from = 0; from < positions.length; from += PAGE) {
    const pages = await pagesAt(ask, positions.subarray(from, from + PAGE));
    const fetchPage = (index: number): Promise<string[]> | undefined => {
      const page = pages[index] && envelopesAt(ask, pages[index]);
      page?.catch(() => {});
      return page;
    };
    let next = fetchPage(0);
    for (let index = 0; next; index++) {
      const page = await next;
      next = fetchPage(index + 1);
      yield page;
    }
  }
}

export const leafOfText = (envelope: string): Bytes =>
  eventLeaf(sha256, JSON.parse(envelope) as Record<string, unknown>);

/** The hashes of the leaves at the positions, in their order. */
export async function* leavesAt(ask: Ask, positions: Float64Array): AsyncGenerator<Bytes> {
  for await (const page of envelopePages(ask, positions))
    for (const [index, envelope] of page.entries()) {
      if (index % LEAVES_AT_ONCE === 0) await yieldToOthers();
      yield leafOfText(envelope);
    }
}
