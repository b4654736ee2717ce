import { useQuery } from '@tanstack/vue-query';
import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import { movement } from '#schemas/results/movement.ts';
import { peers } from '#schemas/results/peers.ts';
import { activityList } from '#schemas/results/results.ts';
import { trend } from '#schemas/results/trend.ts';
import { wayUp } from '#schemas/results/wayUp.ts';
import { ask } from './client.ts';
import { apiParams, compareParam, type Filters } from './filters.ts';

/**
 * The questions that only a unit's own page asks; the way that `queries.ts` asks the others. Filters
 * keep the last answer on screen; another unit's must not stand under this one's name.
 */

type Source<T> = MaybeRefOrGetter<T>;

const paramsOf = (filters: Filters) => ({ year: filters.year, ...apiParams(filters) });
const pathOf = (unit: string, question: string): string => `/units/${encodeURIComponent(unit)}/${question}`;

/** What it takes to gain the next place, and the best that can still be reached. */
export function useWayUp(unit: Source<string>, filters: Source<Filters>) {
  const params = computed(() => paramsOf(toValue(filters)));
  return useQuery({
    queryKey: ['way-up', computed(() => toValue(unit)), params],
    queryFn: ({ signal }) => ask(wayUp, pathOf(toValue(unit), 'way-up'), { params: params.value, signal }),
    placeholderData: (last) => (last?.unit === toValue(unit) ? last : undefined),
  });
}

/** Where it stood at the end of each month: with what is known now, or with what was known then. */
export function useTrend(unit: Source<string>, filters: Source<Filters>, known: Source<'now' | 'then'>) {
  const params = computed(() => ({ ...paramsOf(toValue(filters)), known: toValue(known) }));
  return useQuery({
    queryKey: ['trend', computed(() => toValue(unit)), params],
    queryFn: ({ signal }) => ask(trend, pathOf(toValue(unit), 'trend'), { params: params.value, signal }),
    placeholderData: (last) => (last?.unit === toValue(unit) ? last : undefined),
  });
}

/** The activity of a year that something was last reported of; undefined where there is none. */
export function useLastReport(unit: Source<string>, year: Source<number>) {
  return useQuery({
    queryKey: ['activities', 'last', computed(() => toValue(unit)), computed(() => toValue(year))],
    queryFn: async ({ signal }) => {
      const params = { year: toValue(year), order: 'latest', limit: 1 };
      return (
        (await ask(activityList, pathOf(toValue(unit), 'activities'), { params, signal })).activities[0] ??
        null
      );
    },
  });
}

/** Its figures beside those of its group and of the zone, nobody named: a unit may see these, too. */
export function usePeers(unit: Source<string>, filters: Source<Filters>) {
  const params = computed(() => paramsOf(toValue(filters)));
  return useQuery({
    queryKey: ['peers', computed(() => toValue(unit)), params],
    queryFn: ({ signal }) => ask(peers, pathOf(toValue(unit), 'peers'), { params: params.value, signal }),
    placeholderData: (last) => (last?.unit === toValue(unit) ? last : undefined),
  });
}

/** Why it moved against what the filters compare with; nothing is asked where they compare with nothing. */
export function useMovement(unit: Source<string>, filters: Source<Filters>, known: Source<'now' | 'then'>) {
  const from = computed(() => compareParam(toValue(filters)));
  const params = computed(() => ({
    ...paramsOf(toValue(filters)),
    from: from.value,
    known: toValue(known),
  }));
  return useQuery({
    queryKey: ['movement', computed(() => toValue(unit)), params],
    queryFn: ({ signal }) =>
      ask(movement, pathOf(toValue(unit), 'movement'), { params: params.value, signal }),
    placeholderData: (last) => (last?.unit === toValue(unit) ? last : undefined),
    enabled: computed(() => from.value !== null),
  });
}
