import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { chromiumPath, launchWhole } from '#test/e2e/browser.ts';
import { load, newcomer } from '../dashboard.ts';
import { UNIT_SEEN } from '../pages/questions.ts';
import type { Size } from '../pages/twoYears.ts';
import { keptZone, withCopy } from '../pages/zoneFolder.ts';
import { type BenchRow, median, skipped } from '../rows.ts';
import { caughtUp, getText, ROOT, type Server, startServer, YEAR } from '../server.ts';
import type { Say } from '../zone.ts';
import { filtering, limit, manyTimes, opened, STEPS, scrolling, seen, smooth, told } from './acts.ts';
import { untilIdle } from './idle.ts';
import { inPage, untilShown } from './inPage.ts';
import { onGaps, onTrends } from './pictures.ts';
import { tabMemory } from './tabMemory.ts';

/** A large zone in Debian's Chromium: what a person waits for, from the press to the picture. */

const ROUNDS = 3;

/** Pages that are opened whole, and how long the first visit after a start may take, ms. */
const PAGES: readonly [name: string, path: string][] = [
  ['ranking', '/ranking'],
  ['overview', '/'],
  ['unit', `/units/${UNIT_SEEN}`],
  ['calendar', '/calendar'],
  ['gaps', '/gaps'],
  ['trends', '/trends'],
];
const FIRST_MS = 2_000;
const AGAIN_MS = 1_200;

/** The pages as whoever comes first in the morning opens them, then once more, each time in a browser that was never here. */
async function visits(browser: Browser, server: Server, say: Say): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const [name, path] of PAGES) {
    const times: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const context = await newcomer(browser, server);
      const page = await context.newPage();
      times.push(await untilIdle(page, () => page.goto(seen(path), { waitUntil: 'commit' })));
      await context.close();
    }
    const [first = Number.NaN, ...again] = times;
    say(`  ${name}: ${times.map(Math.round).join(', ')} ms`);
    rows.push(
      limit(`browser, ${name}: all answers there, first`, first, 'ms', FIRST_MS),
      limit(`browser, ${name}: all answers there, again`, median(again), 'ms', AGAIN_MS),
    );
  }
  return rows;
}

/** Presses on the heads of columns, those of names among them. */
async function sorting(page: Page): Promise<{ figures: number[]; names: number[] }> {
  const press = (head: string) =>
    untilShown(page, 'click', () => page.locator(`thead .${head} > button`).click());
  return {
    figures: await manyTimes(STEPS, () => press('total-head')),
    names: await manyTimes(STEPS, () => press('name-head')),
  };
}

/** Drags the weight of the first criterion, step by step. */
async function dragging(page: Page): Promise<number[]> {
  await page.goto(
    seen('/ranking').concat('&weights=learning:20,unity:20,innovation:20,integrity:20,development:20'),
  );
  const thumb = page.locator('.what-if input[type=range]').first();
  await thumb.waitFor();
  const box = await thumb.boundingBox();
  if (!box) throw new Error('there is nothing to drag');
  const y = box.y + box.height / 2;
  const at = (step: number): number => box.x + box.width * (0.25 + 0.06 * step);
  await page.mouse.move(at(0), y);
  await page.mouse.down();
  const times = await manyTimes(STEPS, (step) =>
    untilShown(page, 'input', () => page.mouse.move(at(step + 1), y)),
  );
  await page.mouse.up();
  return times;
}

async function hands(browser: Browser, server: Server, say: Say): Promise<BenchRow[]> {
  const empty = await browser.newPage();
  await empty.addInitScript(inPage);
  await empty.goto(`${server.url}/api/docs`);
  const idle = await scrolling(empty);
  await empty.close();
  const page = await opened(browser, server, '/ranking');
  const { figures, names } = await sorting(page);
  const found = await filtering(page);
  const scrolled = await scrolling(page);
  const dragged = await dragging(page);
  const held = await tabMemory(browser);
  await page.context().close();
  say(`  sorted by total: ${told(figures)}; by name: ${told(names)}`);
  say(`  a sign of a search: ${told(found)}; a step of a weight: ${told(dragged)}`);
  say(
    `  ${Math.round(scrolled.frames)} frames a second while it scrolls, the longest ${Math.round(scrolled.longest)} ms`,
  );
  return [
    limit('browser, sorted by a column of figures', median(figures), 'ms', 50),
    limit('browser, sorted by name', median(names), 'ms', 50),
    limit('browser, a sign of a search', median(found), 'ms', 50),
    limit('browser, a step of a weight that is dragged', median(dragged), 'ms', 100),
    smooth('browser, pictures while it scrolls', scrolled, idle),
    limit('browser, memory of the tab afterwards', held, 'MiB', 300),
    ...(await onTrends({ browser, server, idle, say })),
    ...(await onGaps({ browser, server, idle, say })),
  ];
}

/** With a server that has answered before, as it has on any day. */
async function firstLoads(browser: Browser, server: Server): Promise<BenchRow> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const context = await newcomer(browser, server);
    times.push(await load(context));
    await context.close();
  }
  return limit('browser, first load to ranking on screen', median(times), 'ms', FIRST_MS);
}

const PATIENCE_MS = 180_000;

/** A server that ran before and had a quiet minute, as on any morning: what it prepared lies in the folder. */
async function ranBefore(folder: string, end: string, say: Say): Promise<void> {
  say('a server that ran before, and was left alone …');
  const server = await startServer(folder);
  try {
    await caughtUp(server, end);
    await getText(server, `/rankings/${YEAR}?basis=year`);
    const isKept = (): boolean =>
      existsSync(join(folder, 'days')) &&
      readdirSync(join(folder, 'days')).some(
        (name) => name.startsWith(`${YEAR}-months-`) && name.endsWith('.day'),
      );
    for (const start = performance.now(); !isKept(); await sleep(200))
      if (performance.now() - start > PATIENCE_MS) throw new Error('the months of the year are not prepared');
  } finally {
    await server.stop();
  }
}

export type BrowserOptions = { size: Size; cache: string; anew: boolean };

export async function benchBrowser({ size, cache, anew }: BrowserOptions, say: Say): Promise<BenchRow[]> {
  if (!chromiumPath)
    return [skipped({ name: 'browser', ours: Number.NaN, unit: 'ms', peerName: 'limit' }, 'no Chromium')];
  const kept = await keptZone(size, { cache: join(ROOT, cache), anew }, say);
  return withCopy(kept, async (folder) => {
    await ranBefore(folder, kept.end, say);
    const server = await startServer(folder);
    const browser = await launchWhole();
    try {
      await caughtUp(server, kept.end);
      say(`a browser before ${size.units} units …`);
      const opened = await visits(browser, server, say);
      await getText(server, `/rankings/${YEAR}?basis=year`);
      return [await firstLoads(browser, server), ...opened, ...(await hands(browser, server, say))];
    } finally {
      await browser.close();
      await server.stop();
    }
  });
}
