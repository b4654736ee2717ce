import { describe, expect, it } from 'vitest';
import { chromiumPath } from '../browser.ts';
import type { Sampled } from '../sampled.ts';

const SOON = { timeout: 20_000 };

/** A screen on the wall, which shows one picture after another by itself. */
export function bigScreen({ arrive, enter }: Sampled): void {
  describe.skipIf(!chromiumPath)('given a big screen that nobody touches', () => {
    it.each([
      { width: 1920, height: 1080, locale: 'zh-CN' as const },
      { width: 1440, height: 900, locale: 'en' as const, dark: true },
    ])('then it turns through ranking, movers, gaps and deadlines, each whole, at $width', async (device) => {
      const guest = await arrive(device);
      const { page } = guest;
      await page.goto('/wall?seconds=30');
      const heading = page.locator('.wall h1');
      const pageOf = page.locator('.wall footer').getByText(/^\d+ \/ \d+/);
      await page.locator('.wall li').first().waitFor();
      await expect.poll(() => pageOf.textContent(), SOON).toMatch(/^1 \/ [6-9]/);
      const pictures = Number((await pageOf.textContent())?.split('/')[1]);
      const questions = new Set<string>();
      for (let picture = 1; picture <= pictures; picture++) {
        await expect.poll(() => pageOf.textContent(), SOON).toMatch(new RegExp(`^${picture} /`));
        questions.add((await heading.textContent()) ?? '');
        const over = await page.evaluate(
          'document.documentElement.scrollHeight - document.documentElement.clientHeight',
        );
        expect(over, `picture ${picture}`).toBeLessThanOrEqual(0);
        await guest.picture(`wall-${picture}-${device.locale}`);
        await page.clock.runFor(30_000);
      }
      expect(questions.size).toBe(4);
      // After the last comes the first again; a key holds it there.
      await expect.poll(() => pageOf.textContent(), SOON).toMatch(/^1 \//);
      await page.keyboard.press(' ');
      await page.clock.runFor(90_000);
      await expect.poll(() => pageOf.textContent()).toMatch(/^1 \//);
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => pageOf.textContent(), SOON).toMatch(/^2 \//);
      await guest.context.setOffline(true);
      await page.locator('.wall .freshness .alarm').waitFor();
      await guest.context.setOffline(false);
      await page.keyboard.press('Escape');
      await page.waitForURL(/overview/);
      await guest.close();
    });

    it.each(['zh-CN', 'en'] as const)(
      'then its foot is in sight on every picture of a phone, in %s',
      async (locale) => {
        const guest = await enter({ width: 390, height: 844, locale });
        const { page } = guest;
        await page.goto('/wall?seconds=600');
        const pageOf = page.locator('.wall footer').getByText(/^\d+ \/ \d+/);
        await expect.poll(() => pageOf.textContent(), SOON).toMatch(/^1 \/ [6-9]/);
        const pictures = Number((await pageOf.textContent())?.split('/')[1]);
        for (let picture = 1; picture <= pictures; picture++) {
          await expect.poll(() => pageOf.textContent(), SOON).toMatch(new RegExp(`^${picture} /`));
          const below = () =>
            page.evaluate<number>(
              `document.querySelector('.wall footer').getBoundingClientRect().bottom - innerHeight`,
            );
          for (const height of [664, 844]) {
            await page.setViewportSize({ width: 390, height });
            await expect.poll(below, { message: `picture ${picture} at ${height}` }).toBeLessThanOrEqual(0);
          }
          await page.keyboard.press('ArrowRight');
        }
        await guest.close();
      },
    );

    it('then ranks stand in one place, in a list of one column as in one of two', async () => {
      const guest = await enter({ width: 390, height: 844 });
      const { page } = guest;
      const rankAt = async (path: string, width: number): Promise<number> => {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(path);
        const rank = page.locator('.wall .lead').first();
        await rank.waitFor();
        return rank.evaluate((lead) => Math.round(lead.getBoundingClientRect().right));
      };
      for (const width of [390, 1440]) {
        const usual = await rankAt('/wall?seconds=600', width);
        await expect.poll(() => rankAt('/wall?seconds=600&group=community', width), SOON).toBe(usual);
      }
      await guest.close();
    });
  });
}
