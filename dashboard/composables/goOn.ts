import { PATIENCE_MS } from './arrive.ts';
import { besideOf } from './beside.ts';

let stop: () => void = () => undefined;
const isLost = (): boolean => document.activeElement === document.body;

/**
 * What has the focus may go, at once or only once the page knows what has become of it: keyboard and screen reader then
 * go on beside it. What is only shut for a while has them again. A reader who is elsewhere by then stays there.
 */
export function goOnWhenGone(): void {
  stop();
  const pressed = document.activeElement;
  if (!(pressed instanceof HTMLElement) || isLost()) return;
  const goBeside = besideOf(pressed);
  let isShut = false;
  const watcher = new MutationObserver(() => {
    if (pressed.isConnected) {
      const wasShut = isShut;
      isShut = pressed.matches(':disabled');
      if (wasShut && !isShut && isLost()) pressed.focus({ preventScroll: true });
      return;
    }
    stop();
    if (isLost()) goBeside();
  });
  const timer = setTimeout(() => stop(), PATIENCE_MS);
  stop = () => {
    watcher.disconnect();
    clearTimeout(timer);
    stop = () => undefined;
  };
  watcher.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
}
