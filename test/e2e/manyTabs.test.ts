import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { recorded } from '#test/support/events.ts';
import { chromiumPath, signIn, visit } from './browser.ts';
import { sampled } from './sampled.ts';

/** How an official opens a ranking: each unit in a tab of its own. All load, all hear of what is new, on one line. */

/** One more than the connections that a browser has to a host. */
const TABS = 7;
const LOAD_MS = 30_000;
const house = sampled('2026-11-20', { writes: true });

/** Counts the lines that pages open by themselves; what a shared worker opens is not among them. */
const COUNTED = `
  globalThis.lines = 0;
  globalThis.EventSource = class extends EventSource { constructor(url) { super(url); globalThis.lines += 1; } };
`;

async function openTabs(context: BrowserContext, first: Page): Promise<Page[]> {
  const tabs = [first];
  for (let tab = 1; tab < TABS; tab++) {
    const page = await context.newPage();
    await page.goto(`/units/farm-0${tab}/requirements/learning.research?year=2026`, { timeout: LOAD_MS });
    await page.locator('h1, h2').first().waitFor({ timeout: LOAD_MS });
    tabs.push(page);
  }
  return tabs;
}

const isLive = (page: Page) => page.locator('.pulse.live').waitFor({ state: 'attached', timeout: LOAD_MS });

describe.skipIf(!chromiumPath)('given seven tabs of one browser', () => {
  it.each([
    ['a shared worker', '', 0],
    ['no shared worker, and a tab that leads', 'delete globalThis.SharedWorker;', 1],
  ])(
    'with %s, when an event comes in, then every tab loads, hears of it and shows itself live',
    async (_, without, lines) => {
      const visitor = await visit(house.browser, house.product.url);
      await visitor.context.addInitScript({ content: COUNTED + without });
      await signIn(visitor, house.product.tokens.leader);
      await visitor.page.goto('/overview');
      const tabs = await openTabs(visitor.context, visitor.page);
      for (const page of tabs) await isLive(page);
      const opened = await Promise.all(
        tabs.map((page) => page.evaluate('globalThis.lines') as Promise<number>),
      );
      expect(opened.reduce((sum, count) => sum + count, 0)).toBe(lines);

      const asked = tabs.map((page) =>
        page.waitForRequest(/\/api\/(units|rankings|overview)\//, { timeout: LOAD_MS }),
      );
      const id = `tabs-${lines}`;
      await house.product.send(
        [recorded('farm-01', id, { occurredOn: '2026-11-02' })],
        await house.product.tokens.unit('farm-01'),
      );
      await Promise.all(asked);

      // The one that leads is gone: another takes its place.
      await tabs[0]?.close();
      const again = tabs
        .slice(1)
        .map((page) => page.waitForRequest(/\/api\/(units|rankings|overview)\//, { timeout: LOAD_MS }));
      await expect
        .poll(
          async () =>
            (
              await Promise.all(
                tabs.slice(1).map((page) => page.evaluate('globalThis.lines') as Promise<number>),
              )
            ).reduce((sum, count) => sum + count, 0),
          { timeout: LOAD_MS },
        )
        .toBe(lines);
      for (const page of tabs.slice(1)) await isLive(page);
      await house.product.send(
        [recorded('farm-01', `${id}-2`, { occurredOn: '2026-11-03' })],
        await house.product.tokens.unit('farm-01'),
      );
      await Promise.all(again);
      await visitor.close();
    },
  );
});
