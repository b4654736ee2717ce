import { useQueries } from '@tanstack/vue-query';
import { type ComputedRef, computed, type MaybeRefOrGetter, toValue } from 'vue';
import { unitId } from '#schemas/ids.ts';
import { type UnitRow, unitList } from '#schemas/results/results.ts';
import { AWAITED } from './awaited.ts';
import { ask } from './client.ts';

/** As many as one question may name. */
const MOST = 60;

type Asked = MaybeRefOrGetter<Iterable<string>>;

/** How some units are called, or their id where that cannot be told: a list that names a few asks for those, and not for the whole register. */
export function useUnitNames(units: Asked): (unit: string) => string {
  const registered = useRegistered(units);
  return (unit) => registered.value.known.get(unit)?.name ?? (registered.value.isAwaited ? AWAITED : unit);
}

/** How some units are registered, as far as they are; whether all of it has been read, and whether some is still awaited. */
export function useRegistered(
  units: Asked,
): ComputedRef<{ known: ReadonlyMap<string, UnitRow>; isRead: boolean; isAwaited: boolean }> {
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
    isAwaited: queries.value.some(({ data, error }) => data === undefined && !error),
  }));
}
