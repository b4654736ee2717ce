import { computed } from 'vue';
import { type LocationQueryRaw, type RouteLocationRaw, useRoute } from 'vue-router';
import { useSession } from '../../composables/session.ts';
import { useFilters } from '../../composables/useFilters.ts';

export type DeskPageName = 'desk' | 'desk-report' | 'desk-history';

/** Whose desk it is, of which year, and the ways between its pages. */
export function useDesk() {
  const route = useRoute();
  const { ownUnit, isOrganisation } = useSession();
  const { filters, today } = useFilters();
  const unit = computed(() => String(route.params.unit ?? ownUnit.value ?? ''));
  /** Its own people send as the unit; the department sends as itself. */
  const asUnit = computed(() => unit.value !== '' && unit.value === ownUnit.value);
  const year = computed(() => filters.value.year);

  function to(name: DeskPageName, query: LocationQueryRaw = {}): RouteLocationRaw {
    const kept = route.query.year === undefined ? query : { year: route.query.year, ...query };
    return asUnit.value
      ? { name, query: kept }
      : { name: `unit-${name}`, params: { unit: unit.value }, query: kept };
  }
  return {
    unit,
    asUnit,
    year,
    today,
    to,
    mayReport: computed(() => asUnit.value || (isOrganisation.value && unit.value !== '')),
  };
}
