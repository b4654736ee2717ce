import { readFile } from 'node:fs/promises';
import { readXlsx, writeXlsx } from 'hucre/xlsx';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '#schemas/results/access.ts';
import type { TargetTable } from '#schemas/results/register.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import { axeFindings } from './axe.ts';
import { chromiumPath, type Device, go, launch, signIn, type Visit, visit } from './browser.ts';

const DEVICES: Device[] = [{ locale: 'zh-CN' }, { locale: 'en', width: 390, height: 844 }];
const NOW = Date.parse('2026-11-22T02:00:00Z');

describe.skipIf(!chromiumPath)('the plan, in the browser', () => {
  let product: Product;
  let browser: Browser;
  let department: Visit;

  beforeAll(async () => {
    product = await startProduct({
      sample: { seed: 3, today: '2026-11-22' },
      dashboard: true,
      clock: () => NOW,
    });
    browser = await launch();
    department = await visit(browser, product.url);
    await signIn(department, product.tokens.organisation);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  const fits = ({ page }: Visit): Promise<boolean> =>
    page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

  it('opens a clause’s text from its number, by keyboard, and closes it with Escape', async () => {
    const { page } = department;
    await go(department, '/calendar?year=2026');
    const number = page.getByRole('button', { name: /^条款.*的原文$/ }).first();
    await number.focus();
    await page.keyboard.press('Enter');
    const text = page.locator('[popover]:popover-open');
    await text.waitFor();
    expect((await text.textContent())?.length).toBeGreaterThan(40);
    await page.keyboard.press('Escape');
    await text.waitFor({ state: 'detached' }).catch(() => {});
    await expect.poll(() => page.locator('[popover]:popover-open').count()).toBe(0);
  });

  it('the department changes a weight and a measure, sees the effect, and adopts version 2', async () => {
    const { page } = department;
    await go(department, '/plan?year=2026');
    await page.getByRole('button', { name: '修改方案' }).click();
    await page.locator('.weights input').first().fill('0');
    await page.getByText('1 处必须先改').waitFor();
    await expect.poll(() => page.getByRole('button', { name: '采用为第 2 版' }).isDisabled()).toBe(true);
    await page.locator('.weights input').first().fill('40');
    await page.getByRole('button', { name: '修改“每季度专题调研”' }).click();
    const research = page.locator('fieldset').filter({ hasText: '每季度专题调研' }).first();
    await research.getByLabel('周期').selectOption('month');
    await page.getByText('与第 1 版有 2 处不同').waitFor();
    // A list of forms counts as it is typed, not only once the field is left.
    await page.getByRole('button', { name: '修改“集中学习、函授、脱产、自学多种学习形式”' }).click();
    const forms = page
      .locator('fieldset')
      .filter({ hasText: '集中学习、函授、脱产、自学' })
      .getByLabel('形式（');
    const listed = await forms.inputValue();
    await forms.press('End');
    await forms.pressSequentially(', seminar');
    await page.getByText('与第 1 版有 3 处不同').waitFor();
    await expect.poll(() => forms.inputValue()).toBe(`${listed}, seminar`);
    await forms.fill(listed);
    await page.getByText('与第 1 版有 2 处不同').waitFor();
    await page.getByRole('button', { name: '看对排名的影响' }).click();
    await page.getByText(/个单位中有 \d+\s个名次会变/).waitFor();
    const rows = await page.locator('.review tbody tr').count();
    expect(rows).toBeGreaterThan(10);
    await page.setViewportSize({ width: 390, height: 900 });
    expect(await axeFindings(page)).toEqual([]);
    expect(await fits(department)).toBe(true);
    await page.setViewportSize({ width: 1440, height: 900 });
    // A draft outlives a closed tab.
    await page.reload();
    await page.getByText('与第 1 版有 2 处不同').waitFor();
    await page.getByRole('button', { name: '采用为第 2 版' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('“学习型”的权重由 20 改为 40').waitFor();
    await dialog.getByRole('button', { name: '采用为第 2 版' }).click();
    await page.getByText('2026 年方案第 2 版已采用。').waitFor();
    // What was pressed is gone with the draft; the focus is not.
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    await page.getByText(/^第\s2\s版，5\s型/).waitFor();
    const { plan } = await product.json<{ plan: { version: number; criteria: { weight: number }[] } }>(
      '/plans/2026',
    );
    expect([plan.version, plan.criteria[0]?.weight]).toEqual([2, 40]);
  });

  it('targets are a sheet: keys move, a block is pasted, faults stop the save, the effect is told, all is undone', async () => {
    const { page } = department;
    await go(department, '/targets?year=2026');
    const cell = (row: number, column: number) =>
      page.locator(`input[data-row="${row}"][data-column="${column}"]`);
    await cell(0, 0).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    const search = page.getByRole('searchbox', { name: '按名称或编号查找' });
    await search.fill('没有这个单位');
    await page.getByText('没有符合条件的单位。').waitFor();
    const { units } = await product.json<TargetTable>('/targets?year=2026');
    await search.fill(units[5]?.name ?? '');
    await page
      .locator('tbody th')
      .getByText(units[5]?.name ?? '', { exact: true })
      .waitFor();
    await expect.poll(() => page.locator('tbody th').allTextContents()).toEqual([units[5]?.name]);
    await search.fill('');
    await cell(1, 0).waitFor();
    const before = await cell(0, 0).inputValue();
    await cell(0, 0).focus();
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', '7.5\t1,200\r\n≥8\tx\r\n');
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    });
    await page.getByText('已粘贴 4 格。').waitFor();
    await expect.poll(() => cell(0, 1).inputValue()).toBe('1,200');
    await page.getByText('1 格有误，改好才能保存。').waitFor();
    await expect.poll(() => page.getByRole('button', { name: /^保存 3 项/ }).isDisabled()).toBe(true);
    await cell(0, 1).focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => cell(1, 1).evaluate((input) => input === document.activeElement)).toBe(true);
    await page.keyboard.type('950');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await page.getByText('4 处改动未保存').waitFor();
    // Tab leaves the sheet for what follows it, and comes back to the cell that was left.
    await page.keyboard.press('Tab');
    const undo = page.locator('.order button').first();
    await expect.poll(() => undo.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press('Shift+Tab');
    await expect.poll(() => cell(2, 1).evaluate((input) => input === document.activeElement)).toBe(true);
    await expect.poll(() => page.locator('input.cell:not([tabindex="-1"])').count()).toBe(1);
    await cell(0, 0).click();
    await expect.poll(() => cell(0, 0).getAttribute('tabindex')).toBe('0');
    await expect.poll(() => page.locator('input.cell:not([tabindex="-1"])').count()).toBe(1);
    await page.getByRole('button', { name: '看对排名的影响' }).click();
    await page.locator('.effect .basis').first().waitFor();
    await page.getByRole('button', { name: '保存 4 项' }).click();
    await page.getByText('已下达 4 项指标。').waitFor();
    const { targets } = await product.json<TargetTable>('/targets?year=2026');
    expect(targets.filter(({ target }) => [7.5, 1200, 8, 950].includes(target))).toHaveLength(4);
    await page.getByRole('button', { name: '恢复保存前的数值' }).click();
    await expect.poll(() => cell(0, 0).inputValue()).toBe(before);
    await page.getByRole('button', { name: '放弃改动' }).click();
    await page.setViewportSize({ width: 390, height: 900 });
    expect(await fits(department)).toBe(true);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('next year’s plan begins as this year’s', async () => {
    const { page } = department;
    await go(department, '/plan?year=2027');
    await page.getByRole('button', { name: '从 2026 年方案起草' }).click();
    await page.getByText('2027 年方案第 1 版草案').waitFor();
    await expect.poll(() => page.getByLabel('中文标题').inputValue()).toMatch(/^2027/);
    await page.getByRole('button', { name: '放弃草案' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '放弃草案' }).click();
    await page.getByText('2027 年还没有采用方案。').waitFor();
  });

  it('as a workbook it is downloaded, changed, brought, and opens as a draft; what is wrong is named with its cell', async () => {
    const { page } = department;
    await page.goto('/plan?year=2026');
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载表格' }).click();
    const { sheets } = await readXlsx(await readFile(await (await downloading).path()));
    const written = (weight: string | number): Promise<Uint8Array> =>
      writeXlsx({
        sheets: sheets.map(({ name, rows }) => ({
          name,
          rows: rows.map((row) =>
            name === '五型' && row[0] === 'unity' ? [...row.slice(0, 3), weight] : row,
          ),
        })),
      });
    const bring = async (weight: string | number): Promise<void> =>
      page.locator('input[type=file]').setInputFiles({
        name: '方案.xlsx',
        mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        buffer: Buffer.from(await written(weight)),
      });
    await page.getByRole('link', { name: '上传表格' }).click();
    await bring('二十五');
    await page.getByText('1 处必须先改').waitFor();
    await page.getByText('权重 *：“二十五”不是数字，或超过六位小数。').waitFor();
    await expect.poll(() => page.getByRole('button', { name: '打开为草案' }).count()).toBe(0);
    await bring(25);
    await page.getByText('“团结型”的权重由 20 改为 25').waitFor();
    await page.getByRole('heading', { name: '采用后的总分和名次（按进度）' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 900 });
    expect([await axeFindings(page), await fits(department)]).toEqual([[], true]);
    if (process.env.SHOT) await page.screenshot({ path: process.env.SHOT, fullPage: true });
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('button', { name: '打开为草案' }).click();
    await page.getByText('2026 年方案第 3 版草案').waitFor();
    await page.getByText('“团结型”的权重由 20 改为 25').waitFor();
    await page.getByRole('button', { name: '放弃草案' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '放弃草案' }).click();
  });

  it('the plan leads to other weights, tried on the ranking; in a list to pick from the arrows lead on', async () => {
    const { page } = department;
    await go(department, '/plan');
    await page.locator('main').getByRole('link', { name: '试改权重' }).click();
    await page.waitForURL(/\/ranking\?.*weights=/);
    await page.locator('.fields input[type=number]').first().waitFor();

    const word = page.locator('.filters .sentence button').filter({ hasText: '按进度' });
    await word.focus();
    await page.keyboard.press('Enter');
    /** What has the focus in the list: the word itself has it until the list is open. */
    const picked = () =>
      page.evaluate('document.activeElement.closest("[role=dialog]") && document.activeElement.textContent');
    await expect.poll(picked).toContain('按进度');
    await page.keyboard.press('ArrowDown');
    await expect.poll(picked).toContain('按全年');
    await page.keyboard.press('Home');
    await expect.poll(picked).toContain('按进度');
    await page.keyboard.press('Escape');
  });

  it('weights that were tried on the ranking begin a draft', async () => {
    const { page } = department;
    await go(
      department,
      '/ranking?year=2026&weights=learning:35,unity:20,innovation:20,integrity:20,development:20',
    );
    await page.getByRole('link', { name: '以这些权重起草新版方案' }).click();
    await page.getByText('“学习型”的权重由 40 改为 35').waitFor();
    await page.getByRole('button', { name: '放弃草案' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '放弃草案' }).click();
  });

  it('what nobody could meet is confirmed as meant, one by one, before it is adopted', async () => {
    const { page } = department;
    await page.goto('/plan?year=2026');
    await page.getByRole('button', { name: '修改方案' }).click();
    await page.getByRole('button', { name: '修改“确立新的发展战略”' }).click();
    const strategy = page.locator('fieldset').filter({ hasText: '确立新的发展战略' }).first();
    // The department’s day is 22 November.
    await strategy.getByLabel('期限（月-日）').fill('06-30');
    await page.getByText(/截止日.*已经过了，这一版才提出/).waitFor();
    const { plan: before } = await product.json<{ plan: { version: number } }>('/plans/2026');
    const version = before.version + 1;
    await page.getByRole('button', { name: `采用为第 ${version} 版` }).click();
    const dialog = page.getByRole('dialog');
    const adopt = dialog.getByRole('button', { name: `采用为第 ${version} 版` });
    const meant = dialog.getByRole('checkbox');
    await expect.poll(() => meant.count()).toBe(1);
    await expect.poll(() => adopt.isDisabled()).toBe(true);
    await page.setViewportSize({ width: 390, height: 900 });
    expect(await axeFindings(page)).toEqual([]);
    expect(await fits(department)).toBe(true);
    await page.setViewportSize({ width: 1440, height: 900 });
    await meant.check();
    await adopt.click();
    await page.getByText(`2026 年方案第 ${version} 版已采用。`).waitFor();
    const { entries } = await product.json<{ entries: AuditEntry[] }>('/audit?action=plan.adopted&limit=1');
    expect(entries[0]?.details).toMatchObject({ version, despite: ['day-is-over:development.strategy'] });
  });

  it.each(DEVICES)('a unit reads it and changes nothing (%o)', async (device) => {
    const unit = await visit(browser, product.url, device);
    await signIn(unit, await product.tokens.unit('farm-03'));
    await unit.page.goto('/plan?year=2026');
    await unit.page.locator('.clause').first().waitFor();
    await expect
      .poll(() => unit.page.getByRole('button', { name: /修改方案|Change the plan/ }).count())
      .toBe(0);
    expect(await axeFindings(unit.page)).toEqual([]);
    expect(await fits(unit)).toBe(true);
    expect(unit.complaints).toEqual([]);
    await unit.page.context().close();
  });
});
