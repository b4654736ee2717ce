import axe from 'axe-core';
import type { Page } from 'playwright-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Runs in the page. Contrast takes axe two thirds of its time: it looks at every element for a text of its own, and in a
 * table asks the same question fifty times. Marks what shows a text, but where three texts before it answer for it:
 * those of the same colour, size and weight, on the same backgrounds and opacities all the way up. What lies beside something
 * that may lie over or under it is asked by itself.
 */
const markAsked = (within: string): string => `(() => {
  const numbers = new Map();
  const numberOf = (text) => {
    if (!numbers.has(text)) numbers.set(text, numbers.size);
    return numbers.get(text);
  };
  const styles = new Map();
  const styleOf = (element) => {
    if (!styles.has(element)) styles.set(element, getComputedStyle(element));
    return styles.get(element);
  };
  const grounds = new Map();
  const groundOf = (element) => {
    if (element === null) return -1;
    if (!grounds.has(element)) {
      const { backgroundColor, backgroundImage, opacity, position, filter, mixBlendMode } = styleOf(element);
      const own = [backgroundColor, backgroundImage, opacity, position, filter, mixBlendMode];
      grounds.set(element, numberOf(groundOf(element.parentElement) + '|' + own.join('|')));
    }
    return grounds.get(element);
  };
  const lies = (element) => styleOf(element).position === 'absolute' || styleOf(element).backgroundImage !== 'none';
  const crowds = new Map();
  const isCrowded = (parent) => {
    if (parent === null) return false;
    if (!crowds.has(parent)) crowds.set(parent, lies(parent) || [...parent.children].some(lies));
    return crowds.get(parent);
  };
  const asked = new Map();
  for (const element of document.querySelector(${JSON.stringify(within)}).querySelectorAll('*')) {
    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '')) continue;
    if (!element.checkVisibility()) continue;
    if (isCrowded(element) || isCrowded(element.parentElement)) {
      element.setAttribute('data-asked', '');
      continue;
    }
    const { color, fontSize, fontWeight, textShadow } = styleOf(element);
    const look = numberOf([groundOf(element), color, fontSize, fontWeight, textShadow].join('|'));
    const before = asked.get(look) ?? 0;
    if (before < 3) element.setAttribute('data-asked', '');
    asked.set(look, before + 1);
  }
})()`;

/**
 * What there is to ask of a page that was asked for everything before: in another language or width it is words and
 * sizes that differ, and no colour; in other colours nothing but those.
 */
type Look = 'all' | 'sizes' | 'colours';

const RUNS: Record<Look, object> = {
  all: { runOnly: { type: 'tag', values: TAGS } },
  sizes: { runOnly: { type: 'tag', values: TAGS }, rules: { 'color-contrast': { enabled: false } } },
  colours: { runOnly: ['color-contrast', 'link-in-text-block'] },
};

const findingsOf = (look: Look, within: string): string => `axe
  .run(${within === WHOLE ? 'document' : JSON.stringify(within)}, { resultTypes: ['violations'], ...${JSON.stringify(RUNS[look])} })
  .then(({ violations }) => {
    for (const one of document.querySelectorAll('[data-asked]')) one.removeAttribute('data-asked');
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => id + ' ' + target.join(' ') + ': ' + (failureSummary ?? '').split('\\n')[1]),
    );
  })`;

/** Names put together of several texts that say the same. Runs in the page. */
const saidTwice = (
  within: string,
): string => `[...document.querySelectorAll(${JSON.stringify(`${within} [aria-labelledby*=" "]`)})]
  .map((one) => one.getAttribute('aria-labelledby').split(/\\s+/).map((id) => document.getElementById(id)?.textContent.trim() ?? ''))
  .filter((texts) => new Set(texts).size < texts.length)
  .map((texts) => 'said twice: ' + texts.join(' '))`;

const WHOLE = 'body';

/**
 * What axe finds against WCAG 2.2 A and AA, in a line each. Only what is violated is worked out in full, and in the
 * page itself, which has no frames; axe is put into a page once. `within`: the part of a page that has changed since it
 * was asked as a whole.
 */
export async function axeFindings(page: Page, look: Look = 'all', within = WHOLE): Promise<string[]> {
  if (!(await page.evaluate(`'axe' in window`))) {
    await page.evaluate(axe.source);
    await page.evaluate(
      `axe.configure({ rules: [{ id: 'color-contrast', selector: '[data-asked], input, select, textarea' }] })`,
    );
  }
  if (look !== 'sizes') await page.evaluate(markAsked(within));
  const twice = await page.evaluate<string[]>(saidTwice(within));
  return [...twice, ...(await page.evaluate<string[]>(findingsOf(look, within)))];
}
