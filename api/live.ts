import { formatWatermark } from '#schemas/position.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import type { Log, Projection, Viewer } from './ports.ts';

/** How a unit's rank changed; `null` where it has none. */
export type RankChange = Pick<RankingRow, 'unit' | 'name' | 'rank' | 'total'> & {
  previousRank: number | null;
};

export type LiveEvent =
  | { event: 'watermark'; data: { watermark: string } }
  | { event: 'ranks'; data: { year: number; basis: 'to-date'; changed: RankChange[] } }
  /** Another day has begun in the plan's time zone: what depends on today is another. */
  | { event: 'day'; data: { on: string } };

export type Live = {
  /** Events as they come, only what this viewer's ranking would show. Ends with the signal, or when the server closes. */
  follow(viewer: Viewer, signal: AbortSignal): AsyncIterable<LiveEvent | 'idle'>;
  close(): void;
};

export type LiveDeps = {
  projection: Pick<Projection, 'watermark' | 'onMove'>;
  /** This year's ranking to date, or undefined while there is no plan. */
  ranking: () => Promise<{ year: number; on: string; rows: readonly RankingRow[] } | undefined>;
  log: Pick<Log, 'warn'>;
  /** A ranking is computed at most so often, however fast events come. */
  everyMs?: number;
  /** Without news for so long, a beat is sent, so that a dead connection is noticed. */
  idleMs?: number;
  /** The clock is looked at so often: days begin without an event. */
  clockMs?: number;
};

type Listener = (event: LiveEvent) => void;

const forViewer = (event: LiveEvent, { unit }: Viewer): LiveEvent | undefined => {
  if (event.event !== 'ranks' || unit === undefined) return event;
  const changed = event.data.changed.filter((change) => change.unit === unit);
  return changed.length ? { ...event, data: { ...event.data, changed } } : undefined;
};

/** The rows whose rank or total is not what it was. */
export function changesOf(
  before: ReadonlyMap<string, RankingRow>,
  rows: readonly RankingRow[],
): RankChange[] {
  return rows.flatMap((row) => {
    const old = before.get(row.unit);
    if (old && old.rank === row.rank && old.total === row.total) return [];
    return [
      { unit: row.unit, name: row.name, rank: row.rank, total: row.total, previousRank: old?.rank ?? null },
    ];
  });
}

/** One watcher for all who listen: while nobody does, nothing is computed. */
export function createLive({
  projection,
  ranking,
  log,
  everyMs = 1_000,
  idleMs = 10_000,
  clockMs = 15_000,
}: LiveDeps): Live {
  const listeners = new Set<Listener>();
  let known: Map<string, RankingRow> | undefined;
  let today: { year: number; on: string } | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let moved = false;
  const closers = new Set<() => void>();

  const tell = (event: LiveEvent): void => {
    for (const listener of listeners) listener(event);
  };

  const look = async (): Promise<void> => {
    // Said whenever the projection has moved, also to where it was before: a rebuild ends there.
    if (moved) tell({ event: 'watermark', data: { watermark: formatWatermark(projection.watermark()) } });
    moved = false;
    const found = await ranking();
    if (!found) return;
    const { year, on } = found;
    if (today && today.on !== on) tell({ event: 'day', data: { on } });
    // Ranks of another year are no changes of this one's.
    const changed = known && today?.year === year ? changesOf(known, found.rows) : [];
    remember(found);
    if (changed.length) tell({ event: 'ranks', data: { year: found.year, basis: 'to-date', changed } });
  };

  const remember = ({ year, on, rows }: NonNullable<Awaited<ReturnType<LiveDeps['ranking']>>>): void => {
    known = new Map(rows.map((row) => [row.unit, row]));
    today = { year, on };
  };

  const run = (): void => {
    if (timer || closed || listeners.size === 0) return;
    timer = setTimeout(() => {
      look()
        .catch((error: unknown) => log.warn({ err: error }, 'live ranking failed'))
        .finally(() => {
          timer = undefined;
          if (moved) run();
        });
    }, everyMs);
  };

  const stopWatching = projection.onMove(() => {
    moved = true;
    run();
  });

  const clock = setInterval(run, clockMs).unref();

  /** The first listener's ranking is what changes are measured against. */
  const begin = async (): Promise<void> => {
    const found = await ranking();
    if (found && !known) remember(found);
  };

  async function* follow(viewer: Viewer, signal: AbortSignal): AsyncGenerator<LiveEvent | 'idle'> {
    const queue: LiveEvent[] = [
      { event: 'watermark', data: { watermark: formatWatermark(projection.watermark()) } },
    ];
    let notify = (): void => {};
    const listener: Listener = (event) => {
      const seen = forViewer(event, viewer);
      if (seen) queue.push(seen);
      notify();
    };
    const end = (): void => notify();
    if (listeners.size === 0) [known, today] = [undefined, undefined];
    listeners.add(listener);
    closers.add(end);
    signal.addEventListener('abort', end);
    try {
      await begin();
      while (!signal.aborted && !closed) {
        const next = queue.shift();
        if (next) {
          yield next;
          continue;
        }
        const idle = await new Promise<boolean>((resolve) => {
          const alarm = setTimeout(() => resolve(true), idleMs);
          notify = () => {
            clearTimeout(alarm);
            resolve(false);
          };
        });
        if (idle) yield 'idle';
      }
    } finally {
      listeners.delete(listener);
      closers.delete(end);
      signal.removeEventListener('abort', end);
    }
  }

  return {
    follow,
    close() {
      closed = true;
      stopWatching();
      clearTimeout(timer);
      clearInterval(clock);
      for (const end of closers) end();
    },
  };
}
