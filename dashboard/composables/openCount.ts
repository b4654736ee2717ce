import { useQuery } from '@tanstack/vue-query';
import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import { inboxOpen } from '#schemas/results/inboxOpen.ts';
import { ask } from './client.ts';
import { useFilters } from './useFilters.ts';

/** How much waits, for the head of every page: apart from what the inbox itself asks, which is loaded with it. */

/** How much of everything is open in a year, whatever is filtered. */
export function useInboxCounts(year: MaybeRefOrGetter<number>, enabled: MaybeRefOrGetter<boolean> = true) {
  const { data } = useQuery({
    queryKey: ['inbox', 'counts', computed(() => toValue(year))],
    queryFn: ({ signal }) => ask(inboxOpen, '/inbox/counts', { params: { year: toValue(year) }, signal }),
    enabled: computed(() => toValue(enabled)),
    retry: false,
  });
  return computed(() => data.value?.counts ?? null);
}

/** The same in one figure, for the entry of the navigation; undefined until it is known. */
export function useOpenCount(enabled: MaybeRefOrGetter<boolean>) {
  const { filters } = useFilters();
  const counts = useInboxCounts(() => filters.value.year, enabled);
  return computed(() => {
    if (!counts.value) return undefined;
    const { verification, appeals, quarantine, vetoes } = counts.value;
    return verification + (appeals ?? 0) + (quarantine ?? 0) + (vetoes ?? 0);
  });
}
