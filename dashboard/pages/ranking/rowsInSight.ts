import { computed, type MaybeRefOrGetter, type Ref, toValue } from 'vue';
import { isFull } from '#schemas/presentation/answers/rows.ts';
import { isHead, type Line } from './lines.ts';
import { type Seated, seated } from './seats.ts';

const kindOf = (row: Line): string => (isHead(row) ? 'group' : isFull(row) ? 'unit' : 'place');

/** A row's own name. */
export const rowKey = (row: Line, index: number): string =>
  isHead(row) ? `group ${row.head.group}` : isFull(row) ? `unit ${row.unit}` : `place ${index}`;

/** One and the same, so that a row that stays is not made anew. */
const NO_GAP: Record<string, string> = {};

type Options = {
  rows: MaybeRefOrGetter<readonly Line[]>;
  range: Readonly<Ref<{ first: number; last: number }>>;
  rowHeight: MaybeRefOrGetter<number>;
  /** The row that has the focus stays, however far away it is scrolled. */
  held: Readonly<Ref<string | null>>;
};

/** The rows to render, and the room above and below them that stands for the others. */
export function useRowsInSight({ rows, range, rowHeight, held }: Options) {
  const heldAt = computed(() =>
    held.value === null ? -1 : toValue(rows).findIndex((row, index) => rowKey(row, index) === held.value),
  );
  const room = (count: number): string => `${Math.max(0, count) * toValue(rowHeight)}px`;
  const above = computed(() => (heldAt.value >= 0 && heldAt.value < range.value.first ? heldAt.value : null));
  const below = computed(() => (heldAt.value >= range.value.last ? heldAt.value : null));

  type Shown = { row: Line; index: number; key: string; kind: string; gap: Record<string, string> };
  const visible = computed<Seated<Shown>[]>((seen) => {
    const { first, last } = range.value;
    const all = toValue(rows);
    const shown = all.slice(first, last).map((row, place) => ({ row, index: first + place, gap: NO_GAP }));
    const kept = heldAt.value < 0 ? undefined : all[heldAt.value];
    if (kept && above.value !== null)
      shown.unshift({ row: kept, index: above.value, gap: { marginBottom: room(first - above.value - 1) } });
    if (kept && below.value !== null)
      shown.push({ row: kept, index: below.value, gap: { marginTop: room(below.value - last) } });
    const named = shown.map((line) => ({
      ...line,
      key: rowKey(line.row, line.index),
      kind: kindOf(line.row),
    }));
    return seated(named, seen ?? [], held.value);
  });
  return {
    visible,
    before: computed(() => room(above.value ?? range.value.first)),
    after: computed(() =>
      room(toValue(rows).length - (below.value === null ? range.value.last : below.value + 1)),
    ),
  };
}
