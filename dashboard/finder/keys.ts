import { onBeforeUnmount, onMounted } from 'vue';

/** Keys that work on every page, and where somebody types they don't. */
export type Shortcuts = { find: () => void };

const TYPING = 'input, textarea, select, [contenteditable="true"], dialog';
const isTyping = ({ target }: Event): boolean => target instanceof Element && target.closest(TYPING) !== null;

/** Rows that can be walked: each by its first link or button. */
const rowsOf = (): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>('main tbody tr')].flatMap((row) => {
    const first = row.querySelector<HTMLElement>('a, button');
    return first && row.offsetParent !== null ? [first] : [];
  });

/** The focus on the next row or the one before; at first on the first that is in sight. */
function walk(by: 1 | -1): void {
  const rows = rowsOf();
  const here = document.activeElement?.closest('tr');
  const at = rows.findIndex((first) => first.closest('tr') === here);
  const inSight = rows.findIndex((first) => first.getBoundingClientRect().top > 0);
  const next = rows[at < 0 ? Math.max(0, inSight) : Math.max(0, Math.min(rows.length - 1, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

/** Ctrl-K and / find, j and k walk down and up the rows of a page's tables. */
export function useShortcuts({ find }: Shortcuts): void {
  function press(event: KeyboardEvent): void {
    const { key, ctrlKey, metaKey, altKey, defaultPrevented } = event;
    if (defaultPrevented || altKey) return;
    if ((ctrlKey || metaKey) && key.toLowerCase() === 'k') find();
    else if (ctrlKey || metaKey || isTyping(event)) return;
    else if (key === '/') find();
    else if (key === 'j') walk(1);
    else if (key === 'k') walk(-1);
    else return;
    event.preventDefault();
  }
  onMounted(() => document.addEventListener('keydown', press));
  onBeforeUnmount(() => document.removeEventListener('keydown', press));
}
