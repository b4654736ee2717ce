import axe from 'axe-core';
import type { Page } from 'playwright-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Runs in the page. Contrast takes axe two thirds of its time, and in a table asks the same question fifty times. Marks
 * texts that three texts before them answer for: those of the same colour, size and weight, on the same backgrounds and
 * opacities all the way up. What lies beside something that may lie over or under it is asked by itself.
 */
const MARK_ANSWERED = `(() => {
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
  for (const element of document.body.querySelectorAll('*')) {
    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '')) continue;
    if (isCrowded(element) || isCrowded(element.parentElement)) continue;
    const { color, fontSize, fontWeight, textShadow } = styleOf(element);
    const look = numberOf([groundOf(element), color, fontSize, fontWeight, textShadow].join('|'));
    const before = asked.get(look) ?? 0;
    if (before >= 3) element.setAttribute('data-answered', '');
    asked.set(look, before + 1);
  }
})()`;

const FINDINGS = `axe
  .run(document, { resultTypes: ['violations'], runOnly: { type: 'tag', values: ${JSON.stringify(TAGS)} } })
  .then(({ violations }) => {
    for (const one of document.querySelectorAll('[data-answered]')) one.removeAttribute('data-answered');
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => id + ' ' + target.join(' ') + ': ' + (failureSummary ?? '').split('\\n')[1]),
    );
  })`;

/**
 * What axe finds against WCAG 2.2 A and AA, in a line each. Only what is violated is worked out in full, and in the
 * page itself, which has no frames; axe is put into a page once.
 */
export async function axeFindings(page: Page): Promise<string[]> {
  if (!(await page.evaluate(`'axe' in window`))) {
    await page.evaluate(axe.source);
    await page.evaluate(
      `axe.configure({ rules: [{ id: 'color-contrast', selector: '*:not([data-answered])' }] })`,
    );
  }
  await page.evaluate(MARK_ANSWERED);
  return page.evaluate<string[]>(FINDINGS);
}
