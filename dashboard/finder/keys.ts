import { onBeforeUnmount, onMounted } from 'vue';
import { isForPage } from '../composables/singleKeys.ts';

/** What the keys do that work on every page. */
export type Shortcuts = { find: () => void; explain: () => void };

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

/**
 * Ctrl-K and / find, j and k walk down and up the rows of a page's tables, ? says what the page is about. Listens where a
 * key arrives last: what a page does with it itself goes first.
 */
export function useShortcuts({ find, explain }: Shortcuts): void {
  const single: Readonly<Record<string, () => void>> = {
    '/': find,
    j: () => walk(1),
    k: () => walk(-1),
    '?': explain,
    // As a keyboard for Chinese writes it.
    '？': explain,
  };
  function press(event: KeyboardEvent): void {
    const { key, ctrlKey, metaKey, altKey, defaultPrevented } = event;
    const isFind = (ctrlKey || metaKey) && !altKey && !defaultPrevented && key.toLowerCase() === 'k';
    const act = isFind ? find : isForPage(event) ? single[key] : undefined;
    if (!act) return;
    event.preventDefault();
    act();
  }
  onMounted(() => addEventListener('keydown', press));
  onBeforeUnmount(() => removeEventListener('keydown', press));
}
