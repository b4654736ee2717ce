import type { Page } from 'playwright-core';

/**
 * Buttons of different rows that are called alike: whoever hears them one after another does not know whose they are. The
 * text of a clause is the same wherever it is opened. Evaluated in the page.
 */
const SAME_NAMED = `(() => {
  const byName = new Map();
  for (const button of document.querySelectorAll('main :is(tbody tr, li) button')) {
    if (!button.checkVisibility() || button.classList.contains('clause-number')) continue;
    const name = (button.ariaLabel ?? button.textContent).trim();
    const rows = byName.get(name) ?? new Set();
    byName.set(name, rows.add(button.closest('tr, li')));
  }
  return [...byName].filter(([, rows]) => rows.size > 1).map(([name, rows]) => name + ' × ' + rows.size);
})()`;

export const sameNamed = (page: Page): Promise<string[]> => page.evaluate<string[]>(SAME_NAMED);
