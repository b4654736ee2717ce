import { useQueries } from '@tanstack/vue-query';
import { type ComputedRef, computed, type MaybeRefOrGetter, toValue } from 'vue';
import { unitId } from '#schemas/ids.ts';
import { type UnitRow, unitList } from '#schemas/results/results.ts';
import { ask } from './client.ts';

/** As many as one question may name. */
const MOST = 60;

type Asked = MaybeRefOrGetter<Iterable<string>>;

/** How some units are called: a list that names a few asks for those, and not for the whole register. */
export function useUnitNames(units: Asked): ComputedRef<ReadonlyMap<string, string>> {
  const registered = useRegistered(units);
  return computed(
    () => new Map([...registered.value.known].map(([unit, { name }]): [string, string] => [unit, name])),
  );
}

/** How some units are registered, as far as they are; and whether that has been read. */
export function useRegistered(
  units: Asked,
): ComputedRef<{ known: ReadonlyMap<string, UnitRow>; isRead: boolean }> {
  const parts = computed(() => {
    // What cannot be an id is nobody's, and the server would refuse the whole question.
    const ids = [...new Set(toValue(units))].filter((id) => unitId.safeParse(id).success).sort();
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
  return computed(() => ({
    known: new Map(
      queries.value.flatMap(({ data }) => data?.units.map((row): [string, UnitRow] => [row.unit, row]) ?? []),
    ),
    isRead: queries.value.every(({ data }) => data !== undefined),
  }));
}
