import { useQueries } from '@tanstack/vue-query';
import { type ComputedRef, computed, type MaybeRefOrGetter, toValue } from 'vue';
import { unitList } from '#schemas/results/results.ts';
import { ask } from './client.ts';

/** As many as one question may name. */
const MOST = 60;

/** How some units are called: a list that names a few asks for those, and not for the whole register. */
export function useUnitNames(
  units: MaybeRefOrGetter<Iterable<string>>,
): ComputedRef<ReadonlyMap<string, string>> {
  const parts = computed(() => {
    const ids = [...new Set(toValue(units))].sort();
    return Array.from({ length: Math.ceil(ids.length / MOST) }, (_, part) =>
      ids.slice(part * MOST, (part + 1) * MOST).join(),
    );
  });
  const queries = useQueries({
    shallow: true,
    queries: computed(() =>
      parts.value.map((part) => ({
        queryKey: ['units', 'some', part],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          ask(unitList, '/units', { params: { units: part }, signal }),
      })),
    ),
  });
  return computed(
    () =>
      new Map(
        queries.value.flatMap(
          ({ data }) => data?.units.map(({ unit, name }): [string, string] => [unit, name]) ?? [],
        ),
      ),
  );
}
