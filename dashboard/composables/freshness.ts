import { defineStore } from 'pinia';
import { type MaybeRefOrGetter, onScopeDispose, ref, toValue, watchEffect } from 'vue';

export type Freshness = { at: number; complete: boolean; refreshing: boolean };

/** What the page on screen reflects; shown at one fixed place by the shell. */
export const useFreshness = defineStore('freshness', () => {
  const shown = ref<Freshness | null>(null);
  return { shown };
});

/** A page says how fresh its main answer is; null while it has none. */
export function reportFreshness(source: MaybeRefOrGetter<Freshness | null>): void {
  const store = useFreshness();
  watchEffect(() => {
    store.shown = toValue(source);
  });
  onScopeDispose(() => {
    store.shown = null;
  });
}
