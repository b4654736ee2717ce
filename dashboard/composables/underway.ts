import { shallowRef } from 'vue';
import type { RouteLocationNormalized, Router } from 'vue-router';

/**
 * The address that was asked for last, until it is there: a step waits for its page, and a step to another year for
 * that year's plan. Null while nothing is on its way.
 */
export const underway = shallowRef<RouteLocationNormalized | null>(null);

/** To be called before the router gets guards that wait. */
export function watchUnderway(router: Router): void {
  const end = (to: RouteLocationNormalized): void => {
    if (underway.value === to) underway.value = null;
  };
  router.beforeEach((to) => {
    underway.value = to;
  });
  router.afterEach(end);
  router.onError((_error, to) => end(to));
}
