import type { Page } from 'playwright-core';

/** In the page: presses each head of each table of data three times, and tells what did not follow. */
const PRESS = async (): Promise<{ pressed: number; faults: string[] }> => {
  const faults: string[] = [];
  let pressed = 0;
  const drawn = () => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done)));
  for (const table of document.querySelectorAll('main table.data')) {
    const rows = () => [...table.querySelectorAll<HTMLElement>(':scope > tbody > tr.keep')];
    const order = () => rows().map(({ textContent }) => textContent);
    if (rows().length < 2) continue;
    const named = table.querySelector('caption')?.textContent?.trim() ?? '';
    const heads = [...table.querySelectorAll<HTMLElement>(':scope > thead th')];
    for (const [at, head] of heads.entries()) {
      const button = head.querySelector('button');
      if (!button) {
        if (!head.querySelector('.unseen'))
          faults.push(`${named}: ${head.textContent?.trim()} cannot be pressed`);
        continue;
      }
      const before = order();
      const figures = () => {
        const texts = rows().map((row) => row.children[at]?.textContent?.trim() ?? '');
        const read = texts.map((text) =>
          Number(text.replaceAll(',', '').replace('−', '-').replace(/^\+/, '')),
        );
        if (texts.includes('') || !read.every(Number.isFinite)) return [];
        // Lost points are written with a minus: the greatest loss is the greatest figure.
        return read.every((one) => one <= 0) ? read.map(Math.abs) : read;
      };
      for (const press of [1, 2]) {
        button.click();
        await drawn();
        const sorted = head.ariaSort;
        if (sorted !== 'ascending' && sorted !== 'descending')
          faults.push(`${named}: press ${press} sorts nothing`);
        const sign = sorted === 'descending' ? -1 : 1;
        const read = figures();
        if (read.some((one, index) => index > 0 && sign * (one - (read[index - 1] as number)) < 0))
          faults.push(`${named}: ${head.textContent?.trim()} is not in order: ${read.join(' ')}`);
      }
      button.click();
      await drawn();
      if (head.ariaSort !== 'none' || order().join('\n') !== before.join('\n'))
        faults.push(`${named}: ${head.textContent?.trim()} is not undone`);
      pressed++;
    }
    const { position } = getComputedStyle(heads[0] as HTMLElement);
    // What a decision would do stands in a panel that scrolls by itself (`EffectFrame.vue`).
    if (!table.closest('.effect') && position !== 'sticky')
      faults.push(`${named}: its head goes out of view`);
  }
  return { pressed, faults };
};

/** An answer that comes between two presses brings rows of its own: what is at fault is so each time. */
const TRIES = 3;

/** What the heads of the page's tables do when they are pressed: how many there are, and which of them do not sort. */
export async function pressHeads(page: Page): Promise<{ pressed: number; faults: string[] }> {
  for (let left = TRIES - 1; ; left -= 1) {
    const found = await page.evaluate(PRESS);
    if (found.faults.length === 0 || left === 0) return found;
  }
}
