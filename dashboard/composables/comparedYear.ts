import { computed, ref, watchEffect } from 'vue';
import { ApiProblem } from './client.ts';
import type { Filters } from './filters.ts';
import { usePlan } from './queries.ts';
import { useSession } from './session.ts';
import { useFilters } from './useFilters.ts';

/** The year that the address compares with, where it has no plan; whatever tells the filters says so. */
const withoutPlan = ref<string | null>(null);

export const withNothingThen = (filters: Filters): Filters =>
  filters.compareTo !== null && filters.compareTo === withoutPlan.value
    ? { ...filters, nothingThen: true }
    : filters;

/** Looks, wherever the address compares with a year, whether that has a plan; for the whole window, once. */
export function useComparedYear(): void {
  const { filters } = useFilters();
  const { session } = useSession();
  const year = computed(() => {
    const { compareTo } = filters.value;
    return session.value && compareTo?.length === 4 ? compareTo : null;
  });
  const { error } = usePlan(() => Number(year.value ?? 0), {
    enabled: () => year.value !== null,
  });
  watchEffect(() => {
    const isMissing = error.value instanceof ApiProblem && error.value.status === 404;
    withoutPlan.value = year.value !== null && isMissing ? year.value : null;
  });
}
