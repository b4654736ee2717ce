import { computed, type MaybeRefOrGetter, shallowRef, toValue } from 'vue';
import type { Plan } from '#schemas/plan.ts';
import type { Row } from '#schemas/presentation/answers/rows.ts';
import { countsIn, type Histogram, histogramOf } from '#schemas/presentation/histogram.ts';
import { typeTokens } from '#schemas/presentation/palette.ts';
import { useFilters } from '../../composables/useFilters.ts';
import { useWords } from '../../composables/useWords.ts';
import {
  formatRanges,
  parseRanges,
  type Range,
  rangeKeys,
  readerOf,
  rowsWithin,
  TOTAL,
  withRange,
} from './ranges.ts';

/** One figure that rows can be narrowed by: how all stand in it, how those that are kept do, and what it is narrowed to. */
export type Brush = {
  key: string;
  name: string;
  /** A criterion's colour. */
  token?: string | undefined;
  histogram: Histogram;
  kept: readonly number[];
  range: Range | null;
};

type Options = {
  plan: MaybeRefOrGetter<Pick<Plan, 'criteria'> | undefined>;
  /** All that could be kept. */
  rows: MaybeRefOrGetter<readonly Row[]>;
};

const known = (rows: readonly Row[], read: (row: Row) => number | null): number[] =>
  rows.map(read).filter((value): value is number => value !== null);

/** The ranges of the address, those that a finger is about to set, and what each column shows of them. */
export function useRanges({ plan, rows }: Options) {
  const words = useWords();
  const { extra, set } = useFilters();
  const address = extra('range');
  const criteria = computed(() => ({ criteria: toValue(plan)?.criteria ?? [] }));
  const settled = computed(() => parseRanges(address.value, criteria.value));
  /** While the finger moves, the address stays as it is. */
  const dragged = shallowRef<{ key: string; range: Range | null } | null>(null);
  const ranges = computed(() =>
    dragged.value ? withRange(settled.value, dragged.value.key, dragged.value.range) : settled.value,
  );
  const keep = <R extends Row>(all: readonly R[]): readonly R[] =>
    ranges.value.size === 0 ? all : rowsWithin(all, ranges.value, criteria.value);

  /** Drawn once for all rows; only what is kept of them follows the finger. */
  const drawn = computed(() => {
    const tokens = typeTokens(criteria.value.criteria.map(({ id }) => id));
    return rangeKeys(criteria.value).flatMap((key, place) => {
      const criterion = key === TOTAL ? undefined : criteria.value.criteria[place - 1];
      const histogram = histogramOf(known(toValue(rows), readerOf(key, criteria.value)));
      const name = criterion ? words.value.name(criterion.name) : words.value.say('ranking.total');
      return histogram ? [{ key, name, token: criterion && tokens.get(criterion.id), histogram }] : [];
    });
  });
  const brushes = computed((): Brush[] => {
    const left = keep(toValue(rows));
    return drawn.value.map((column) => ({
      ...column,
      range: ranges.value.get(column.key) ?? null,
      kept:
        ranges.value.size === 0
          ? column.histogram.counts
          : countsIn(column.histogram, known(left, readerOf(column.key, criteria.value))),
    }));
  });

  return {
    brushes,
    keep,
    narrowed: computed(() => ranges.value.size > 0),
    drag(key: string, range: Range | null): void {
      dragged.value = { key, range };
    },
    settle(key: string, range: Range | null): void {
      dragged.value = null;
      set({ range: formatRanges(withRange(settled.value, key, range)) });
    },
  };
}
