import { computed, ref } from 'vue';
import type { Column } from '#schemas/presentation/table.ts';

export type SortState = 'none' | 'ascending' | 'descending';

const collator = new Intl.Collator('zh-CN', { numeric: true });

/** Rows in the order of a column that somebody chose, or as they were given. */
export function useSortedRows<Row>(rows: () => readonly Row[], columns: () => readonly Column<Row>[]) {
  const order = ref<{ id: string; descending: boolean } | null>(null);

  /** What has no value comes last either way round; equal ones keep their order. */
  const sorted = computed(() => {
    const by = order.value;
    const column = by && columns().find(({ id }) => id === by.id);
    if (!by || !column) return rows();
    const sign = by.descending ? -1 : 1;
    return rows()
      .map((row) => ({ row, cell: column.of(row) }))
      .sort((a, b) => {
        if (a.cell === null || b.cell === null) return Number(a.cell === null) - Number(b.cell === null);
        if (typeof a.cell === 'number' && typeof b.cell === 'number') return sign * (a.cell - b.cell);
        return sign * collator.compare(String(a.cell), String(b.cell));
      })
      .map(({ row }) => row);
  });

  /** Figures begin with the greatest, names and ranks with the first; again turns it round, a third time undoes it. */
  function sort({ id, kind }: Column<Row>): void {
    const begins = kind !== 'text' && kind !== 'day' && !/rank/i.test(id);
    if (order.value?.id !== id) order.value = { id, descending: begins };
    else order.value = order.value.descending === begins ? { id, descending: !begins } : null;
  }

  function sortOf(id: string): SortState {
    if (order.value?.id !== id) return 'none';
    return order.value.descending ? 'descending' : 'ascending';
  }

  return { sorted, sort, sortOf };
}
