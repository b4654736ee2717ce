import { type ComputedRef, computed } from 'vue';
import { type LocationQueryRaw, type RouteLocationRaw, useRoute, useRouter } from 'vue-router';
import { timezone, today } from './clock.ts';
import { FILTER_NAMES, type Filters, parseFilters } from './filters.ts';
import { withNothingThen } from './nothingThen.ts';
import { opensOn } from './opening.ts';
import { underway } from './underway.ts';

/** What a part of the address says; the same object until it says something else, so that nobody who reads it works in vain. */
const steady = <T extends object>(read: () => T): ComputedRef<T> =>
  computed((last) => {
    const next = read();
    return last !== undefined && JSON.stringify(last) === JSON.stringify(next) ? last : next;
  });

/** The whole address that typing last asked for: a step that typing is added to stays a step. */
let refined: string | null = null;

type Patch = Partial<Record<keyof Filters | (string & {}), string | number | null>>;

/**
 * The filters of the address, and links that keep them. `set` makes a new entry of the history, so that the
 * browser's back button undoes it; null takes a part out. `refine` replaces the entry: for typing in a search.
 *
 * All of them go on from the address that was asked for last, also while it is on its way: made of the address that is
 * still there, the second of two quick presses would undo the first.
 */
export function useFilters() {
  const route = useRoute();
  const router = useRouter();
  const filters: ComputedRef<Filters> = steady(() =>
    withNothingThen(parseFilters(route.query, today.value, timezone.value, opensOn(today.value))),
  );

  const asked = computed(() => (underway.value?.path === route.path ? underway.value.query : route.query));

  const merged = (patch: Patch): LocationQueryRaw => {
    const query: LocationQueryRaw = { ...asked.value };
    for (const [name, value] of Object.entries(patch))
      if (value === null || value === undefined) delete query[name];
      else query[name] = String(value);
    return query;
  };
  const set = (patch: Patch): void => {
    void router.push({ query: merged(patch) });
  };
  const refine = (patch: Patch): void => {
    const step = underway.value;
    // Who types into a page that is being left does not call the step back.
    if (step && step.path !== route.path) return;
    const next = { query: merged(patch) };
    if (step && step.fullPath !== refined) {
      void router.push(next);
      return;
    }
    refined = router.resolve(next).fullPath;
    void router.replace(next);
  };
  const shared = steady(() => {
    const query: LocationQueryRaw = {};
    for (const key of FILTER_NAMES) if (asked.value[key]) query[key] = asked.value[key];
    return query;
  });
  /** The same view on another page: only what all pages share goes along. */
  const link = (
    name: string,
    params: Record<string, string> = {},
    more: Patch = {},
    hash = '',
  ): RouteLocationRaw => {
    const query = { ...shared.value };
    for (const [key, value] of Object.entries(more))
      if (value === null) delete query[key];
      else query[key] = String(value);
    return { name, params, query, hash };
  };
  /** A further part of the address that only one page reads. */
  const extra = (name: string): ComputedRef<string | null> =>
    computed(() => {
      const value = route.query[name];
      return typeof value === 'string' && value !== '' ? value : null;
    });

  return { filters, today, set, refine, link, extra };
}
