import { readonly, ref } from 'vue';

/** A sentence about something that was done, which outlives the part of the page that did it. */
export type Notice = { text: string; alarm: boolean };

const notice = ref<Notice | null>(null);

/**
 * The last notice; it stays until it is dismissed, the next one comes, or the page that it speaks of is left. An alarm
 * outlives the page: it says what did not come true.
 */
export const useNotice = () => ({
  notice: readonly(notice),
  tell: (text: string, { alarm = false }: { alarm?: boolean } = {}): void => {
    notice.value = { text, alarm };
  },
  dismiss: (): void => {
    notice.value = null;
  },
  leavePage: (): void => {
    if (!notice.value?.alarm) notice.value = null;
  },
});
