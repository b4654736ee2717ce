import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';

/** What the largest process of a page holds of its own, MiB: a browser has one for each page, and spare ones. */
export async function tabMemory(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  try {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const pages = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => anonymous(id));
    return Math.max(...pages);
  } finally {
    await session.detach();
  }
}

function anonymous(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1_024;
}
