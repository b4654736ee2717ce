import { nextTick, onBeforeUnmount, type Ref, ref } from 'vue';

/** Pixels that stay free between a panel and the window's edge, and between it and its button. */
const EDGE = 8;
const GAP = 4;

/** Where a panel goes: below its button, or above it where there is no room, and always inside the window. */
function placeBeside(button: DOMRect, panel: DOMRect, align: 'start' | 'end'): { left: string; top: string } {
  const { clientWidth, clientHeight } = document.documentElement;
  const wanted = align === 'start' ? button.left : button.right - panel.width;
  const left = Math.max(EDGE, Math.min(wanted, clientWidth - EDGE - panel.width));
  const fits = button.bottom + panel.height + EDGE < clientHeight;
  const top = fits ? button.bottom + GAP : Math.max(EDGE, button.top - panel.height - GAP);
  return { left: `${left}px`, top: `${top}px` };
}

/**
 * A panel with the platform's `popover` attribute and the button whose `popovertarget` it is. The browser opens and closes
 * it, also on Escape and a press elsewhere, and keeps it above everything. Here it gets its place, also while the page
 * scrolls. Its content may wait for `open`. `shown` is called once it is there.
 */
export function usePopover(
  button: Ref<HTMLElement | null>,
  panel: Ref<HTMLElement | null>,
  { align = 'start', shown }: { align?: 'start' | 'end'; shown?: () => void } = {},
) {
  const open = ref(false);
  const place = ref({ left: '0px', top: '0px' });

  function putInPlace(): void {
    const [from, box] = [button.value?.getBoundingClientRect(), panel.value?.getBoundingClientRect()];
    if (from && box) place.value = placeBeside(from, box, align);
  }
  function unlisten(): void {
    window.removeEventListener('scroll', putInPlace, true);
    window.removeEventListener('resize', putInPlace);
  }
  onBeforeUnmount(unlisten);

  async function toggled(event: Event): Promise<void> {
    unlisten();
    open.value = (event as ToggleEvent).newState === 'open';
    if (!open.value) return;
    window.addEventListener('scroll', putInPlace, { capture: true, passive: true });
    window.addEventListener('resize', putInPlace);
    await nextTick();
    putInPlace();
    shown?.();
  }

  return { open, place, toggled, close: (): void => panel.value?.hidePopover() };
}
