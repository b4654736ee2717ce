import type { Page } from 'playwright-core';

/**
 * What is broken on the page that is open, as the eye sees it: words on two lines, figures parted from their unit, though the page is wide enough for
 * the word, colours of types on a line without the name they stand for, a state that is told by a dot alone, and a quote
 * at the beginning of a line that looks like an indent.
 */
export const brokenIn = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    const broken = [];
    const widest = document.querySelector('main').clientWidth / 2;
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = words.nextNode(); node; node = words.nextNode()) {
      const around = node.parentElement;
      if (around.closest('.unseen, script, style, option')) continue;
      if (!around.checkVisibility({ visibilityProperty: true })) continue;
      for (const { 0: word, index } of node.data.matchAll(/[\\p{Script=Latin}\\p{N}’']{2,}/gu)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const lines = [...range.getClientRects()].filter(({ width }) => width > 0);
        const tops = lines.map(({ top }) => top);
        const width = lines.reduce((sum, line) => sum + line.width, 0);
        if (Math.max(...tops) - Math.min(...tops) > 8 && width < widest) broken.push('word: ' + word + ' in ' + node.data.trim());
      }
    }
    for (const answer of document.querySelectorAll('main .answer, main .caption')) {
      const inside = document.createTreeWalker(answer, NodeFilter.SHOW_TEXT);
      for (let node = inside.nextNode(); node; node = inside.nextNode()) {
        if (!node.parentElement.checkVisibility({ visibilityProperty: true })) continue;
        for (const { 0: figure, index } of node.data.matchAll(/第\\s\\d|\\d\\s[\\p{Script=Han}]/gu)) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + figure.length);
          const tops = [...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => top);
          if (Math.max(...tops) - Math.min(...tops) > 8) broken.push('parted: ' + figure + ' in ' + node.data.trim());
        }
      }
    }
    const quotes = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    for (let node = quotes.nextNode(); node; node = quotes.nextNode()) {
      const around = node.parentElement;
      const at = node.data.search(/\\S/);
      if (node.data[at] !== '“' || around.closest('.unseen, script, style, option, svg')) continue;
      if (!around.checkVisibility({ visibilityProperty: true })) continue;
      let block = around;
      while (getComputedStyle(block).display.startsWith('inline')) block = block.parentElement;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const quote = range.getBoundingClientRect();
      const { paddingLeft, fontSize } = getComputedStyle(block);
      const start = block.getBoundingClientRect().left + parseFloat(paddingLeft);
      if (Math.abs(quote.left - start) < 2 && quote.width > 0.75 * parseFloat(fontSize)) broken.push('indent: ' + node.data.trim());
    }
    for (const swatch of document.querySelectorAll('main .type-swatch')) {
      const box = swatch.getBoundingClientRect();
      if (!swatch.checkVisibility() || box.height === 0) continue;
      const range = document.createRange();
      range.setStartAfter(swatch);
      range.setEndAfter(swatch.parentElement.lastChild);
      const [line] = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
      if (line && (line.top > box.bottom || line.bottom < box.top)) broken.push('colour of: ' + range.toString().trim().slice(0, 60));
    }
    for (const swatch of document.querySelectorAll('main .type-swatch')) {
      if (!swatch.checkVisibility()) continue;
      const behind = document.createTreeWalker(swatch.parentElement, NodeFilter.SHOW_TEXT);
      behind.currentNode = swatch;
      let node = behind.nextNode();
      while (node && node.data.trim() === '') node = behind.nextNode();
      const at = node ? node.data.search(/\\S/) : -1;
      if (at < 0 || node.data[at] !== '“') continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const quote = range.getBoundingClientRect();
      const full = quote.width > 0.75 * parseFloat(getComputedStyle(node.parentElement).fontSize);
      if (full && quote.left - swatch.getBoundingClientRect().right > 3) broken.push('indent behind a colour: ' + node.data.trim());
    }
    for (const aside of document.querySelectorAll('main a + .caption, main b + .caption, main strong + .caption')) {
      const [before] = [...aside.previousElementSibling.getClientRects()].slice(-1);
      const [own] = aside.getClientRects();
      if (!before || !own || own.width === 0 || before.width === 0) continue;
      const isOneLine = own.top < before.bottom && own.bottom > before.top;
      if (isOneLine && own.left >= before.right - 1 && own.left - before.right < 3 && getComputedStyle(aside).marginInlineStart === '0px' && !/^[\\s，。；：、（]/.test(aside.textContent))
        broken.push('glued: ' + aside.previousElementSibling.textContent.trim() + aside.textContent.trim());
    }
    for (const line of document.querySelectorAll('.freshness')) {
      const words = [...line.children].filter((part) => !part.matches('.unseen')).map((part) => part.textContent.trim());
      if (line.checkVisibility() && words.join('') === '') broken.push('a dot without words');
    }
    return broken;
  })()`);
