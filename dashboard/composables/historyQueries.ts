import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import type { CourseName } from '#schemas/course.ts';
import { courses, history } from '#schemas/results/history.ts';
import { ask } from './client.ts';
import { apiParams, type Filters } from './filters.ts';

/** The questions about a year month by month, as `queries.ts` has those about one day. */

type Source<T> = MaybeRefOrGetter<T>;
type When = { enabled?: Source<boolean> };

/** Where every unit stood at the end of each month; where `units` names some, their scores and what happened to them. */
export function useHistory(
  filters: Source<Filters>,
  { units, enabled = true }: When & { units?: Source<readonly string[]> } = {},
) {
  const params = computed(() => ({
    ...apiParams(toValue(filters)),
    units: units === undefined ? null : toValue(units).join(),
  }));
  return useQuery({
    queryKey: ['history', computed(() => toValue(filters).year), params],
    queryFn: ({ signal }) =>
      ask(history, `/history/${toValue(filters).year}`, { params: params.value, signal }),
    // Of another year nothing may stand under this one's months.
    placeholderData: (last) => (last?.plan.year === toValue(filters).year ? last : undefined),
    enabled,
  });
}

/** How many were on course at the end of each month, of all types or one; and on request who stands so now. */
export function useCourses(
  filters: Source<Filters>,
  {
    criterion,
    which = null,
    enabled = true,
  }: When & { criterion: Source<string | null>; which?: Source<CourseName | null> },
) {
  const params = computed(() => ({
    ...apiParams(toValue(filters)),
    group: toValue(filters).group,
    criterion: toValue(criterion),
    which: toValue(which),
  }));
  return useQuery({
    queryKey: ['courses', computed(() => toValue(filters).year), params],
    queryFn: ({ signal }) =>
      ask(courses, `/courses/${toValue(filters).year}`, { params: params.value, signal }),
    placeholderData: keepPreviousData,
    enabled,
  });
}
