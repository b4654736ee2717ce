import { ref } from 'vue';
import type { Filters } from './filters.ts';

/** The year that the address compares with, where it has no plan; `comparedYear.ts` looks for it. */
export const withoutPlan = ref<string | null>(null);

/** The filters with what nobody can write into an address: that there is no ranking at the time to compare with. */
export const withNothingThen = (filters: Filters): Filters =>
  filters.compareTo !== null && filters.compareTo === withoutPlan.value
    ? { ...filters, nothingThen: true }
    : filters;
