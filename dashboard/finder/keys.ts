import { onBeforeUnmount, onMounted } from 'vue';
import { isForPage } from '../composables/singleKeys.ts';

/** What the keys do that work on every page. */
export type Shortcuts = {
  find: () => void;
  explain: () => void;
  /** `at`: looks at what has the focus; false where there is nothing to look at. */
  peek: { at: () => boolean; isOpen: () => boolean };
};

const ROWS = 'main tbody tr, main [data-peek]';
const rowOf = (element: Element | null | undefined): Element | null => element?.closest(ROWS) ?? null;

/** Where a row leads: what it says leads there, else its first link or button. */
const entryOf = (row: HTMLElement): HTMLElement | null =>
  row.matches('[tabindex]')
    ? row
    : (row.querySelector<HTMLElement>('[data-leads]') ?? row.querySelector<HTMLElement>('a, button'));

/** Rows that can be walked, each by where it leads. */
const rowsOf = (): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>(ROWS)].flatMap((row) => {
    const first = entryOf(row);
    return first && row.offsetParent !== null && rowOf(first) === row ? [first] : [];
  });

/** Nothing is left to be done in its row: others of the table lead to what it is about, this one does not. */
const isDone = (entry: HTMLElement): boolean =>
  !entry.matches('[data-leads], [tabindex]') &&
  Boolean(entry.closest('tbody')?.querySelector('[data-leads]'));

/** The rows behind a section or something else of the page that has the focus; null where nothing but its title has. */
function behindFocus(rows: readonly HTMLElement[]): HTMLElement[] | null {
  const focus = document.activeElement;
  if (!focus?.closest('main') || focus.matches('main, h1')) return null;
  const behind = rows.filter((row) => focus.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING);
  return behind.length > 0 ? behind : null;
}

/** The focus on the next row or the one before; at first on the first behind the focus, or in sight, in which something is left to be done. */
function walk(by: 1 | -1): void {
  const rows = rowsOf();
  const here = rowOf(document.activeElement);
  const at = rows.findIndex((first) => rowOf(first) === here);
  const after = behindFocus(rows);
  const ahead = after ?? rows.filter((first) => first.getBoundingClientRect().top > 0);
  const begin = ahead.find((first) => !isDone(first)) ?? ahead[0] ?? rows[0];
  const next = at < 0 ? begin : rows[Math.max(0, Math.min(rows.length - 1, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

/**
 * Ctrl-K and / find, j and k walk down and up the rows of a page's tables, Space looks at a row's unit beside it, ? says
 * what the page is about. While somebody looks, the arrows walk, too. Listens where a key arrives last: what a page does
 * with it itself goes first.
 */
export function useShortcuts({ find, explain, peek }: Shortcuts): void {
  const single: Readonly<Record<string, () => void>> = {
    '/': find,
    j: () => walk(1),
    k: () => walk(-1),
    '?': explain,
    // As a keyboard for Chinese writes it.
    '？': explain,
  };
  const looking: Readonly<Record<string, () => void>> = {
    ArrowDown: () => walk(1),
    ArrowUp: () => walk(-1),
  };
  /** Firefox presses a button where Space is let go, whatever became of its being pressed. */
  let taken = false;
  function letGo(event: KeyboardEvent): void {
    if (event.key !== ' ' || !taken) return;
    taken = false;
    event.preventDefault();
  }
  function press(event: KeyboardEvent): void {
    const { key, ctrlKey, metaKey, altKey, defaultPrevented } = event;
    const isFind = (ctrlKey || metaKey) && !altKey && !defaultPrevented && key.toLowerCase() === 'k';
    if (isFind) {
      event.preventDefault();
      find();
      return;
    }
    if (!isForPage(event)) return;
    const act = single[key] ?? (peek.isOpen() ? looking[key] : undefined);
    if (act) act();
    else if (key === ' ' && peek.at()) taken = true;
    else return;
    event.preventDefault();
  }
  onMounted(() => {
    addEventListener('keydown', press);
    addEventListener('keyup', letGo);
  });
  onBeforeUnmount(() => {
    removeEventListener('keydown', press);
    removeEventListener('keyup', letGo);
  });
}
