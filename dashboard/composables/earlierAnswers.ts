import type { QueryCache } from '@tanstack/vue-query';
import { type ComputedRef, computed, type Ref, readonly, ref } from 'vue';
import { useRoute } from 'vue-router';

const stands = ref(false);

/** Whether the answer to an earlier question is still on the page, since that to the one asked now is awaited. */
export const isEarlier: Readonly<Ref<boolean>> = readonly(stands);

/** Looks after each change whether any answer on the page is an earlier one; called once, when the dashboard begins. */
export function watchEarlier(cache: QueryCache): void {
  cache.subscribe(() => {
    stands.value = cache.getAll().some(({ observers }) =>
      observers.some((observer) => {
        const { isPlaceholderData, fetchStatus } = observer.getCurrentResult();
        return isPlaceholderData && fetchStatus !== 'idle';
      }),
    );
  });
}

/**
 * What a page says of several answers, as it was while one of them is an earlier one: made of the answer to one
 * question and the words of another, it would be true of neither. Another page begins anew.
 */
export function saidOfAll<T>(source: () => T): ComputedRef<T> {
  const route = useRoute();
  let place = '';
  return computed<T>((last) => {
    if (isEarlier.value && last !== undefined && place === route.path) return last;
    place = route.path;
    return source();
  });
}
