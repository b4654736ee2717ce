import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Rights } from '#api/access/principal.ts';
import { FILE_KINDS } from '#schemas/attachments.ts';
import type { Attachment } from '#schemas/events.ts';
import { pointsText } from '#schemas/presentation/numbers.ts';
import type { ActivityRow, Standing } from '#schemas/results/results.ts';
import { clockFrom } from '#test/support/clock.ts';
import { recorded } from '#test/support/events.ts';
import { exif, jpegFile, macroWorkbook, pdfFile, pngFile } from '#test/support/files.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import { axeFindings } from './axe.ts';
import { chromiumPath, type Device, go, launch, signIn, speak, type Visit, visit } from './browser.ts';

/** What a unit proves its reports with, and what it says of itself at the year's end. */

const UNIT = 'farm-01';
const LOCALES = ['zh-CN', 'en'] as const;

describe.skipIf(!chromiumPath)('evidence and self-inspection, in the browser', () => {
  const clock = clockFrom('2026-10-20T10:00:00+08:00');
  let product: Product;
  let browser: Browser;
  let proof: Attachment;

  beforeAll(async () => {
    product = await startProduct({ sample: { today: '2026-10-20' }, dashboard: true, clock });
    browser = await launch();
    const token = await product.tokens.unit(UNIT);
    const upload = async (bytes: Buffer, name: string): Promise<Attachment> =>
      product.json(`/units/${UNIT}/attachments?name=${encodeURIComponent(name)}`, {
        method: 'POST',
        token,
        headers: { 'content-type': 'application/octet-stream' },
        body: bytes,
      });
    proof = await upload(pdfFile('现场'), '育秧大棚利用情况专题调研报告.pdf');
    const photo = await upload(pngFile(), '现场照片.png');
    const lost = { sha256: 'e'.repeat(64), name: '会议记录.docx', type: FILE_KINDS.docx.type, size: 48_213 };
    await product.send([
      recorded(
        UNIT,
        'with-proof',
        {
          kind: 'research',
          occurredOn: '2026-10-12',
          title: '育秧大棚利用情况专题调研',
          attachments: [proof, photo, lost],
          evidence: ['https://oa.example.cn/doc/2026-117', '垦党发〔2026〕17 号'],
        },
        { source: '/organisation' },
      ),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  const secretOf = async (rights: Rights): Promise<string> =>
    (await product.access.issue({ kind: 'bearer', rights, label: '第一管理区', expiresAt: null })).secret;
  async function enter(device: Device, rights: Rights = { roles: ['unit'], unit: UNIT }): Promise<Visit> {
    const guest = await visit(browser, product.url, { now: clock(), ...device });
    await signIn(guest, await secretOf(rights));
    return guest;
  }
  const fits = ({ page }: Visit): Promise<boolean> =>
    page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

  it.each([1440, 390])(
    'evidence stands beside what it proves and is fetched as a download; the self-inspection is drafted from the record: %i px',
    async (width) => {
      const guest = await enter({ width });
      const { page } = guest;
      await go(guest, `/units/${UNIT}/requirements/learning.research`);
      const entry = page.locator('li.entry', { hasText: '育秧大棚利用情况专题调研' });
      await entry.getByText('文件缺失').waitFor();
      await expect.poll(() => entry.getByRole('link').count()).toBe(3);
      const shown = entry.getByRole('img', { name: '现场照片.png 的缩略图' });
      await shown.scrollIntoViewIfNeeded();
      await expect
        .poll(() => shown.evaluate((image) => (image as HTMLImageElement).naturalWidth), { timeout: 20_000 })
        .toBe(8);
      await expect.poll(() => entry.getByRole('img').count()).toBe(1);
      const downloading = page.waitForEvent('download');
      await entry.getByRole('link', { name: /调研报告/ }).click();
      const download = await downloading;
      expect(download.suggestedFilename()).toBe(proof.name);
      expect(await readFile(await download.path())).toEqual(pdfFile('现场'));
      await entry.scrollIntoViewIfNeeded();
      for (const locale of LOCALES) {
        await speak(guest, locale);
        await guest.picture(`evidence-list-${locale}-${width}`);
        expect(await axeFindings(page)).toEqual([]);
        expect(await fits(guest)).toBe(true);
      }

      await go(guest, '/desk/self-inspection');
      await page.locator('section.criterion').first().waitFor();
      const standing = await product.json<Standing>(`/units/${UNIT}/standing?year=2026&basis=to-date`);
      const own = await page
        .locator('section.criterion input[type=number]')
        .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));
      // Written as the record beside it; what is sent is what the record has.
      expect(own).toEqual(Object.values(standing.row.criteria).map((record) => pointsText(record)));
      expect(await page.locator('section.criterion .record b').allInnerTexts()).toEqual(own);
      await expect.poll(() => page.locator('section.criterion .record .alarm').count()).toBe(0);
      for (const locale of LOCALES) {
        await speak(guest, locale);
        await page.getByText(locale === 'en' ? 'nothing is edited yet' : '这是按记录起草的').waitFor();
        await guest.picture(`self-inspection-${locale}-${width}`);
        expect(await axeFindings(page)).toEqual([]);
        expect(await fits(guest)).toBe(true);
      }
      await page.locator('.review').scrollIntoViewIfNeeded();
      await guest.picture(`self-inspection-review-${width}`);
      expect(guest.complaints).toEqual([]);
      await guest.close();
    },
  );

  it.each([1440, 390])(
    'files are brought with a report, and what is none is told in words: %i px',
    async (width) => {
      const guest = await enter({ width });
      const { page } = guest;
      await go(guest, '/desk/report?kind=lecture');
      const field = page.locator('fieldset.evidence');
      const file = (name: string, buffer: Buffer) => ({ name, mimeType: '', buffer });
      await field
        .locator('input[type=file]')
        .first()
        .setInputFiles([
          file('讲座记录.pdf', pdfFile(`讲座 ${width}`)),
          file('现场.jpg', jpegFile({ exifData: exif(6, 'GPS') })),
          file('预算.xlsm', macroWorkbook()),
        ]);
      await field.locator('li', { hasText: '文件带有宏或控件' }).waitFor();
      await field.getByRole('link', { name: '讲座记录.pdf' }).waitFor();
      await page.evaluate(
        (base64) => {
          const clipboardData = new DataTransfer();
          const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
          clipboardData.items.add(new File([bytes], '截图.png', { type: 'image/png' }));
          document.dispatchEvent(
            new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
          );
        },
        // Of each visit its own: a picture that proves another report already would be asked about first.
        pngFile({ side: width / 30 }).toString('base64'),
      );
      await field.getByRole('link', { name: '截图.png' }).waitFor();
      await field.getByLabel('链接或文号').fill('垦党发〔2026〕18 号');
      await field.getByLabel('链接或文号').press('Enter');
      await field.getByRole('button', { name: '移除 现场.jpg' }).press('Enter');
      await expect
        .poll(() => field.getByRole('link').allTextContents())
        .toEqual(['讲座记录.pdf', '截图.png']);
      await field.scrollIntoViewIfNeeded();
      await guest.picture(`evidence-field-${width}`);
      expect(await axeFindings(page)).toEqual([]);
      await speak(guest, 'en');
      expect(await axeFindings(page)).toEqual([]);
      expect(await fits(guest)).toBe(true);
      await speak(guest, 'zh-CN');
      await page.getByLabel('标题').fill(`法律知识讲座 ${width}`);
      await page.getByRole('button', { name: '上报', exact: true }).click();
      await page.getByText('已经收下').first().waitFor();
      const reported = async () =>
        (
          await product.json<{ activities: ActivityRow[] }>(
            `/units/${UNIT}/activities?year=2026&kind=lecture`,
          )
        ).activities.find(({ title }) => title === `法律知识讲座 ${width}`);
      await expect
        .poll(async () => (await reported())?.attachments?.map(({ name }) => name), { timeout: 20_000 })
        .toEqual(['讲座记录.pdf', '截图.png']);
      expect((await reported())?.evidence).toEqual(['垦党发〔2026〕18 号']);
      // The refusal is told by the browser, too.
      expect(guest.complaints.filter((line) => !line.includes('422'))).toEqual([]);
      await guest.close();
    },
  );

  it('what a reporter prepares is there after the tab is closed, and its head submits it', async () => {
    const reporter = await enter({}, { roles: ['unit'], unit: UNIT, position: 'reporter' });
    await go(reporter, '/desk/self-inspection');
    const first = reporter.page.locator('section.criterion').first();
    await first.locator('input[type=number]').fill('99.5');
    await first.locator('textarea').first().fill('中心组学习有两个月没有按时进行。');
    await reporter.page.getByText('草稿已保存').waitFor();
    await reporter.page.getByText('请一把手登录后打开这一页上报').waitFor();
    await expect.poll(() => reporter.page.getByRole('button', { name: '上报自检' }).count()).toBe(0);
    await reporter.close();

    const head = await enter({}, { roles: ['unit'], unit: UNIT, position: 'head' });
    const { page } = head;
    await go(head, '/desk/self-inspection');
    const text = page.locator('section.criterion').first().locator('textarea').first();
    await expect.poll(() => text.inputValue(), { timeout: 20_000 }).toBe('中心组学习有两个月没有按时进行。');
    await page.getByText(/有 1\s型与记录相差 5\s分及以上：学习型/).waitFor();
    const score = page.locator('section.criterion').first().locator('input[type=number]');
    const submit = page.getByRole('button', { name: '上报自检' });
    // What is typed counts as it is typed, not once the field is left.
    await score.fill('');
    await expect.poll(() => submit.isDisabled()).toBe(true);
    await score.pressSequentially('99.5');
    await expect.poll(() => submit.isEnabled()).toBe(true);
    await submit.click();
    await page.getByText(/与记录相差较大的有：学习型/).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await head.picture('self-inspection-submit');
    await page.getByRole('button', { name: '上报', exact: true }).click();
    await page.getByText('2026 年自检已上报。').waitFor();
    const { selfInspection } = await product.json<Standing>(`/units/${UNIT}/standing?year=2026`);
    expect(selfInspection?.criteria.learning).toMatchObject({
      selfScore: 99.5,
      shortcomings: '中心组学习有两个月没有按时进行。',
    });
    // What nobody edited is sent as the record has it, to the last digit, and not as it is written on the page.
    const { row } = await product.json<Standing>(`/units/${UNIT}/standing?year=2026&basis=to-date`);
    const { learning: _, ...others } = row.criteria;
    expect(Object.values(others).some((score) => pointsText(score) !== String(score))).toBe(true);
    for (const [criterion, record] of Object.entries(others))
      expect([criterion, selfInspection?.criteria[criterion]?.selfScore]).toEqual([criterion, record]);
    await page.getByText(/再上报一次，将代替前一次/).waitFor();
    expect(head.complaints).toEqual([]);
    await head.close();
  });
});
