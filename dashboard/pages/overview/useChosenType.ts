import { type ComputedRef, computed, onBeforeUnmount, onMounted } from 'vue';
import type { Plan } from '#schemas/plan.ts';
import { useFilters } from '../../composables/useFilters.ts';

/** The type that the page is narrowed to, as the address has it; Esc widens it, unless something else takes the key. */
export function useChosenType(plan: () => Pick<Plan, 'criteria'> | undefined): {
  chosen: ComputedRef<string | null>;
  choose(type: string | null): void;
} {
  const { extra, set } = useFilters();
  const asked = extra('type');
  /** One that the plan does not have narrows nothing; until the plan is there, the address is believed. */
  const chosen = computed(() => {
    const criteria = plan()?.criteria;
    return criteria && !criteria.some(({ id }) => id === asked.value) ? null : asked.value;
  });
  const choose = (type: string | null): void => set({ type });
  const onKey = (event: KeyboardEvent): void => {
    const { target } = event;
    const busy = document.querySelector('dialog[open], :popover-open') !== null;
    const typing = target instanceof HTMLElement && target.matches('input, textarea, select');
    if (event.key !== 'Escape' || event.defaultPrevented || busy || typing || chosen.value === null) return;
    choose(null);
  };
  onMounted(() => addEventListener('keydown', onKey));
  onBeforeUnmount(() => removeEventListener('keydown', onKey));
  return { chosen, choose };
}
