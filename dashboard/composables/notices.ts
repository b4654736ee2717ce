import { readonly, ref } from 'vue';

/** A sentence about something that was done, which outlives the part of the page that did it. */
export type Notice = { text: string; alarm: boolean; unreached: boolean };

/** `alarm`: what did not come true. `unreached`: the server cannot be reached, and nothing was lost. */
type Told = { alarm?: boolean; unreached?: boolean };

const notice = ref<Notice | null>(null);

/**
 * The last notice; it stays until it is dismissed, the next one comes, or the page that it speaks of is left. An alarm
 * outlives the page: it says what did not come true. That the server cannot be reached ends when it can.
 */
export const useNotice = () => ({
  notice: readonly(notice),
  tell: (text: string, { alarm = false, unreached = false }: Told = {}): void => {
    notice.value = { text, alarm, unreached };
  },
  dismiss: (): void => {
    notice.value = null;
  },
  reached: (): void => {
    if (notice.value?.unreached) notice.value = null;
  },
  leavePage: (): void => {
    if (!notice.value?.alarm) notice.value = null;
  },
});
