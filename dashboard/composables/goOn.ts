import { enterPage, PATIENCE_MS } from './arrive.ts';

/**
 * After a dialog, what was pressed may go only once the page knows what has become of it: keyboard and screen reader then
 * go on at the heading, unless the reader is elsewhere by then.
 */
export function goOnWhenGone(): void {
  const pressed = document.activeElement;
  const watcher = new MutationObserver(() => {
    if (pressed?.isConnected) return;
    stop();
    if (document.activeElement === document.body) enterPage();
  });
  const timer = setTimeout(() => stop(), PATIENCE_MS);
  const stop = (): void => {
    watcher.disconnect();
    clearTimeout(timer);
  };
  watcher.observe(document.body, { childList: true, subtree: true });
}
