import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import type { Plan } from '#schemas/plan.ts';
import { type Distance, distancesOf } from '#schemas/presentation/answers/neighbours.ts';
import { placeIn } from '#schemas/presentation/answers/ranking.ts';
import { isFull, type Row } from '#schemas/presentation/answers/rows.ts';
import { totalDecimals } from '#schemas/presentation/numbers.ts';
import { columnsAt, headingOf } from '#schemas/presentation/table.ts';
import { rankingTable } from '#schemas/presentation/tables/ranking.ts';
import type { Filters } from '../../composables/filters.ts';
import { useKept } from '../../composables/kept.ts';
import { useMedia } from '../../composables/useMedia.ts';
import { useWords } from '../../composables/useWords.ts';
import { fitOf } from './fit.ts';
import { AS_MADE, arranged, ownColumns } from './ownColumns.ts';
import { bandRoom, type Slot, slotsOf } from './slots.ts';
import { useWays } from './useWays.ts';

type Options = {
  plan: MaybeRefOrGetter<Pick<Plan, 'criteria' | 'vetoes'> | undefined>;
  /** All that rows stand among, whatever is searched for: decimals, room and distances are theirs. */
  among: MaybeRefOrGetter<readonly Row[]>;
  group: MaybeRefOrGetter<string | null>;
  view: MaybeRefOrGetter<'bars' | 'numbers'>;
  /** A phone has a layout of its own. */
  narrow: MaybeRefOrGetter<boolean>;
  filters: MaybeRefOrGetter<Filters>;
  /** Other weights are tried: no unit came to such a rank. */
  trial: MaybeRefOrGetter<boolean>;
};

/** Where lines over the year have room by themselves: beside all other columns, or on the second line of a phone's row. */
const ROOMY = '(min-width: 1280px), (min-width: 360px) and (max-width: 720px)';
const OVER_YEAR = 'overYear';

/** How the ranking is laid out. */
export type Layout = {
  /** The columns that are shown, in order. */
  shown: readonly Slot[];
  distances: ReadonlyMap<Row, Distance>;
  /** Room for the figures of a band, beside its axis. */
  band: string;
};

/** The columns as the description has them and as somebody made them, with as many decimals and as much room as the rows need. */
export function useLayout({ plan, among, group, view, narrow, filters, trial }: Options) {
  const words = useWords();
  const own = useKept('wuxing.ranking.columns', ownColumns, AS_MADE);
  const drawn = computed(() => toValue(view) === 'bars' && !toValue(trial));
  const room = useMedia(ROOMY);
  const roomy = computed(() =>
    toValue(narrow)
      ? room.value
      : !own.value.hidden.includes(OVER_YEAR) && (room.value || own.value.added.includes(OVER_YEAR)),
  );
  const ways = useWays({ filters, drawn, roomy });
  const decimals = computed(() => totalDecimals(toValue(among)));
  /** Within a group, from those of the group. */
  const distances = computed(() =>
    distancesOf(toValue(among), decimals.value, (row) =>
      isFull(row) ? placeIn(toValue(group), row) : toValue(group) === null ? row.rank : null,
    ),
  );
  const fit = computed(() => fitOf(toValue(among)));
  const slots = computed(() => {
    const named = toValue(plan) ?? { criteria: [], vetoes: [] };
    const described = rankingTable(words.value, named, {
      compared: true,
      distances: distances.value,
      // Where there is no room for it the column can still be chosen.
      ways: ways.value ?? (drawn.value ? () => undefined : undefined),
    });
    const columns = columnsAt(described, 'screen').map((column) => ({
      ...column,
      ...(column.id === 'behind'
        ? { decimals: decimals.value }
        : headingOf(column, toValue(among), 'screen', described.columns)),
    }));
    return slotsOf(columns, toValue(view), fit.value);
  });
  const shown = computed(() =>
    (toValue(narrow) ? slots.value : arranged(slots.value, own.value)).filter(
      ({ id }) => id !== OVER_YEAR || ways.value !== undefined,
    ),
  );
  return { slots, shown, own, ways, distances, band: computed(() => bandRoom(fit.value)) };
}
