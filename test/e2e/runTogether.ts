import type { Page } from 'playwright-core';

/**
 * Texts that stand apart on the line by a margin alone: whoever copies or hears them gets one word, "10 月0 / 1". Of two
 * that follow each other without a box between them, the second begins behind a blank or a mark. Evaluated in the page.
 */
const RUN_TOGETHER = `(() => {
  const found = [];
  const flows = (one) => /^(inline|contents)/.test(getComputedStyle(one).display);
  const isApart = (text, around) => {
    for (let one = text.parentElement; one !== around; one = one.parentElement) if (!flows(one)) return true;
    return false;
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let last = null;
  let blank = false;
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const own = text.parentElement;
    if (own.closest('script, style, svg, select, textarea, [popover]:not(:popover-open)')) continue;
    if (text.data.trim() === '') blank = blank || text.data !== '';
    if (text.data.trim() === '' || !own.checkVisibility({ visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const boxes = [...range.getClientRects()];
    if (boxes.length === 0) continue;
    if (last && !blank && /[\\p{L}\\p{N}%]$/u.test(last.text.data) && /^[\\p{L}\\p{N}“]/u.test(text.data)) {
      let around = last.text.parentElement;
      while (!around.contains(text)) around = around.parentElement;
      const [before, behind] = [last.boxes.at(-1), boxes[0]];
      const isSeenApart = Math.abs(before.bottom - behind.bottom) > 8 || behind.left - before.right >= 3;
      if (isSeenApart && !isApart(last.text, around) && !isApart(text, around))
        found.push('run together: ' + last.text.data.trim().slice(-24) + text.data.trim().slice(0, 24));
    }
    last = { text, boxes };
    blank = false;
  }
  return [...new Set(found)];
})()`;

export const runTogether = (page: Page): Promise<string[]> => page.evaluate<string[]>(RUN_TOGETHER);
