import { onBeforeUnmount, onMounted } from 'vue';
import { isForPage } from '../../composables/singleKeys.ts';

type Parts = {
  /** What a single key does. */
  keys: Readonly<Record<string, () => void>>;
  /** Asked for any other key; true where it meant something. */
  other: (key: string) => boolean;
  cancel: () => void;
  /** Whether there is anything that keys could act on. */
  applies: () => boolean;
};

/** Single keys for a list of decisions; they go before those that work on every page. */
export function useInboxKeys({ keys, other, cancel, applies }: Parts): void {
  function act(event: KeyboardEvent): void {
    if (event.key === 'Escape') cancel();
    if (!isForPage(event) || !applies()) return;
    const own = keys[event.key];
    if (own) own();
    else if (!other(event.key)) return;
    event.preventDefault();
  }
  onMounted(() => document.addEventListener('keydown', act));
  onBeforeUnmount(() => document.removeEventListener('keydown', act));
}
