import { onBeforeUnmount, type Ref, ref } from 'vue';

/** How wide the page is, without its scroll bar. */
export function useWindowWidth(): Ref<number> {
  const { documentElement } = document;
  const width = ref(documentElement.clientWidth);
  const look = (): void => {
    width.value = documentElement.clientWidth;
  };
  window.addEventListener('resize', look);
  onBeforeUnmount(() => window.removeEventListener('resize', look));
  return width;
}
