import { nextTick } from 'vue';
import { besideOf } from './beside.ts';

/**
 * For what takes a while and shuts or takes away the button that began it: called at the press, and its answer once all
 * is done. Keyboard and screen reader go on at that button, or beside it where it is gone.
 */
export function keepFocus(): () => Promise<void> {
  const held = document.activeElement;
  const goBeside = besideOf(held);
  return async () => {
    await nextTick();
    if (document.activeElement !== document.body) return;
    if (held instanceof HTMLElement && held.isConnected && !held.matches(':disabled'))
      held.focus({ preventScroll: true });
    else goBeside();
  };
}
