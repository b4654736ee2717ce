import { type ComputedRef, computed, type MaybeRefOrGetter, toValue } from 'vue';
import type { RankWay } from '#schemas/presentation/answers/rankWay.ts';
import type { Filters } from '../../composables/filters.ts';
import { useHistory } from '../../composables/historyQueries.ts';
import { printing } from '../../composables/printing.ts';

export type Ways = (unit: string) => RankWay | undefined;

type Options = {
  filters: MaybeRefOrGetter<Filters>;
  /** The rows are of a kind that has lines. */
  drawn: MaybeRefOrGetter<boolean>;
  /** The window has room for them. */
  roomy: MaybeRefOrGetter<boolean>;
};

/** How each unit came to its rank, where it is drawn. */
export function useWays({ filters, drawn, roomy }: Options): ComputedRef<Ways | undefined> {
  const enabled = computed(() => toValue(roomy) && toValue(drawn));
  const { data } = useHistory(filters, { enabled });
  const placeOf = computed(() => new Map((data.value?.units ?? []).map((unit, place) => [unit, place])));
  return computed(() => {
    // Paper is narrow, and takes what the screen had.
    const onPaper = printing.value && data.value !== undefined && toValue(drawn);
    if (!enabled.value && !onPaper) return undefined;
    const { days = [], ranks = [] } = data.value ?? {};
    const places = placeOf.value;
    return (unit) => {
      const own = ranks[places.get(unit) ?? -1];
      return own && { days, ranks: own };
    };
  });
}
