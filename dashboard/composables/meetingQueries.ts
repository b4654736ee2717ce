import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import { type SealedYear, sealedYear, sealList, sealPreview } from '#schemas/freezes.ts';
import { commendations } from '#schemas/results/commendations.ts';
import { jobList } from '#schemas/results/exportJobs.ts';
import { publicationAnswer } from '#schemas/results/publication.ts';
import { teaching } from '#schemas/results/teaching.ts';
import { yearOnYear } from '#schemas/results/yearOnYear.ts';
import { ask } from './client.ts';
import { apiParams, type Filters } from './filters.ts';

/** The questions of the pages about the exchange meeting, as `queries.ts` has those about ranking and units. */

type Source<T> = MaybeRefOrGetter<T>;

/** Late events that the page lists; the answer says how many there are in all. */
export const LATE_SHOWN = 200;

/** The seals of a year; none before the first. */
export const useSeals = (year: Source<number>, enabled: Source<boolean> = true) =>
  useQuery({
    enabled: computed(() => toValue(enabled)),
    queryKey: ['seals', computed(() => toValue(year))],
    queryFn: ({ signal }) => ask(sealList, `/freezes/${toValue(year)}/seals`, { signal }),
  });

/** The seal of a year that stands, or the one of a number; `sealed` is null where the year has none. */
export function useSealed(year: Source<number>, number: Source<number | null> = null) {
  const params = computed(() => ({ freeze: toValue(number), limit: LATE_SHOWN }));
  return useQuery({
    queryKey: ['sealed', computed(() => toValue(year)), params],
    queryFn: ({ signal }) => sealOf(toValue(year), { params: params.value, signal }),
    placeholderData: keepPreviousData,
  });
}

/** Whether the provisional result lies open to all units. */
export function usePublication(year: Source<number>) {
  return useQuery({
    queryKey: ['publication', computed(() => toValue(year))],
    queryFn: ({ signal }) => ask(publicationAnswer, `/publications/${toValue(year)}`, { signal }),
  });
}

/** What sealing the year now would seal; to the department alone. */
export function useSealPreview(year: Source<number>) {
  return useQuery({
    queryKey: ['seal-preview', computed(() => toValue(year))],
    queryFn: ({ signal }) => ask(sealPreview, `/freezes/${toValue(year)}/preview`, { signal }),
  });
}

/** Asked for only where there is one: that a year has no seal is an answer, not a failure. */
async function sealOf(
  year: number,
  request: NonNullable<Parameters<typeof ask>[2]>,
): Promise<{ year: number; sealed: SealedYear | null }> {
  const { signal } = request;
  const { freezes } = await ask(sealList, `/freezes/${year}/seals`, signal ? { signal } : {});
  return { year, sealed: freezes.length > 0 ? await ask(sealedYear, `/freezes/${year}`, request) : null };
}

/** What is asked where the address names no quota. */
export const QUOTAS = { quota: '10%', perGroup: '1' } as const;

export function useCommendations(
  filters: Source<Filters>,
  quotas: Source<{ quota: string; perGroup: string }>,
) {
  const params = computed(() => ({ ...apiParams(toValue(filters)), ...toValue(quotas) }));
  return useQuery({
    queryKey: ['commendations', computed(() => toValue(filters).year), params],
    queryFn: ({ signal }) =>
      ask(commendations, `/commendations/${toValue(filters).year}`, { params: params.value, signal }),
    placeholderData: keepPreviousData,
  });
}

export function useTeaching(filters: Source<Filters>) {
  const params = computed(() => ({ ...apiParams(toValue(filters)), group: toValue(filters).group }));
  return useQuery({
    queryKey: ['teaching', computed(() => toValue(filters).year), params],
    queryFn: ({ signal }) =>
      ask(teaching, `/teaching/${toValue(filters).year}`, { params: params.value, signal }),
    placeholderData: keepPreviousData,
  });
}

const JOB_MS = 1_000;

/** What one has ordered; looked at every second while something is under way. */
export function useExportJobs() {
  return useQuery({
    queryKey: ['export-jobs'],
    queryFn: ({ signal }) => ask(jobList, '/exports/jobs', { signal }),
    refetchInterval: ({ state: { data } }) =>
      data?.jobs.some(({ state }) => state === 'queued' || state === 'running') ? JOB_MS : false,
  });
}

/** The year against the one before. */
export function useYearOnYear(filters: Source<Filters>) {
  const params = computed(() => apiParams(toValue(filters)));
  return useQuery({
    queryKey: ['year-on-year', computed(() => toValue(filters).year), params],
    queryFn: ({ signal }) =>
      ask(yearOnYear, `/year-on-year/${toValue(filters).year}`, { params: params.value, signal }),
    placeholderData: keepPreviousData,
  });
}
