import { onBeforeUnmount, onMounted, readonly, shallowRef } from 'vue';

/**
 * A short look at a unit beside its row, without leaving the list. Rows say whose they are by `data-peek`, which is the
 * unit's id; the focus stays where it is, and what is shown follows it.
 */
export type Peek = { unit: string; row: HTMLElement };

const ROW = 'main [data-peek]';
/** What Space does by itself is left to it: it presses buttons, but not the one that is a row itself, and ticks boxes. */
const PRESSED =
  'button:not([data-peek] > :first-child), summary, input, select, [role="button"], audio, video';

const peeked = shallowRef<Peek | null>(null);
export const currentPeek = readonly(peeked) as Readonly<typeof peeked>;

const peekOf = (row: HTMLElement | null | undefined): Peek | null => {
  const unit = row?.dataset.peek;
  return row && unit ? { unit, row } : null;
};
const rowAt = (element: Element | null): HTMLElement | null => element?.closest<HTMLElement>(ROW) ?? null;
/** In a list that has a current row of its own, whatever has the focus. */
const currentRow = (): HTMLElement | null =>
  document.querySelector<HTMLElement>(`${ROW}[aria-current="true"], ${ROW}:has([aria-current="true"])`);

export const closePeek = (): void => {
  peeked.value = null;
};

/** Opens it beside a row, or closes it where it is open there. */
export function togglePeek(row: HTMLElement | null): void {
  peeked.value = peeked.value && peeked.value.row === row ? null : peekOf(row);
}

/** True where Space has a row to peek at, and does nothing else there. */
export function peekAtFocus(): boolean {
  const focus = document.activeElement;
  const row = rowAt(focus) ?? (focus === document.body ? currentRow() : null);
  if (!row || focus?.matches(PRESSED)) return false;
  togglePeek(row);
  return true;
}

/** What is shown follows the focus, and a list's own current row; it goes where the focus leaves all rows. */
export function useFollowingPeek(panel: () => HTMLElement | null): void {
  const follow = (row: HTMLElement | null): void => {
    if (row !== peeked.value?.row) peeked.value = peekOf(row);
  };
  const focused = ({ target }: FocusEvent): void => {
    if (!peeked.value || !(target instanceof Element) || panel()?.contains(target)) return;
    follow(rowAt(target));
  };
  const moved = ({ key }: KeyboardEvent): void => {
    if (!peeked.value || (key !== 'j' && key !== 'k')) return;
    // The list moves first, and its page with it.
    requestAnimationFrame(() => {
      const row = currentRow();
      if (peeked.value && row) follow(row);
    });
  };
  const pressed = ({ target }: PointerEvent): void => {
    if (!(target instanceof Element) || panel()?.contains(target) || target.closest('.peeks')) return;
    closePeek();
  };
  onMounted(() => {
    document.addEventListener('focusin', focused);
    document.addEventListener('keydown', moved);
    document.addEventListener('pointerdown', pressed);
  });
  onBeforeUnmount(() => {
    document.removeEventListener('focusin', focused);
    document.removeEventListener('keydown', moved);
    document.removeEventListener('pointerdown', pressed);
    closePeek();
  });
}
