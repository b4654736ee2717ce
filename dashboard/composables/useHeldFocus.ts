import { onBeforeUnmount, onBeforeUpdate, onMounted, onUpdated, type Ref, ref } from 'vue';

/**
 * Which row of a list that changes under the reader's hands has the focus, by its `data-key`. A row that is moved in
 * the page loses the focus: it is given back, to `target` in the same row.
 */
export function useHeldFocus(container: Readonly<Ref<HTMLElement | null>>, target: string) {
  const held = ref<string | null>(null);
  let before: string | null = null;

  const keyOf = (element: EventTarget | null): string | null =>
    (element instanceof Element ? element.closest<HTMLElement>('[data-key]')?.dataset.key : null) ?? null;
  const take = ({ target: element }: FocusEvent): void => {
    held.value = keyOf(element);
  };
  const leave = ({ relatedTarget }: FocusEvent): void => {
    held.value = keyOf(relatedTarget);
  };

  onMounted(() => {
    container.value?.addEventListener('focusin', take);
    container.value?.addEventListener('focusout', leave);
  });
  onBeforeUnmount(() => {
    container.value?.removeEventListener('focusin', take);
    container.value?.removeEventListener('focusout', leave);
  });
  onBeforeUpdate(() => {
    before = held.value;
  });
  onUpdated(() => {
    if (before === null || document.activeElement !== document.body) return;
    const row = container.value?.querySelector(`[data-key="${CSS.escape(before)}"]`);
    row?.querySelector<HTMLElement>(target)?.focus({ preventScroll: true });
  });
  return held;
}
