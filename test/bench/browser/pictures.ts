import type { Browser, Page } from 'playwright-core';
import { type BenchRow, median } from '../rows.ts';
import type { Server } from '../server.ts';
import { type Frames, filtering, limit, manyTimes, opened, STEPS, scrolling, smooth, told } from './acts.ts';
import { untilShown } from './inPage.ts';
import { tabMemory } from './tabMemory.ts';

type Say = (line: string) => void;
type Zone = { browser: Browser; server: Server; idle: Frames; say: Say };

const press = (page: Page, selector: string, nth = 0): Promise<number> =>
  untilShown(page, 'click', () => page.locator(selector).nth(nth).click());

/** Small multiples: put in another order, searched, turned to the next part, scrolled. */
export async function onTrends({ browser, server, idle, say }: Zone): Promise<BenchRow[]> {
  const page = await opened(browser, server, '/trends');
  const ordered = await manyTimes(STEPS, (step) => press(page, '.toolbar fieldset button', (step + 1) % 4));
  const found = await filtering(page);
  const turned = await manyTimes(STEPS, () => press(page, '.pager button', 1));
  const scrolled = await scrolling(page);
  const held = await tabMemory(browser);
  await page.context().close();
  say(`  trends: ordered ${told(ordered)}; a sign ${told(found)}; the next part ${told(turned)}`);
  say(
    `  trends: ${Math.round(scrolled.frames)} pictures a second, the longest ${Math.round(scrolled.longest)} ms`,
  );
  return [
    limit('browser, trends in another order', median(ordered), 'ms', 50),
    limit('browser, trends, a sign of a search', median(found), 'ms', 50),
    limit('browser, trends, the next part', median(turned), 'ms', 100),
    smooth('browser, trends, pictures while it scrolls', scrolled, idle),
    limit('browser, trends, memory of the tab afterwards', held, 'MiB', 300),
  ];
}

/** The map of gaps: narrowed to a type, put in another order, turned to the next part, scrolled. */
export async function onGaps({ browser, server, idle, say }: Zone): Promise<BenchRow[]> {
  const page = await opened(browser, server, '/gaps');
  const narrowed = await manyTimes(STEPS, (step) =>
    press(page, '.scope fieldset:first-child button', (step + 1) % 6),
  );
  const turned = await manyTimes(STEPS, () => press(page, '.pager button', 1));
  const scrolled = await scrolling(page);
  const held = await tabMemory(browser);
  await page.context().close();
  say(`  gaps: narrowed ${told(narrowed)}; the next part ${told(turned)}`);
  say(
    `  gaps: ${Math.round(scrolled.frames)} pictures a second, the longest ${Math.round(scrolled.longest)} ms`,
  );
  return [
    limit('browser, gaps narrowed to a type', median(narrowed), 'ms', 50),
    limit('browser, gaps, the next part', median(turned), 'ms', 100),
    smooth('browser, gaps, pictures while it scrolls', scrolled, idle),
    limit('browser, gaps, memory of the tab afterwards', held, 'MiB', 300),
  ];
}
