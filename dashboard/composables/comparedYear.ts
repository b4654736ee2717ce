import { computed, watchEffect } from 'vue';
import { ApiProblem } from './client.ts';
import { withoutPlan } from './nothingThen.ts';
import { usePlan } from './queries.ts';
import { useSession } from './session.ts';
import { useFilters } from './useFilters.ts';

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
