import { expect } from 'vitest';
import { axeFindings } from './axe.ts';
import { inBoth, type Visit } from './browser.ts';

/** From the top: what has gone halfway behind a bar that stays in view is no small target. */
const toTop = ({ page }: Visit): Promise<unknown> => page.evaluate('scrollTo(0, 0)');

/**
 * The page that is open has no fault in either language: all rules in the first, what other words may break in the second.
 * `within`: only this part has changed since the page was asked as a whole.
 */
export const clean = (guest: Visit, name: string, within?: string): Promise<void> =>
  inBoth(guest, async (locale) => {
    await guest.picture(`${name}-${locale}`);
    await toTop(guest);
    const look = locale === 'en' ? 'sizes' : 'all';
    expect(await axeFindings(guest.page, look, within), `${name} in ${locale}`).toEqual([]);
    expect(guest.complaints, name).toEqual([]);
  });

/** A width in pixels, and the colours where they are not the light ones. */
type Look = readonly [width: number, colours?: 'dark'];
export const LOOKS: readonly Look[] = [[390], [390, 'dark'], [1440, 'dark']];

/**
 * The page that is open fits these widths and colours without scrolling sideways, and goes back to how it was. The first
 * is asked for everything, others for what may differ there.
 */
export async function fits(guest: Visit, name: string, looks: readonly Look[] = LOOKS): Promise<void> {
  const { page } = guest;
  const size = page.viewportSize();
  for (const [index, [width, colours]] of looks.entries()) {
    const look = `${name}-${width}${colours ? '-dark' : ''}`;
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme: colours ?? 'light' });
    await toTop(guest);
    await guest.picture(look);
    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    // Charts follow a new width a frame later.
    await expect.poll(() => page.evaluate(overflow), { message: look }).toBeLessThanOrEqual(0);
    const asked = index === 0 ? 'all' : 'sizes';
    expect(await axeFindings(page, colours ? 'colours' : asked), look).toEqual([]);
  }
  expect(guest.complaints, name).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
  if (size) await page.setViewportSize(size);
}
