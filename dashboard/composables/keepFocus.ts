import { nextTick } from 'vue';
import { enterPage } from './arrive.ts';

/**
 * For what takes a while and shuts or takes away the button that began it: called at the press, and its answer once all
 * is done. Keyboard and screen reader go on at that button, or at the page's heading where it is gone.
 */
export function keepFocus(): () => Promise<void> {
  const held = document.activeElement;
  return async () => {
    await nextTick();
    if (document.activeElement !== document.body) return;
    if (held instanceof HTMLElement && held.isConnected && !held.matches(':disabled'))
      held.focus({ preventScroll: true });
    else enterPage();
  };
}
