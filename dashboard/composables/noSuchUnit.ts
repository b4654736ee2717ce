import { computed } from 'vue';
import { ApiProblem } from './client.ts';
import { type Source, useUnit } from './queries.ts';

/**
 * Whether an address names a unit that there is not: the year's standing does not know it, and neither does the register.
 * A page below such an address says that alone, as it would of a unit's own page: what it would list is nobody's.
 */
export function useNoSuchUnit(unit: Source<string>, standing: { error: unknown }) {
  const registered = useUnit(unit);
  return computed(
    () =>
      registered.data.value === null && standing.error instanceof ApiProblem && standing.error.status === 404,
  );
}
