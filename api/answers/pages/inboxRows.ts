import { authorsOf, pairKey } from '#api/queries/activityFacts.ts';
import type { Ask } from '#api/queries/ask.ts';
import { type InboxRow, rowSizes, rowsAt, type Sibling, siblingsOf } from '#api/queries/inbox.ts';
import { fitting } from '#api/queries/pageBytes.ts';
import { createLru } from '#api/ranking-cache/lru.ts';
import type { Progress } from '#api/ranking-cache/progress.ts';
import type { Alike } from './alike.ts';

/** What is shown of one that waits, whoever asks. */
export type WaitingRow = {
  row: InboxRow;
  bytes: number;
  /** The accounts that reported it. */
  authors: ReadonlySet<string>;
  /** What stands on its day, where it may be like any of it. */
  siblings: readonly Sibling[];
};

type Place = { fromPos: number; unit: string };
type OfUnit = Map<number, WaitingRow>;

const KEPT_BYTES = 32 * 2 ** 20;

export type InboxRows = {
  /** The first ones that fit a page. */
  at(year: number, places: readonly Place[]): Promise<WaitingRow[]>;
};

const cellOf = ({ unit, kind, day }: Pick<InboxRow, 'unit' | 'kind' | 'day'>): string =>
  JSON.stringify([unit, kind, day]);

/** Keeps rows that were shown until anything of their unit changes: the next page, or the same again, asks for few. */
export function createInboxRows(
  ask: Ask,
  progress: Pick<Progress, 'offsets' | 'subscribe'>,
  alike: Alike,
): InboxRows {
  const kept = createLru<OfUnit>(KEPT_BYTES);
  /** What changed while somebody reads is not kept as it was read. */
  const reading = new Set<Set<string>>();
  progress.subscribe(({ touched, reset }) => {
    if (reset) kept.clear();
    for (const unit of touched.all) kept.delete(unit);
    for (const changed of reading) for (const unit of touched.all) changed.add(unit);
    if (reset) reading.clear();
  });

  function keep(rows: readonly WaitingRow[]): void {
    for (const [unit, list] of Map.groupBy(rows, ({ row }) => row.unit)) {
      const ofUnit: OfUnit = kept.get(unit) ?? new Map();
      for (const one of list) ofUnit.set(one.row.fromPos, one);
      kept.set(
        unit,
        ofUnit,
        [...ofUnit.values()].reduce((sum, { bytes }) => sum + bytes, 0),
      );
    }
  }

  async function read(year: number, places: readonly (Place & { bytes: number })[]): Promise<WaitingRow[]> {
    if (places.length === 0) return [];
    const changed = new Set<string>();
    reading.add(changed);
    try {
      const snapshot = { offsets: progress.offsets(), asOf: null };
      const [rows, { byUnit }] = await Promise.all([rowsAt(ask, { year, places }), alike.at(year)]);
      const units = new Set(rows.map(({ unit }) => unit));
      const known = new Set([...units].flatMap((unit) => byUnit.get(unit) ?? []).map(pairKey));
      // Which open reports are alike is known; what an appeal is about may be like any.
      const likely = rows.filter((row) => row.appealOpen || known.has(pairKey(row)));
      const [authors, siblings] = await Promise.all([
        authorsOf(ask, { snapshot, pairs: rows }),
        siblingsOf(ask, { snapshot, year, rows: likely }),
      ]);
      const days = Map.groupBy(siblings, cellOf);
      const sizes = new Map(places.map(({ fromPos, bytes }) => [fromPos, bytes]));
      const found = rows.map((row) => ({
        row,
        bytes: sizes.get(row.fromPos) ?? 0,
        authors: authors.get(pairKey(row)) ?? new Set<string>(),
        siblings: days.get(cellOf(row)) ?? [],
      }));
      if (reading.has(changed)) keep(found.filter(({ row }) => !changed.has(row.unit)));
      return found;
    } finally {
      reading.delete(changed);
    }
  }

  return {
    async at(year, places) {
      const known = new Map(
        places.flatMap(({ unit, fromPos }) => {
          const one = kept.get(unit)?.get(fromPos);
          return one ? [[fromPos, one] as const] : [];
        }),
      );
      const unknown = places.filter(({ fromPos }) => !known.has(fromPos));
      const sizes = await rowSizes(ask, { year, places: unknown });
      const sized = places.map((place) => ({
        ...place,
        bytes: known.get(place.fromPos)?.bytes ?? sizes.get(place.fromPos) ?? 0,
      }));
      const shown = sized.slice(0, fitting(sized, places.length));
      for (const one of await read(
        year,
        shown.filter(({ fromPos }) => !known.has(fromPos)),
      ))
        known.set(one.row.fromPos, one);
      return shown.flatMap(({ fromPos }) => known.get(fromPos) ?? []);
    },
  };
}
