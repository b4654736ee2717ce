import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** What is measured within the page itself: from what a person does until the picture that shows it. */

/**
 * Hangs `bench` on the window. `watch(type)` begins to look, `shown` is then: ms from the next event of that type to the first picture with another text:
 * heads say how rows are sorted and sentences what was searched for, also where the same rows stay.
 * `scrolled(px, ms)`: how long after each other pictures came, ms, while the page moved by so much for each of them.
 */
const BENCH = `window.bench = {
  watch: (type) => void (window.bench.shown = new Promise((resolve) => addEventListener(type, ({ timeStamp }) => {
    const text = () => document.querySelector('#app')?.textContent;
    const before = text();
    const look = () => {
      if (text() !== before) return setTimeout(() => resolve(performance.now() - timeStamp));
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, { once: true, capture: true }))),
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

const PATIENCE_MS = 15_000;

export const inPage = { content: BENCH };

/** ms from the event to the picture; `act` makes the event happen. */
export async function untilShown(page: Page, type: string, act: () => Promise<unknown>): Promise<number> {
  // A key overtakes what a busy page was told before it: so it is waited for.
  await page.evaluate(`window.bench.watch('${type}')`);
  const late = new AbortController();
  const never = sleep(PATIENCE_MS, null, { signal: late.signal }).then(() => {
    throw new Error(`nothing is shown after ${type}`);
  });
  try {
    await act();
    return await Promise.race([page.evaluate<number>('window.bench.shown'), never]);
  } finally {
    late.abort();
    never.catch(() => {});
  }
}

/** ms between pictures while the page moves by `px` for each of them, for `ms`. */
export const whileScrolled = (page: Page, px: number, ms: number): Promise<number[]> =>
  page.evaluate<number[]>(`window.bench.scrolled(${px}, ${ms})`);
