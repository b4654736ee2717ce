import { describe, expect, it } from 'vitest';
import type { Teaching } from '#schemas/results/teaching.ts';
import { axeFindings } from './axe.ts';
import { chromiumPath, go, type Visit } from './browser.ts';
import { sampled } from './sampled.ts';

/** Pages of the exchange meeting that are read alone. */

describe.skipIf(!chromiumPath)('the exchange meeting, on the sample, as it is read', () => {
  const house = sampled('2026-11-20');

  const settled = async (guest: Visit, path: string, mark: string): Promise<void> => {
    await go(guest, path);
    await guest.page.locator(mark).first().waitFor();
  };
  const clean = async (guest: Visit, name: string): Promise<void> => {
    await guest.picture(name);
    expect(await axeFindings(guest.page), name).toEqual([]);
    expect(guest.complaints, name).toEqual([]);
  };

  it('pairs those who can teach with those who can learn', async () => {
    const guest = await house.enter();
    const teaching: Teaching = await house.product.json('/teaching/2026?basis=to-date');
    const [id] = teaching.agenda;
    const topic = teaching.topics.find((one) => one.of === 'requirement' && one.id === id);
    await settled(guest, `/meeting/teaching?topic=${id}`, 'tbody tr');
    const learners = await guest.page.locator('tbody th a').allTextContents();
    expect(learners).toEqual(topic?.pairs.map(({ learner }) => learner.name));
    await clean(guest, 'teaching');
    // The day of what a teacher did is set off from its title, wherever both stand on one line.
    await settled(guest, '/meeting/teaching', 'tbody p .aside');
    const gaps = await guest.page.locator('tbody p .aside').evaluateAll((days) =>
      days.flatMap((day) => {
        const [title, own] = [day.previousElementSibling, day].map((one) => [
          ...(one?.getClientRects() ?? []),
        ]);
        const [end, start] = [title?.at(-1), own?.[0]];
        return end && start && Math.abs(end.top - start.top) < 6 ? [start.left - end.right] : [];
      }),
    );
    expect(gaps.length).toBeGreaterThan(0);
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(4);
    await guest.close();
  });

  it('holds a year against the one before, under either method', async () => {
    const guest = await house.enter();
    await settled(guest, '/meeting/year-on-year?method=underOwn', 'tbody tr');
    // Who has not moved has the sign for it, and a word; no cell is left blank.
    const moves = await guest.page.locator('tbody td.places').allInnerTexts();
    expect(
      moves.filter((text) => !/^(?:[▲▼]\d+|–\s*(?:名次没有变|没有可比的名次))$/.test(text.trim())),
    ).toEqual([]);
    expect(moves.some((text) => text.includes('–'))).toBe(true);
    await clean(guest, 'year-on-year');
    await settled(guest, '/meeting/year-on-year?group=farm', 'tbody tr');
    await expect
      .poll(() => guest.page.locator('main .answer').textContent())
      .toMatch(/^以下只看农业管理区。.+个单位/);
    await guest.close();
  });
});
