import { onBeforeUnmount, type Ref, ref } from 'vue';

/** Whether the machine has a network at all. */
export function useOnline(): Ref<boolean> {
  const online = ref(navigator.onLine);
  const look = (): void => {
    online.value = navigator.onLine;
  };
  addEventListener('online', look);
  addEventListener('offline', look);
  onBeforeUnmount(() => {
    removeEventListener('online', look);
    removeEventListener('offline', look);
  });
  return online;
}
