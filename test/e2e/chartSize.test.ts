import { beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, go, type Visit } from './browser.ts';
import { sampled } from './sampled.ts';

/** In the page: each painting of a canvas begins with wiping it. Told as a list of canvases by their places. */
const COUNTED = `(() => {
  window.wiped = [];
  const wipe = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (...at) {
    if (this.canvas.isConnected) window.wiped.push([...document.querySelectorAll('canvas')].indexOf(this.canvas));
    return wipe.apply(this, at);
  };
})()`;

/** Some pictures later: what a changed size brings about has happened by then. */
const LATER = `new Promise((done) => {
  let left = 20;
  const wait = () => (left-- > 0 ? requestAnimationFrame(wait) : done());
  wait();
})`;

/** Of the last chart: its height and that of its place, and whether anything is drawn in its lower half. */
const FILLED = `(() => {
  const canvas = [...document.querySelectorAll('.panel .chart canvas')].at(-1);
  const half = canvas.height >> 1;
  const pixels = canvas.getContext('2d').getImageData(0, half, canvas.width, half).data;
  return {
    missing: canvas.closest('.chart').getBoundingClientRect().height - canvas.height / devicePixelRatio,
    drawn: pixels.some((value) => value > 0),
  };
})()`;

describe.skipIf(!chromiumPath)('a chart whose height changes with what it shows', () => {
  const house = sampled('2026-11-20');
  let guest: Visit;

  beforeAll(async () => {
    guest = await house.enter();
  });

  it('is painted once, at its new size, and fills its place', async () => {
    const { page } = guest;
    await go(guest, '/gaps');
    await page.locator('.panel .chart canvas').last().waitFor();
    await page.evaluate(COUNTED);
    const types = page.locator('.scope fieldset:first-child button');
    for (const at of [1, 2, 0]) {
      await page.evaluate(LATER);
      await page.evaluate('window.wiped = []');
      await types.nth(at).click();
      await expect.poll(() => types.nth(at).getAttribute('aria-pressed')).toBe('true');
      await expect.poll(() => page.evaluate('window.wiped.length')).toBeGreaterThan(0);
      await page.evaluate(LATER);
      const wiped = await page.evaluate<number[]>('window.wiped');
      expect(wiped.toSorted()).toEqual([...new Set(wiped)].toSorted());
      expect(await page.evaluate(FILLED)).toEqual({ missing: 0, drawn: true });
    }
  });
});
