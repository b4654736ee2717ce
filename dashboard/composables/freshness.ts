import { defineStore } from 'pinia';
import { type MaybeRefOrGetter, onScopeDispose, ref, toValue, watchEffect } from 'vue';

export type Freshness = { at: number; complete: boolean; refreshing: boolean };

/** What the page on screen reflects; shown at one fixed place by the shell. */
export const useFreshness = defineStore('freshness', () => {
  const shown = ref<Freshness | null>(null);
  return { shown };
});

/**
 * A page says how fresh its main answer is; null while it has none. An earlier question's answer that stays until the
 * new one comes has no age of its own (`at` is 0): the line says that it is being read.
 */
export function reportFreshness(source: MaybeRefOrGetter<Freshness | null>): void {
  const store = useFreshness();
  watchEffect(() => {
    const told = toValue(source);
    store.shown = told && told.at > 0 ? told : null;
  });
  onScopeDispose(() => {
    store.shown = null;
  });
}
