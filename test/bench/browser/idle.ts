import type { Page, Request } from 'playwright-core';

/** Nothing more is asked for once nothing was for so long, ms. */
const QUIET_MS = 400;
const PATIENCE_MS = 180_000;

/** Files that workers load are told to begin, and never to end; the line that tells of news stays open. */
const isAnswer = (request: Request): boolean => {
  const { pathname } = new URL(request.url());
  return pathname.startsWith('/api/') && pathname !== '/api/live';
};

/** ms from `go` until the last answer that the page asked for was there. */
export async function untilIdle(page: Page, go: () => Promise<unknown>): Promise<number> {
  const underWay = new Set<Request>();
  const start = performance.now();
  let last = start;
  let asked = false;
  const begun = (request: Request): void => {
    if (!isAnswer(request)) return;
    asked = true;
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
    while (!asked || underWay.size > 0 || performance.now() - last < QUIET_MS) {
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
