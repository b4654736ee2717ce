import { entryOf } from '#schemas/entries.ts';
import { placesGained } from '#schemas/presentation/answers/ranking.ts';
import { isFull, type Row } from '#schemas/presentation/answers/rows.ts';
import type { Ranking } from '#schemas/results/results.ts';
import { nameSearch } from '../../finder/spelling.ts';

export type Movement = { kind: 'up' | 'down'; places: number } | { kind: 'same' | 'fresh' | 'unknown' };

/** Against the rank that the unit had at the time compared with. */
export function movementOf(row: Row): Movement {
  if (!isFull(row) || row.previousRank === undefined || row.rank === null) return { kind: 'unknown' };
  if (row.previousRank === null) return { kind: 'fresh' };
  const places = placesGained(row) ?? 0;
  if (places === 0) return { kind: 'same' };
  return places > 0 ? { kind: 'up', places } : { kind: 'down', places: -places };
}

/** The rows, as where nothing is compared with. */
export const uncompared = <R extends Row>(rows: readonly R[]): R[] =>
  rows.map((row) => (isFull(row) ? { ...row, previousRank: undefined } : row));

const placesOf = (row: Row): number | null => {
  const movement = movementOf(row);
  if (movement.kind === 'up') return movement.places;
  if (movement.kind === 'down') return -movement.places;
  return movement.kind === 'same' ? 0 : null;
};

export type Order = { key: string; descending: boolean };

const FIXED: ReadonlySet<string> = new Set(['rank', 'movement', 'name', 'total', 'groupRank']);
const CRITERION = 'criterion:';

/** The key of a criterion's column: its id, set off where it would be taken for another column or for a minus. */
export const criterionKey = (id: string): string =>
  FIXED.has(id) || id.startsWith('-') ? `${CRITERION}${id}` : id;

/** `rank`, `movement`, `name`, `total`, `groupRank`, or a criterion's key; a leading minus turns it round. */
export function parseOrder(text: string | null): Order {
  if (!text) return { key: 'rank', descending: false };
  return text.startsWith('-') ? { key: text.slice(1), descending: true } : { key: text, descending: false };
}

/** Clicking a column again turns it round; scores and climbs begin with the greatest, ranks with the first. */
export function nextOrder(current: Order, key: string): string | null {
  const begins = !['rank', 'name', 'groupRank'].includes(key);
  const descending = current.key === key ? !current.descending : begins;
  const text = `${descending ? '-' : ''}${key}`;
  return text === 'rank' ? null : text;
}

function sortValue(row: Row, key: string): number | null {
  if (key === 'rank') return row.rank;
  if (key === 'total') return row.total;
  if (!isFull(row)) return null;
  if (key === 'movement') return placesOf(row);
  if (key === 'groupRank') return row.groupRank;
  const id = key.startsWith(CRITERION) ? key.slice(CRITERION.length) : key;
  return entryOf(row.criteria, id) ?? null;
}

const collator = new Intl.Collator('zh-CN', { numeric: true });

/** The place of each name among all that were ever sorted: names are compared once, and figures from then on. */
let placeOfName: ReadonlyMap<string, number> = new Map();
function placesOfNames(names: readonly string[]): ReadonlyMap<string, number> {
  if (names.some((name) => !placeOfName.has(name))) {
    const all = [...new Set([...placeOfName.keys(), ...names])].sort(collator.compare);
    let place = 0;
    placeOfName = new Map(
      all.map((name, at) => {
        const before = all[at - 1];
        // Names that are written otherwise and stand level keep the order of the ranking.
        if (before !== undefined && collator.compare(before, name) !== 0) place = at;
        return [name, place];
      }),
    );
  }
  return placeOfName;
}

function byName(rows: readonly Row[]): (row: Row) => number | null {
  const places = placesOfNames(rows.flatMap((row) => (isFull(row) ? row.name : [])));
  return (row) => (isFull(row) ? (places.get(row.name) ?? null) : null);
}

/** What has no value comes last either way round; equal ones keep the order of the ranking. */
export function sortRows(rows: readonly Row[], order: Order): Row[] {
  if (order.key === 'rank' && !order.descending) return [...rows];
  const sign = order.descending ? -1 : 1;
  const read = order.key === 'name' ? byName(rows) : (row: Row) => sortValue(row, order.key);
  return rows
    .map((row) => ({ row, value: read(row) }))
    .sort((a, b) =>
      a.value === null || b.value === null
        ? Number(a.value === null) - Number(b.value === null)
        : sign * (a.value - b.value),
    )
    .map(({ row }) => row);
}

export type Selection = { group: string | null; search: string | null; order: Order };

/** The rows that a page shows of a ranking. A group or a search hides what a unit may not know the name of. */
export function selectRows(ranking: Pick<Ranking, 'rows'>, { group, search, order }: Selection): Row[] {
  const kept = ranking.rows.filter((row) => {
    if (!isFull(row)) return group === null && search === null;
    return (
      (group === null || row.group === group) &&
      (search === null || nameSearch.value([row.name, row.unit], search))
    );
  });
  return sortRows(kept, order);
}

/** How many ranked units each group has. */
export function groupSizesOf(rows: readonly Row[]): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const row of rows)
    if (isFull(row) && row.rank !== null) sizes.set(row.group, (sizes.get(row.group) ?? 0) + 1);
  return sizes;
}
