import type { Browser, BrowserContext } from 'playwright-core';
import { chromiumPath, launchWhole } from '#test/e2e/browser.ts';
import { scriptBeforeChart } from '#test/e2e/firstScript.ts';
import { atMost, type BenchRow, median, skipped } from './rows.ts';
import { bodiesOf, eventsToSend, getText, pour, type Server, startServer, visible, YEAR } from './server.ts';
import { unitName } from './world.ts';
import type { Say } from './zone.ts';

/** The dashboard in Debian's Chromium: a first load, nothing cached, until the ranking is on screen. */

const UNITS = 500;
const ACTIVITIES = 20_000;
const ROUNDS = 5;

/** Notes in the page itself when the first row of the ranking was painted, ms since the navigation began. */
const WATCH = `(() => {
  const look = () => {
    if (!document.querySelector('tbody tr .rank')) return requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() => { document.documentElement.dataset.shown = String(performance.now()); }));
  };
  requestAnimationFrame(look);
})()`;

/** A browser that was never here, with a session. */
export async function newcomer(browser: Browser, { url, token }: Server): Promise<BrowserContext> {
  const context = await browser.newContext({
    ...{ baseURL: url, locale: 'zh-CN', viewport: { width: 1440, height: 900 } },
  });
  const signedIn = await context.request.post('/api/sessions', {
    data: { token },
    headers: { 'X-Requested-With': 'bench' },
  });
  if (!signedIn.ok()) throw new Error(`no session: ${signedIn.status()} ${await signedIn.text()}`);
  await context.addInitScript({ content: WATCH });
  return context;
}

export async function load(context: BrowserContext): Promise<number> {
  const page = await context.newPage();
  await page.goto(`/ranking?year=${YEAR}&basis=year`, { waitUntil: 'commit' });
  const shown = page.locator('html[data-shown]');
  await shown.waitFor({ timeout: 30_000 });
  return Number(await shown.getAttribute('data-shown'));
}

const FIRST_LOAD = 'dashboard, first load to ranking on screen';

async function measure(server: Server, say: Say): Promise<BenchRow[]> {
  const browser = await launchWhole();
  try {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const context = await newcomer(browser, server);
      times.push(await load(context));
      await context.close();
    }
    say(`first loads: ${times.map((time) => Math.round(time)).join(', ')} ms`);
    const context = await newcomer(browser, server);
    const path = `/units/${unitName(0)}?year=${YEAR}&basis=year`;
    const script = await scriptBeforeChart(await context.newPage(), path);
    await context.close();
    return [
      atMost({ name: FIRST_LOAD, ours: median(times), unit: 'ms', peerName: 'limit', peer: 1_000 }, 1),
      atMost(
        {
          name: 'script before the first chart',
          ours: script,
          unit: 'KiB gzip',
          peerName: 'limit',
          peer: 400,
        },
        1,
      ),
    ];
  } finally {
    await browser.close();
  }
}

export async function benchDashboard(scale: number, say: Say): Promise<BenchRow[]> {
  if (!chromiumPath)
    return [skipped({ name: FIRST_LOAD, ours: Number.NaN, unit: 'ms', peerName: 'limit' }, 'no Chromium')];
  const units = UNITS * scale;
  say(`a server with ${units} units, for the dashboard …`);
  const { first, lots } = eventsToSend(units, ACTIVITIES * scale);
  const server = await startServer();
  try {
    await visible(server, await pour(server, bodiesOf([...first, ...lots.flat()])));
    // The server has answered before, as it has on any day.
    await getText(server, `/rankings/${YEAR}?basis=year`);
    return await measure(server, say);
  } finally {
    await server.stop();
  }
}
