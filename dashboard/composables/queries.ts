import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/vue-query';
import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import { unitId } from '#schemas/ids.ts';
import { withOpen } from '#schemas/presentation/answers/commendable.ts';
import {
  activityList,
  gapMatrix,
  planAnswer,
  quarantineList,
  type Ranking,
  ranking,
  standing,
  unitList,
} from '#schemas/results/results.ts';
import { ask } from './client.ts';
import { apiParams, compareParam, type Filters } from './filters.ts';
import { planKey } from './planKey.ts';
import { useSession } from './session.ts';

/**
 * One composable a question. Keys hold everything that the answer depends on, so a late answer belongs to its own
 * question and never overwrites a newer one; what nobody waits for any more is aborted. While the next answer is
 * on its way the last one stays on screen.
 */

export type Source<T> = MaybeRefOrGetter<T>;
type When = { enabled?: Source<boolean> };

const yearOf = (filters: Source<Filters>): number => toValue(filters).year;

/** Rank bands of a large zone are computed aside: until they are there, the answer is asked for again. */
const UNTIL_BANDS_MS = 1_000;
const waitsForBands = (answer: Ranking | undefined): boolean =>
  answer?.rows.some((row) => row.rank !== null && 'band' in row && row.band === null) ?? false;

export function useRanking(filters: Source<Filters>, { enabled = true }: When = {}) {
  const params = computed(() => ({
    ...apiParams(toValue(filters)),
    compareTo: compareParam(toValue(filters)),
  }));
  return useQuery({
    queryKey: ['ranking', computed(() => yearOf(filters)), params],
    queryFn: async ({ signal }) =>
      withOpen(await ask(ranking, `/rankings/${yearOf(filters)}`, { params: params.value, signal })),
    refetchInterval: ({ state }) => (waitsForBands(state.data) ? UNTIL_BANDS_MS : false),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** The plan of a year as it is now; as known at `asOf` where that is given. */
export function usePlan(
  year: Source<number>,
  { enabled = true, asOf = null }: When & { asOf?: Source<string | null> } = {},
) {
  return useQuery({
    queryKey: computed(() => planKey(toValue(year), toValue(asOf))),
    queryFn: ({ signal }) =>
      ask(planAnswer, `/plans/${toValue(year)}`, { params: { asOf: toValue(asOf) }, signal }),
    placeholderData: (last) => (last?.plan.year === toValue(year) ? last : undefined),
    enabled,
  });
}

/** The plan by which the figures beside it were made: the version that was in use at the time of the filters. */
export const usePlanSeen = (filters: Source<Filters>) =>
  usePlan(() => yearOf(filters), { asOf: () => apiParams(toValue(filters)).asOf });

export function useStanding(unit: Source<string>, filters: Source<Filters>) {
  const params = computed(() => ({ year: yearOf(filters), ...apiParams(toValue(filters)) }));
  return useQuery({
    queryKey: ['standing', computed(() => toValue(unit)), params],
    queryFn: ({ signal }) =>
      ask(standing, `/units/${encodeURIComponent(toValue(unit))}/standing`, { params: params.value, signal }),
    // Another unit's figures must not stand under this one's name, so only filters keep the last answer.
    placeholderData: (last) => (last?.row.unit === toValue(unit) ? last : undefined),
  });
}

/** Of all units, or of some alone. */
export function useGaps(
  filters: Source<Filters>,
  { units, enabled = true }: When & { units?: Source<readonly string[] | null> } = {},
) {
  const params = computed(() => ({
    ...apiParams(toValue(filters)),
    units: toValue(units)?.join() ?? null,
  }));
  return useQuery({
    queryKey: ['gaps', computed(() => yearOf(filters)), params],
    queryFn: ({ signal }) => ask(gapMatrix, `/gaps/${yearOf(filters)}`, { params: params.value, signal }),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** `asOf` and the rest are those of the number that the list stands behind. */
type ActivityScope = {
  unit: string;
  year: number;
  requirement?: string;
  kind?: string;
} & Partial<ReturnType<typeof apiParams>>;

export function useActivities(scope: Source<ActivityScope>, { enabled = true }: When = {}) {
  return useInfiniteQuery({
    queryKey: ['activities', computed(() => toValue(scope))],
    queryFn: ({ pageParam, signal }) => {
      const { unit, ...params } = toValue(scope);
      return ask(activityList, `/units/${encodeURIComponent(unit)}/activities`, {
        params: { ...params, cursor: pageParam },
        signal,
      });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    enabled,
  });
}

/** How many events wait in quarantine; asked only where an answer says that it is not complete. */
export function usePending(enabled: Source<boolean>) {
  const { seesAll } = useSession();
  const { data } = useQuery({
    queryKey: ['quarantine', 'count'],
    queryFn: ({ signal }) => ask(quarantineList, '/quarantine', { params: { limit: 1 }, signal }),
    enabled: computed(() => toValue(enabled) && seesAll.value),
  });
  return computed(() => data.value?.total ?? 0);
}

/** A unit as it is registered, closed or not; null where there is none. */
export const useUnit = (unit: Source<string>) =>
  useQuery({
    queryKey: ['units', 'one', computed(() => toValue(unit))],
    queryFn: async ({ signal }) => {
      const id = unitId.safeParse(toValue(unit));
      if (!id.success) return null;
      return (await ask(unitList, '/units', { params: { units: id.data }, signal })).units[0] ?? null;
    },
  });

/** Whether any unit is registered at all; undefined until it is known. */
export function useHasUnits() {
  const { data } = useQuery({
    queryKey: ['units', 'any'],
    queryFn: ({ signal }) => ask(unitList, '/units', { params: { limit: 1 }, signal }),
  });
  return computed(() => (data.value ? data.value.units.length > 0 : undefined));
}
