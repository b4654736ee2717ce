import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planIn, rowsIn } from '#api/freeze/rows.ts';
import { project } from '#ingest/project/project.ts';
import { openLmdbState } from '#ingest/state/packed/lmdbState.ts';
import { openStore, type Store } from '#ingest/store/client.ts';
import { insertRows } from '#ingest/store/insert.ts';
import { migrate } from '#ingest/store/migrate.ts';
import type { StreamRecord } from '#ingest/stream/eventStream.ts';
import { type BandInput, rankBands } from '#schemas/bands/bands.ts';
import type { Plan } from '#schemas/plan.ts';
import { offsetOf, type Position, positionOf } from '#schemas/position.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import { linesOf, objectIn } from './lines.ts';

export type Recomputed = {
  /** Undefined where the events adopt none for the year. */
  plan: Plan | undefined;
  rows: RankingRow[];
  /** Lines that the rules refuse. */
  refused: { line: number; reason: string }[];
  /** Lines with an event that stands before them already. */
  already: Set<number>;
};

type Replayed = Pick<Recomputed, 'refused' | 'already'>;

const BATCH = 5_000;

/** Records of the lines that are wanted, in batches; `lines` takes down which line each record was. */
async function* recordsOf(
  file: string,
  isWanted: (line: number) => boolean,
  lines: number[],
): AsyncGenerator<StreamRecord[]> {
  let batch: StreamRecord[] = [];
  for await (const { line, bytes } of linesOf(file)) {
    const envelope = isWanted(line) ? objectIn(bytes) : undefined;
    if (!envelope) continue;
    const { position: _, ...kept } = envelope;
    batch.push({ position: positionOf(0, lines.length), storedAt: 0, text: JSON.stringify(kept) });
    lines.push(line);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function replay(
  store: Store,
  folder: string,
  batches: AsyncIterable<StreamRecord[]>,
  lines: readonly number[],
): Promise<Replayed> {
  const state = openLmdbState({ folder, stream: 'verify' });
  const replayed: Replayed = { refused: [], already: new Set() };
  const lineAt = (position: Position): number => lines[offsetOf(position)] ?? 0;
  try {
    for await (const records of batches) {
      const { rows, changes } = project(state.view, records);
      await insertRows(store, rows);
      const offsets = [lines.length];
      await state.commit({ changes, offsets, written: offsets, quarantined: 0 });
      for (const { position, reason } of rows.quarantine)
        replayed.refused.push({ line: lineAt(position), reason });
      for (const { position, verdict } of rows.ledger)
        if (verdict === 'already') replayed.already.add(lineAt(position));
    }
  } finally {
    await state.close();
  }
  return replayed;
}

/** Lends an empty store, and a folder for whatever goes with it, for as long as `use` takes. */
export type Lend = <T>(use: (store: Store, folder: string) => Promise<T>) => Promise<T>;

/** A store of its own, in a folder that goes afterwards. */
export const temporaryStore: Lend = async (use) => {
  const folder = mkdtempSync(join(tmpdir(), 'wuxing-verify-'));
  try {
    const store = await openStore({ dataDir: folder, readers: 2, maxSeconds: 600 });
    try {
      await migrate(store);
      return await use(store, folder);
    } finally {
      await store.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Replays the wanted lines of an export and ranks the year, as the product does. */
export const recompute = (
  lend: Lend,
  file: string,
  isWanted: (line: number) => boolean,
  { year, asOf }: { year: number; asOf: number },
): Promise<Recomputed> =>
  lend(async (store, folder) => {
    const lines: number[] = [];
    const replayed = await replay(store, join(folder, 'state'), recordsOf(file, isWanted, lines), lines);
    const snapshot = { offsets: [lines.length], asOf };
    const plan = await planIn(store, year, snapshot);
    const judging = { ask: store, bandsOf: async (input: BandInput) => rankBands(input) };
    return { plan, rows: plan ? await rowsIn(judging, plan, snapshot) : [], ...replayed };
  });
