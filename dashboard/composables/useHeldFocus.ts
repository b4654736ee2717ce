import { onBeforeUnmount, onBeforeUpdate, onMounted, onUpdated, type Ref, ref } from 'vue';

/**
 * Which row of a list that changes under the reader's hands has the focus, by its `data-key`. A row that is moved in
 * the page loses the focus: it is given back, to `target` in the same row.
 */
export function useHeldFocus(container: Readonly<Ref<HTMLElement | null>>, target: string) {
  const held = ref<string | null>(null);
  let before: string | null = null;
  /** Rows are being moved: what loses the focus by that was not left by anybody. */
  let moving = false;
  /** The focus has left one row and not arrived in the next: the browser brings it there, and scrolls to it. */
  let onItsWay = false;

  const keyOf = (element: EventTarget | null): string | null =>
    (element instanceof Element ? element.closest<HTMLElement>('[data-key]')?.dataset.key : null) ?? null;
  const take = ({ target: element }: FocusEvent): void => {
    onItsWay = false;
    held.value = keyOf(element);
  };
  const leave = ({ relatedTarget }: FocusEvent): void => {
    if (moving) return;
    held.value = keyOf(relatedTarget);
    onItsWay = held.value !== null;
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
    moving = true;
  });
  onUpdated(() => {
    moving = false;
    if (before === null || onItsWay) return;
    if (document.activeElement !== document.body) {
      held.value = keyOf(document.activeElement);
      return;
    }
    const row = container.value?.querySelector(`[data-key="${CSS.escape(before)}"]`);
    const found = row?.querySelector<HTMLElement>(target);
    if (found) found.focus({ preventScroll: true });
    else held.value = null;
  });
  return held;
}
