import { keepPreviousData, useQueries, useQuery } from '@tanstack/vue-query';
import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import { agenda } from '#schemas/results/agenda.ts';
import { movements } from '#schemas/results/movement.ts';
import { overview } from '#schemas/results/overview.ts';
import { requirementPage } from '#schemas/results/practice.ts';
import { standing } from '#schemas/results/results.ts';
import { selfInspections } from '#schemas/results/selfInspections.ts';
import { ask } from './client.ts';
import { apiParams, compareParam, type Filters } from './filters.ts';

/** The questions of the pages about the whole zone, as `queries.ts` has those about ranking and units. */

type Source<T> = MaybeRefOrGetter<T>;

/** The standings of a few units at once, in their order; `whole` only when all are there. */
export function useStandings(units: Source<readonly string[]>, filters: Source<Filters>) {
  const queries = useQueries({
    shallow: true,
    queries: computed(() =>
      toValue(units).map((unit) => {
        const params = { year: toValue(filters).year, ...apiParams(toValue(filters)) };
        return {
          // The same key as one unit's own page has: what was read there need not be read again.
          queryKey: ['standing', unit, params],
          queryFn: ({ signal }: { signal: AbortSignal }) =>
            ask(standing, `/units/${encodeURIComponent(unit)}/standing`, { params, signal }),
        };
      }),
    ),
  });
  const answers = computed(() => queries.value.flatMap(({ data }) => data ?? []));
  return {
    whole: computed(() => (answers.value.length === queries.value.length ? answers.value : null)),
    failed: computed(() => queries.value.find(({ data, error }) => !data && error) ?? null),
  };
}

/** Enough that both sides have some, however lopsided a month was. */
const MOVERS = 10;

/** As many units as an answer may list: the pages' charts show every one. */
const ALL_UNITS = 10_000;

export function useRequirement(requirement: Source<string>, filters: Source<Filters>) {
  const params = computed(() => ({
    ...apiParams(toValue(filters)),
    group: toValue(filters).group,
    limit: ALL_UNITS,
  }));
  return useQuery({
    queryKey: [
      'requirement',
      computed(() => toValue(requirement)),
      computed(() => toValue(filters).year),
      params,
    ],
    queryFn: ({ signal }) =>
      ask(
        requirementPage,
        `/requirements/${toValue(filters).year}/${encodeURIComponent(toValue(requirement))}`,
        {
          params: params.value,
          signal,
        },
      ),
    placeholderData: (last) => (last?.requirement.id === toValue(requirement) ? last : undefined),
  });
}

/** Of all types, or of one alone. */
export function useOverview(filters: Source<Filters>, criterion: Source<string | null> = null) {
  const params = computed(() => ({
    ...apiParams(toValue(filters)),
    group: toValue(filters).group,
    criterion: toValue(criterion),
  }));
  return useQuery({
    queryKey: ['overview', computed(() => toValue(filters).year), params],
    queryFn: ({ signal }) =>
      ask(overview, `/overview/${toValue(filters).year}`, { params: params.value, signal }),
    placeholderData: keepPreviousData,
  });
}

/** Who moved since what the filters compare with; nothing is asked where they compare with nothing. */
export function useMovements(filters: Source<Filters>) {
  const from = computed(() => compareParam(toValue(filters)));
  const params = computed(() => ({
    ...apiParams(toValue(filters)),
    group: toValue(filters).group,
    from: from.value,
    top: MOVERS,
  }));
  return useQuery({
    queryKey: ['movements', computed(() => toValue(filters).year), params],
    queryFn: ({ signal }) =>
      ask(movements, `/movements/${toValue(filters).year}`, { params: params.value, signal }),
    placeholderData: keepPreviousData,
    enabled: computed(() => from.value !== null),
  });
}

/** Whose obligations: one unit's, one group's, or everybody's. */
export type AgendaScope = { unit: string | null; group: string | null };

export const agendaParams = (filters: Filters, scope: AgendaScope) => ({ ...apiParams(filters), ...scope });

export function useAgenda(filters: Source<Filters>, scope: Source<AgendaScope>) {
  const params = computed(() => agendaParams(toValue(filters), toValue(scope)));
  return useQuery({
    queryKey: ['calendar', computed(() => toValue(filters).year), params],
    queryFn: ({ signal }) =>
      ask(agenda, `/calendar/${toValue(filters).year}`, { params: params.value, signal }),
    placeholderData: keepPreviousData,
  });
}

export function useSelfInspections(filters: Source<Filters>) {
  const params = computed(() => apiParams(toValue(filters)));
  return useQuery({
    queryKey: ['self-inspections', computed(() => toValue(filters).year), params],
    queryFn: ({ signal }) =>
      ask(selfInspections, `/self-inspections/${toValue(filters).year}`, { params: params.value, signal }),
    placeholderData: keepPreviousData,
  });
}
