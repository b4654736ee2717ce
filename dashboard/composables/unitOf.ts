import { computed, toValue } from 'vue';
import { nameOrId } from './awaited.ts';
import { ApiProblem } from './client.ts';
import { type Source, useUnit } from './queries.ts';

type Standing = { data: { row: { name: string } } | undefined; error: unknown };

/**
 * The unit of a page's address: what it is called, also in a year whose ranking does not have it, and whether there is
 * none. A page below the address of no unit says that alone, as the unit's own page would: what it would list is nobody's.
 */
export function useUnitOf(unit: Source<string>, standing: Standing) {
  const registered = useUnit(unit);
  const name = computed(() =>
    nameOrId(standing.data?.row.name ?? registered.data.value?.name, standing, toValue(unit)),
  );
  const isNone = computed(
    () =>
      registered.data.value === null && standing.error instanceof ApiProblem && standing.error.status === 404,
  );
  return { name, isNone };
}
