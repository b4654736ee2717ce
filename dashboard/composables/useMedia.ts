import { onBeforeUnmount, type Ref, ref } from 'vue';

/** Whether a media query holds. */
export function useMedia(query: string): Ref<boolean> {
  const list = window.matchMedia(query);
  const matches = ref(list.matches);
  const look = (): void => {
    matches.value = list.matches;
  };
  list.addEventListener('change', look);
  onBeforeUnmount(() => list.removeEventListener('change', look));
  return matches;
}
