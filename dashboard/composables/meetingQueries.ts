import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import { type SealedYear, sealedYear } from '#schemas/freezes.ts';
import { ApiProblem, ask } from './client.ts';

/** The questions of the pages about the exchange meeting, as `queries.ts` has those about ranking and units. */

type Source<T> = MaybeRefOrGetter<T>;

/** Late events that the page lists; the answer says how many there are in all. */
export const LATE_SHOWN = 200;

/** The seal of a year that stands, or the one of a number; `sealed` is null where the year has none. */
export function useSealed(year: Source<number>, number: Source<number | null> = null) {
  const params = computed(() => ({ freeze: toValue(number), limit: LATE_SHOWN }));
  return useQuery({
    queryKey: ['sealed', computed(() => toValue(year)), params],
    queryFn: ({ signal }) => sealOf(toValue(year), { params: params.value, signal }),
    placeholderData: keepPreviousData,
  });
}

/** That a year has no seal is an answer, not a failure. */
async function sealOf(
  year: number,
  request: Parameters<typeof ask>[2],
): Promise<{ year: number; sealed: SealedYear | null }> {
  try {
    return { year, sealed: await ask(sealedYear, `/freezes/${year}`, request) };
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return { year, sealed: null };
    throw error;
  }
}
