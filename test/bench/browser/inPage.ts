import type { Page } from 'playwright-core';

/** What is measured within the page itself: from what a person does until the picture that shows it. */

/**
 * Hangs `bench` on the window. `shown(type)`: ms from the next event of that type to the first picture of other rows.
 * `scrolled(px, ms)`: how long after each other pictures came, ms, while the page moved by so much for each of them.
 */
const BENCH = `window.bench = {
  shown: (type) => new Promise((resolve) => addEventListener(type, ({ timeStamp }) => {
    const rows = () => document.querySelector('table.ranking tbody')?.textContent;
    const before = rows();
    const look = () => rows() === before
      ? requestAnimationFrame(look)
      : setTimeout(() => resolve(performance.now() - timeStamp));
    requestAnimationFrame(look);
  }, { once: true, capture: true })),
  scrolled: (px, ms) => new Promise((resolve) => {
    const times = [];
    const step = (now) => {
      times.push(now);
      scrollBy(0, px);
      if (now - times[0] < ms) requestAnimationFrame(step);
      else resolve(times.slice(1).map((time, at) => time - times[at]));
    };
    requestAnimationFrame(step);
  }),
};`;

export const inPage = { content: BENCH };

/** ms from the event to the picture; `act` makes the event happen. */
export async function untilShown(page: Page, type: string, act: () => Promise<unknown>): Promise<number> {
  const shown = page.evaluate<number>(`window.bench.shown('${type}')`);
  // Listens before it happens: both go down one line, in their order.
  await act();
  return shown;
}

/** ms between pictures while the page moves by `px` for each of them, for `ms`. */
export const whileScrolled = (page: Page, px: number, ms: number): Promise<number[]> =>
  page.evaluate<number[]>(`window.bench.scrolled(${px}, ${ms})`);
