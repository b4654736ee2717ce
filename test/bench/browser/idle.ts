import type { Page, Request } from 'playwright-core';

/** Nothing more is asked for once nothing was for so long, ms. */
const QUIET_MS = 400;
const PATIENCE_MS = 60_000;

/** ms from `go` until the last answer that the page asked for was there; lines that stay open are not waited for. */
export async function untilIdle(page: Page, go: () => Promise<unknown>): Promise<number> {
  const underWay = new Set<Request>();
  const start = performance.now();
  let last = start;
  const begun = (request: Request): void => {
    if (request.resourceType() === 'eventsource' || request.url().includes('/api/live')) return;
    underWay.add(request);
    last = performance.now();
  };
  const ended = (request: Request): void => {
    if (underWay.delete(request)) last = performance.now();
  };
  page.on('request', begun);
  page.on('requestfinished', ended);
  page.on('requestfailed', ended);
  try {
    await go();
    while (underWay.size > 0 || performance.now() - last < QUIET_MS) {
      if (performance.now() - start > PATIENCE_MS)
        throw new Error(`still waiting for ${[...underWay].map((request) => request.url()).join(', ')}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return last - start;
  } finally {
    page.off('request', begun);
    page.off('requestfinished', ended);
    page.off('requestfailed', ended);
  }
}
