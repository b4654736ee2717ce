import { onBeforeUnmount, onMounted, ref, watch } from 'vue';

const STORED = 'wuxing.inbox.keys';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

type Parts = {
  /** What a single key does. */
  keys: Readonly<Record<string, () => void>>;
  /** Asked for any other key; true where it meant something. */
  other: (key: string) => boolean;
  cancel: () => void;
  /** Whether there is anything that keys could act on. */
  applies: () => boolean;
};

/** Single keys for a list of decisions: not while something is typed or a dialog is open, and a person can turn them off. */
export function useInboxKeys({ keys, other, cancel, applies }: Parts) {
  const on = ref(localStorage.getItem(STORED) !== 'off');
  watch(on, (isOn) => localStorage.setItem(STORED, isOn ? 'on' : 'off'));

  function act(event: KeyboardEvent): void {
    if (event.key === 'Escape') cancel();
    if (!on.value || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector('dialog[open]') || !applies()) return;
    const own = keys[event.key];
    if (own) own();
    else if (!other(event.key)) return;
    event.preventDefault();
  }
  onMounted(() => addEventListener('keydown', act));
  onBeforeUnmount(() => removeEventListener('keydown', act));
  return { on };
}
