import { gzipSync } from 'node:zlib';
import type { Page, Response } from 'playwright-core';

const gzipped = async (response: Response): Promise<number> => gzipSync(await response.body()).length;

/** Script that a page fetches until its first chart is drawn, where nothing is kept of it yet, in KiB packed by gzip. */
export async function scriptBeforeChart(page: Page, path: string): Promise<number> {
  const scripts: Response[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response);
  });
  await page.goto(path, { waitUntil: 'commit' });
  await page.locator('canvas').first().waitFor();
  const sizes = await Promise.all([...scripts].map(gzipped));
  return sizes.reduce((sum, size) => sum + size, 0) / 1_024;
}
