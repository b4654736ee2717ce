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
import { printing } from '../../composables/printing.ts';
import { useMedia } from '../../composables/useMedia.ts';
import { useWindowWidth } from '../../composables/useWindowWidth.ts';
import { useWords } from '../../composables/useWords.ts';
import { fitOf } from './fit.ts';
import { fitting, headsRoom } from './inWidth.ts';
import { AS_MADE, arranged, ownColumns } from './ownColumns.ts';
import { bandRoom, captionRoom, phoneRoom, type Slot, slotsOf, vetoedRoom } from './slots.ts';
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

/** A phone whose rows have room for a line over the year on their second line. */
const ROOMY_PHONE = '(min-width: 360px)';
/** The page at its widest, and its gutters. */
const [PAGE, GUTTERS] = [1_680, 48];
const OVER_YEAR = 'overYear';

/** How the ranking is laid out. */
export type Layout = {
  /** The columns that are shown, in order. */
  shown: readonly Slot[];
  distances: ReadonlyMap<Row, Distance>;
  /** Neighbours are named by their places in the group that is looked at. */
  within: boolean;
  /** Room for the figures of a band, beside its axis. */
  band: string;
  /** Room on a phone for ranks and moves, and for distances. */
  phone: Readonly<Record<string, string>>;
};

/** The columns as the description has them and as somebody made them, with as many decimals and as much room as the rows need. */
export function useLayout({ plan, among, group, view, narrow, filters, trial }: Options) {
  const words = useWords();
  const own = useKept('wuxing.ranking.columns', ownColumns, AS_MADE);
  const drawn = computed(() => toValue(view) === 'bars' && !toValue(trial));
  const decimals = computed(() => totalDecimals(toValue(among)));
  /** Within a group, from those of the group. */
  const distances = computed(() =>
    distancesOf(toValue(among), decimals.value, (row) =>
      isFull(row) ? placeIn(toValue(group), row) : toValue(group) === null ? row.rank : null,
    ),
  );
  const fit = computed(() => fitOf(toValue(among)));
  const vetoed = computed(() =>
    toValue(among)
      .filter(isFull)
      .filter(({ vetoes }) => vetoes.length > 0),
  );
  /** What the longest total without a veto takes. */
  const uncapped = computed(() =>
    Math.max(
      0,
      ...vetoed.value.map(({ totalWithoutVeto }) =>
        captionRoom(
          words.value.say('ranking.uncapped', { total: words.value.score(totalWithoutVeto, decimals.value) }),
        ),
      ),
    ),
  );
  /** What the longest name of them takes beside the mark. */
  const marked = computed(() =>
    Math.max(0, ...vetoed.value.map(({ name }) => vetoedRoom(name, words.value.say('ranking.veto')))),
  );
  /** What the longest distance on a phone is said with. */
  const behind = computed(() => {
    const most = Math.max(0, ...[...distances.value.values()].map((one) => one.behind?.points ?? 0));
    return words.value.say('ranking.behindShort', { points: words.value.score(most, decimals.value) });
  });
  const slots = computed(() => {
    const named = toValue(plan) ?? { criteria: [], vetoes: [] };
    const described = rankingTable(words.value, named, {
      compared: true,
      distances: distances.value,
      // Also where there is no room for them: the column can be chosen.
      ways: drawn.value ? (unit) => ways.value?.(unit) : undefined,
    });
    const columns = columnsAt(described, 'screen').map((column) => ({
      ...column,
      ...(column.id === 'behind'
        ? { decimals: decimals.value }
        : headingOf(column, toValue(among), 'screen', described.columns)),
    }));
    const heads = headsRoom(named.criteria.map(({ name }) => words.value.name(name)));
    return slotsOf(columns, toValue(view), fit.value, heads, uncapped.value, marked.value);
  });
  const width = useWindowWidth();
  const all = computed(() => arranged(slots.value, own.value));
  const inSight = computed(() => fitting(all.value, Math.min(PAGE, width.value) - GUTTERS, own.value.added));
  const roomyPhone = useMedia(ROOMY_PHONE);
  const roomy = computed(() =>
    toValue(narrow) ? roomyPhone.value : inSight.value.some(({ id }) => id === OVER_YEAR),
  );
  const ways = useWays({ filters, drawn, roomy });
  const shown = computed(() =>
    (toValue(narrow) ? slots.value : printing.value ? all.value : inSight.value).filter(
      ({ id }) => id !== OVER_YEAR || ways.value !== undefined,
    ),
  );
  const phone = computed(() => phoneRoom(fit.value, behind.value));
  const within = computed(() => toValue(group) !== null);
  return { slots, shown, own, ways, distances, within, phone, band: computed(() => bandRoom(fit.value)) };
}
