import { type ComputedRef, computed } from 'vue';
import { useFilters } from '../../composables/useFilters.ts';

/**
 * Whether earlier days are seen with what was known then or with what is known now. As known then unless the address
 * says otherwise: so the ranking has its rises and falls, and so ranks were once announced.
 */
export function useKnown(): ComputedRef<'then' | 'now'> {
  const asked = useFilters().extra('known');
  return computed(() => (asked.value === 'now' ? 'now' : 'then'));
}
