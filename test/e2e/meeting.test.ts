import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { SealedYear } from '#schemas/freezes.ts';
import { pairDecimals, pointsText } from '#schemas/presentation/numbers.ts';
import type { Commendations } from '#schemas/results/commendations.ts';
import type { ActivityRow, RankingRow } from '#schemas/results/results.ts';
import { verifyProof } from '../../wuxing/verify/proofs.ts';
import { axeFindings } from './axe.ts';
import { chromiumPath, go, speak, type Visit } from './browser.ts';
import { fits } from './clean.ts';
import { sampled } from './sampled.ts';

const DAY = '2026-11-20';
const YEAR = 2026;
const LAST = YEAR - 1;
const TO_DATE = 'basis=to-date';

describe.skipIf(!chromiumPath)('the exchange meeting, on the sample', () => {
  const house = sampled(DAY, { writes: true });
  const enter = (): Promise<Visit> => house.enter({}, 'organisation');

  const settled = async (guest: Visit, path: string, mark: string): Promise<void> => {
    await go(guest, path);
    await guest.page.locator(mark).first().waitFor();
  };
  const clean = async (guest: Visit, name: string): Promise<void> => {
    await guest.picture(name);
    expect(await axeFindings(guest.page), name).toEqual([]);
    expect(guest.complaints, name).toEqual([]);
  };
  const shortlistOf = (query = ''): Promise<Commendations> =>
    house.product.json(`/commendations/${YEAR}?${TO_DATE}${query}`);

  it('goes from the shortlist to the files', async () => {
    const guest = await enter();
    const { page } = guest;
    await settled(guest, '/meeting/commendation?quota=20%25', 'tbody tr');
    const { candidates } = await shortlistOf('&quota=20%25');
    const names = await page.locator('table').first().locator('tbody th a').allTextContents();
    expect(names).toEqual(candidates.map(({ row }) => row.name));
    await clean(guest, 'commendation');

    // The department decides, with a reason, and may take it back.
    const [first] = candidates;
    const said = page.locator('.quotas [role=status]');
    await page.locator('tbody button.act').first().click();
    await page.locator('dialog textarea').fill('成绩突出,做法可学。');
    await page.locator('dialog button[type=submit]').click();
    await page.locator('ol li', { hasText: '成绩突出,做法可学。' }).waitFor();
    await expect.poll(() => said.textContent()).toContain(first?.row.name);
    const standing = (shortlist: Commendations) => shortlist.awards.filter(({ withdrawn }) => !withdrawn);
    expect(standing(await shortlistOf()).map(({ unit }) => unit)).toEqual([first?.row.unit]);
    await page.locator('ol li button').first().click();
    await page.locator('dialog button[type=submit]').click();
    await expect.poll(() => page.locator('dialog [role=alert]').textContent()).toContain('理由');
    await page.locator('dialog textarea').fill('误选。');
    await page.locator('dialog button[type=submit]').click();
    await page.locator('ol li', { hasText: '误选。' }).waitFor();
    expect(standing(await shortlistOf())).toEqual([]);
    // What was decided for this year is not said under another one's candidates.
    await expect.poll(() => said.textContent()).not.toBe('');
    await page.locator('.filters .sentence button').first().click();
    await page.getByRole('button', { name: `${YEAR - 1} 年`, exact: true }).click();
    await page.waitForURL(`**year=${YEAR - 1}*`);
    await expect.poll(() => said.textContent()).toBe('');

    // Their list as a document is among the materials, which stay in sight while the page above them grows.
    await page.getByRole('link', { name: '取 Word、PDF、Excel 名单' }).click();
    await page.waitForURL('**/meeting*#materials');
    await page.locator('main ol li').first().waitFor();
    const top = 'document.getElementById("materials").getBoundingClientRect().top';
    await expect.poll(() => page.evaluate(`${top} > 0 && ${top} < innerHeight / 2`)).toBe(true);

    await settled(guest, '/meeting', 'main ol li');
    await clean(guest, 'meeting');
    const download = page.waitForEvent('download');
    await page.locator('tbody tr', { hasText: '差距一览' }).getByText('Excel').click();
    expect((await download).suggestedFilename()).toMatch(/\.xlsx$/);
    await guest.close();
  });

  it('makes the letters of all units aside, and hands them out in one archive', async () => {
    const guest = await enter();
    const { page } = guest;
    await settled(guest, '/meeting?group=school', '.letters button');
    await page.locator('.letters button').first().click();
    const ready = page.locator('.letters a[download]');
    await ready.waitFor({ timeout: 60_000 });
    const download = page.waitForEvent('download');
    await ready.click();
    expect((await download).suggestedFilename()).toMatch(/\.zip$/);
    await guest.close();
  });

  it('cancels the letters of all units, and nothing is left over', async () => {
    const guest = await enter();
    const { page } = guest;
    await settled(guest, '/meeting', '.letters button');
    const letters = page.locator('.letters');
    await letters.getByText('生成全部反馈意见').click();
    await letters.getByText(/已完成 [1-9]\d* \/ \d+\s封/).waitFor({ timeout: 60_000 });
    await expect.poll(() => letters.locator('progress').count()).toBe(1);
    // From the top: what has been scrolled below the bar that stays in view is no target there.
    await page.evaluate('scrollTo(0, 0)');
    await clean(guest, 'letters-progress');
    await letters.getByText('取消').click();
    await letters.getByText('已取消，没有留下文件。').waitFor({ timeout: 30_000 });
    await expect.poll(() => letters.locator('progress, a[download]').count()).toBe(0);
    await letters.getByText('生成全部反馈意见').waitFor();
    const folder = join(house.product.dataDir, 'exports');
    const files = readdirSync(folder);
    const cancelled = files.filter(
      (name) =>
        name.endsWith('.json') && readFileSync(join(folder, name), 'utf8').includes('"state":"cancelled"'),
    );
    expect(cancelled).toHaveLength(1);
    expect(files).not.toContain(cancelled[0]?.replace('.json', '.file'));
    expect(files.filter((name) => name.endsWith('.draft'))).toEqual([]);
    await page.evaluate('scrollTo(0, 0)');
    await clean(guest, 'letters-cancelled');
    await guest.close();
  });

  it('is steered through the slides by keys, and prints one a page', async () => {
    const guest = await enter();
    const { page } = guest;
    await settled(guest, '/meeting/slides', '.sheet.on h1');
    const slides = await page.locator('.sheet').count();
    const at = async (slide: number): Promise<void> => {
      await page.locator(`.sheet:nth-child(${slide}).on`).waitFor();
    };
    await page.keyboard.press('ArrowRight');
    await at(2);
    await clean(guest, 'slides');
    await page.keyboard.press('End');
    await at(slides);
    await page.keyboard.press('ArrowLeft');
    await at(slides - 1);
    await page.keyboard.press('Home');
    await at(1);
    await page.keyboard.press(' ');
    await at(2);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(slides);
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => url.pathname === '/meeting');
    await guest.close();
  });

  it('leaves slides out, moves them by keys and by drag, and shows and hands out what was chosen', async () => {
    const guest = await enter();
    const { page } = guest;
    await settled(guest, '/meeting', '.deck .slides li');
    const rows = page.locator('.deck .slides li');
    const names = () => rows.locator('.name').allTextContents();
    const usual = await names();
    const told = page.locator('.deck .told');
    await rows.nth(1).getByRole('checkbox').uncheck();
    await told.getByText(`“${usual[1]}”不放映了`).waitFor();

    // Two places down by keys: the focus goes along, and each step is told.
    await rows.nth(2).getByRole('button').last().focus();
    for (const at of [4, 5]) {
      await page.keyboard.press('Enter');
      await told.getByText(`“${usual[2]}”移到第 ${at} 位，共 ${usual.length} 位。`).waitFor();
    }
    const [cover, out, moved, third, fourth, ...rest] = usual;
    expect(await names()).toEqual([cover, out, third, fourth, moved, ...rest]);
    const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    expect(focused).toBe(`下移“${moved}”`);

    // The last one dragged to the front.
    const grip = await rows.last().locator('.grip').boundingBox();
    const first = await rows.first().boundingBox();
    if (!grip || !first) throw new Error('nothing to drag');
    await page.mouse.move(grip.x + 8, grip.y + 8);
    await page.mouse.down();
    await page.mouse.move(grip.x + 8, first.y + 4, { steps: 4 });
    await page.mouse.up();
    await expect.poll(names).toEqual([rest.at(-1), cover, out, third, fourth, moved, ...rest.slice(0, -1)]);

    // What is typed shows at once; every file has it.
    await page.locator('.deck .occasion input').fill('表彰大会<b>');
    await page.locator('.deck .cover .title', { hasText: '表彰大会<b>' }).waitFor();
    const asked = page.waitForRequest((request) => request.url().includes('/exports/meeting.pdf'));
    const download = page.waitForEvent('download');
    await page.locator('.deck .files .button').nth(2).click();
    const query = new URL((await asked).url()).searchParams;
    expect(query.get('slides')).toMatch(/^next,cover,-leaders,/);
    expect([query.get('layout'), query.get('occasion')]).toEqual(['slides', '表彰大会<b>']);
    expect((await download).suggestedFilename()).toMatch(/幻灯片\.pdf$/);
    await clean(guest, 'deck');

    // The show follows, also by its address alone; and the device keeps it.
    await page.locator('.deck .files .primary').click();
    await page.locator('.sheet.on h1').waitFor();
    await expect.poll(() => page.locator('.sheet').count()).toBe(usual.length - 1);
    await expect.poll(() => page.locator('.sheet h1').nth(1).textContent()).toBe('表彰大会<b>');
    await settled(guest, '/meeting', '.deck .slides li');
    await expect.poll(async () => (await names())[0]).toBe(rest.at(-1));
    await page.locator('.deck .files .quiet').click();
    await expect.poll(names).toEqual(usual);
    expect(new URL(page.url()).searchParams.get('slides')).toBeNull();
    await guest.close();
  });

  it('seals last year after asking, and says what stays', async () => {
    const guest = await enter();
    const { page } = guest;
    await settled(guest, `/freeze?year=${LAST}`, '.panel .primary');
    await page.locator('.panel .primary').click();
    await expect.poll(() => page.locator('dialog').textContent()).toContain('排名页继续实时更新');
    await clean(guest, 'freeze-asking');
    await page.locator('dialog .primary').click();
    await page.locator('main table a[download]').waitFor();
    const { freeze } = await house.product.json<{ freeze: { root: string } }>(`/freezes/${LAST}`);
    await expect.poll(() => page.locator('main').textContent()).toContain(freeze.root);
    await clean(guest, 'freeze');
    // What was sealed is a ranking: the list of seals leads to it, as it was known then.
    await page.getByRole('link', { name: /看第\s1\s次封存的名次/ }).click();
    await page.waitForURL(/\/ranking\?.*asOf=/);
    await expect.poll(() => page.locator('main tbody tr').count()).toBeGreaterThan(0);
    const { searchParams } = new URL(page.url());
    expect([searchParams.get('year'), searchParams.get('basis')]).toEqual([String(LAST), 'year']);
    await guest.close();
  });

  it('tells what has changed since the seal, and hands out proofs that can be checked', async () => {
    const token = await house.product.tokens.unit('farm-01');
    const { activities } = await house.product.json<{ activities: ActivityRow[] }>(
      `/units/farm-01/activities?year=${LAST}`,
    );
    const gone = activities.filter(({ counts, recordedBy }) => counts && recordedBy === 'unit').slice(0, 8);
    const retract = ({ activity }: ActivityRow) => ({
      specversion: '1.0',
      id: `late-${activity}`,
      source: '/units/farm-01',
      subject: 'farm-01',
      type: 'activity.retracted',
      data: { unit: 'farm-01', activity, reason: '重复上报' },
    });
    await house.product.send(gone.map(retract), token);
    const before = await house.product.json<SealedYear>(`/freezes/${LAST}`);
    const { rows } = await house.product.json<{ rows: RankingRow[] }>(`/rankings/${LAST}?basis=year`);
    const guest = await house.arrive({}, 'organisation');
    const { page } = guest;
    await settled(guest, `/freeze?year=${LAST}&prove=farm-01`, '.proofs tbody tr');

    // Sealed and live side by side, the unit that has lost points first.
    const [first] = await page.locator('section', { hasText: '与现在的名次对照' }).locator('tbody tr').all();
    const live = rows.find(({ unit }) => unit === 'farm-01');
    const cells = (await first?.locator('td').allTextContents())?.join(' ');
    await expect.poll(() => first?.locator('th').textContent()).toContain(live?.name);
    // Written with as many decimals as it takes until every row's difference is that of its ends as they are written.
    const sealed = new Map(
      before.result.flatMap((row) => ('unit' in row ? [[row.unit, row.total] as const] : [])),
    );
    const ends = rows
      .map(({ unit, total }) => [sealed.get(unit), total] as const)
      .filter(([then, now]) => then !== now);
    expect(cells).toContain(pointsText(live?.total, pairDecimals(ends)));
    const late = page.locator('section', { hasText: '迟到事项' }).last();
    await late.getByText(gone[0]?.title ?? '').waitFor();
    await expect.poll(() => late.locator('tbody tr').count()).toBe(before.late.total);
    await clean(guest, 'freeze-differences');

    const save = async (button: Locator): Promise<string> => {
      const download = page.waitForEvent('download');
      await button.click();
      return (await download).path();
    };
    const event = await save(page.locator('.proofs tbody button').first());
    expect(verifyProof(event)).toMatchObject({ findings: [], claim: { kind: 'event' }, number: 1 });
    await expect.poll(() => page.locator('.proofs').textContent()).toContain('wuxing verify wuxing-');
    await house.product.json(`/freezes/${LAST}`, { method: 'POST' });
    await settled(guest, `/freeze?year=${LAST}`, '.proofs .pairs button');
    const pair = await save(page.locator('.proofs .pairs button').first());
    expect(verifyProof(pair)).toMatchObject({ findings: [], claim: { kind: 'consistency' }, number: 2 });
    await guest.close();
  });

  it('shows a unit its own sealed row and nothing of the meeting', async () => {
    const { candidates } = await shortlistOf();
    const unit = candidates[0]?.row.unit ?? '';
    const guest = await house.enter({}, { unit });
    await settled(guest, `/freeze?year=${LAST}`, 'main .section button');
    await expect.poll(() => guest.page.locator('a[download]').count()).toBe(0);
    await expect.poll(() => guest.page.locator('.panel .primary').count()).toBe(0);
    await settled(guest, '/meeting', 'main [role=alert]');
    await guest.close();
  });

  it('fits a phone and a wide screen in the dark', async () => {
    const guest = await enter();
    await go(guest, '/meeting');
    await speak(guest, 'en');
    for (const [path, mark] of [
      ['/meeting', 'main ol li'],
      ['/meeting/commendation', 'tbody tr'],
      ['/meeting/teaching', 'tbody tr'],
      ['/meeting/year-on-year', 'tbody tr'],
      [`/freeze?year=${LAST}`, 'main table'],
      ['/meeting/slides?slide=2', '.sheet.on h1'],
    ] as const) {
      await settled(guest, path, mark);
      await fits(guest, path.split('?')[0]?.slice(1).replace('/', '-') ?? '', [[390], [2560, 'dark']]);
    }
    await speak(guest, 'zh-CN');
    await guest.close();
  });
});
