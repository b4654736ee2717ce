import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import type { Inbox, IncidentList } from '#schemas/results/inbox.ts';
import type { PublicationAnswer } from '#schemas/results/publication.ts';
import type { Ranking, RankingRow, Standing, UnitRow } from '#schemas/results/results.ts';
import type { RankingRow as Recomputed } from '#test/reference/score.ts';
import type { StoredEvent } from '#test/reference/types.ts';
import { clockFrom } from '#test/support/clock.ts';
import { fromOrganisation, fromUnit, recorded, registered } from '#test/support/events.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import { runTool } from '#test/support/tool.ts';
import { axeFindings } from './axe.ts';
import { chromiumPath, go, inBoth, launch, signIn, type Visit, visit } from './browser.ts';
import { fits } from './clean.ts';
import { effectShown, recomputed, shownTotal, wholeStream } from './recomputed.ts';

/**
 * A department's year with nobody at a terminal: plan, units, quarantine, reviews, an appeal, a veto, a second version of
 * the plan, publication, objection, and the seal, which is checked.
 */

const DAY = '2026-11-22';
const EARLY = '2026-01-05T00:00:00.000Z';
const UNITS = ['farm-01', 'farm-02', 'farm-03', 'mill-01', 'mill-02'];
const KINDS = ['research', 'lecture'];
const EACH = 42;

describe.skipIf(!chromiumPath)('a year of the department, in the browser alone', () => {
  const clock = clockFrom(`${DAY}T10:00:00+08:00`);
  let product: Product;
  let browser: Browser;
  let department: Visit;
  let second: string;

  beforeAll(async () => {
    product = await startProduct({ clock, dashboard: true, env: { VETO_SECOND_PERSON: '1' } });
    // An older system brings its units, and two records that broke the rules.
    const lines = [
      ...UNITS.map((unit) => registered(unit, { group: unit.startsWith('farm') ? 'farm' : 'enterprise' })),
      fromOrganisation('farm-09', 'unit.changed', { teamSize: 9 }),
      fromOrganisation('nobody', 'unit.closed', { on: '2026-01-04', reason: '误报' }),
    ].map((event) => JSON.stringify({ ...event, recordedtime: EARLY }));
    await product.json('/imports?kind=events', {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: `${lines.join('\n')}\n`,
    });
    await product.json('/plans/2025', { method: 'PUT', body: { ...plan2026, year: 2025 } });
    const issue = async (label: string, rights: Parameters<Product['access']['issue']>[0]['rights']) =>
      (await product.access.issue({ kind: 'bearer', rights, label, expiresAt: null })).secret;
    second = await issue('组织部 李', { roles: ['organisation'] });
    browser = await launch();
    department = await visit(browser, product.url, { now: clock() });
    await signIn(department, product.tokens.organisation);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  const guestOf = async (token: string): Promise<Visit> => {
    const guest = await visit(browser, product.url, { now: clock() });
    await signIn(guest, token);
    return guest;
  };
  const unitsNow = async (): Promise<UnitRow[]> => (await product.json<{ units: UnitRow[] }>('/units')).units;
  const inbox = (query: string) => product.json<Inbox>(`/inbox?year=2026&limit=500&${query}`);
  /** All that was decided is sent. */
  const sent = async (page: Page): Promise<void> => {
    const now = page.getByRole('button', { name: '立即送出' });
    if (await now.isVisible()) await now.click();
    await page.locator('.undo').waitFor({ state: 'detached' });
  };

  it('the plan is drawn up from last year’s, a weight and a measure changed, its effect read, and adopted', async () => {
    const { page } = department;
    await go(department, '/overview?year=2026');
    await page.getByRole('heading', { name: '启用清单' }).waitFor();
    await expect.poll(() => page.locator('.steps li.done').count()).toBe(1);
    await page.locator('.steps').getByRole('link', { name: '采用 2026 年方案' }).click();
    await page.getByRole('button', { name: '从 2025 年方案起草' }).click();
    await page.locator('.weights input').first().fill('30');
    await page.getByRole('button', { name: '修改“每季度专题调研”' }).click();
    const research = page.locator('fieldset').filter({ hasText: '每季度专题调研' }).first();
    await research.getByLabel('周期').selectOption('half');
    await page.getByRole('button', { name: '看对排名的影响' }).click();
    await page.getByText('下面是按草案排出的名次').waitFor();
    const shown = await effectShown(page);
    await page.getByRole('button', { name: '采用为第 1 版' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '采用为第 1 版' }).click();
    await page.getByText('2026 年方案第 1 版已采用。').waitFor();
    // Nothing was adopted before: there is a rank and a total under the draft, and nothing to hold them against.
    const rows = recomputed(await wholeStream(product), DAY);
    expect(rows.size).toBe(UNITS.length);
    expect(shown).toEqual(
      new Map([...rows].map(([name, row]) => [name, [row.rank, null, null, shownTotal(row), null]])),
    );
  });

  it('a unit is registered and renamed; one record in quarantine is sent again, another set aside; the unit is closed', async () => {
    const { page } = department;
    // Until just now last year opened; the new one has ranks, and a page that has been open since then knows it.
    await go(department, '/units');
    await page.getByRole('button', { name: '登记单位' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('编号').fill('farm-09');
    await form.getByLabel('名称').fill('第九管理区');
    await form.getByLabel('类别').fill('农业管理区');
    await form.getByLabel('班子人数').fill('6');
    await form.getByLabel('一把手').fill('m-01');
    await form.getByText('第九管理区参加排名').first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await form.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByText('已登记“第九管理区”。').waitFor();
    await page.getByRole('button', { name: '展开 第九管理区' }).click();
    await page.getByRole('button', { name: '修改…' }).click();
    await form.getByLabel('名称').fill('第九管理区（筹）');
    await form.getByRole('button', { name: '保存修改' }).click();
    await page.getByText('已修改“第九管理区（筹）”。').waitFor();
    expect((await unitsNow()).find(({ unit }) => unit === 'farm-09')).toMatchObject({
      name: '第九管理区（筹）',
      group: 'farm',
      teamSize: 6,
    });

    await go(department, '/inbox?year=2026&kind=quarantine');
    const record = (subject: string) => page.locator('main li').filter({ hasText: subject });
    await record('farm-09').getByRole('button', { name: '重新送入' }).click();
    await page.getByText('已重新送入。').waitFor();
    await record('nobody').getByRole('button', { name: '搁置…' }).click();
    await page.getByRole('dialog').getByLabel('理由').fill('旧系统误报，不再需要');
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    const waiting = () => product.json<{ items: object[] }>('/quarantine?handled=false');
    await expect.poll(async () => (await waiting()).items, { timeout: 20_000 }).toEqual([]);
    expect((await unitsNow()).find(({ unit }) => unit === 'farm-09')?.teamSize).toBe(9);

    await go(department, '/units?q=farm-09');
    await page.getByRole('button', { name: /^展开 第九管理区/ }).click();
    await page.getByRole('button', { name: '撤销…' }).click();
    await form.getByLabel('理由').fill('机构调整');
    await form.getByText('不再参加排名').first().waitFor();
    await form.getByRole('button', { name: '撤销单位' }).click();
    await page.getByText('已记录“第九管理区（筹）”的撤销。').waitFor();
    expect((await unitsNow()).find(({ unit }) => unit === 'farm-09')?.closedOn).toBe(DAY);
  });

  it('reviewers verify and reject two hundred items by keyboard', async () => {
    for (const unit of UNITS) {
      const reports = Array.from({ length: EACH }, (_, index) => {
        const kind = KINDS[index % 2] ?? '';
        const day = `2026-${String(1 + (index % 9)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}`;
        return recorded(unit, `r-${index}`, { kind, occurredOn: day, title: `${kind} ${index}` });
      });
      await product.send(reports, await product.tokens.unit(unit));
    }
    const rights = { roles: ['reviewer' as const], reviews: { criteria: ['learning'], kinds: [] } };
    const { secret } = await product.access.issue({
      kind: 'bearer',
      rights,
      label: '宣传部',
      expiresAt: null,
    });
    const reviewer = await guestOf(secret);
    const { page } = reviewer;
    await page.goto('/inbox?year=2026&kind=verification');
    await page.locator('.desk .item').first().waitFor();
    const total = (await inbox('kind=verification')).counts.verification;
    expect(total).toBe(UNITS.length * EACH);
    for (let turn = 0; turn < 200; turn++) {
      await page.locator('.detail article').waitFor();
      if (turn % 5 === 4) {
        await page.keyboard.press('r');
        await page.keyboard.press('1');
      } else await page.keyboard.press('v');
    }
    await sent(page);
    await expect
      .poll(async () => (await inbox('kind=verification')).counts.verification, { timeout: 30_000 })
      .toBe(total - 200);
    expect(reviewer.complaints).toEqual([]);
    await reviewer.close();
  });

  it('an appeal is granted after its effect on all ranks was shown', async () => {
    const { activities } = await product.json<{ activities: { activity: string }[] }>(
      '/units/farm-01/activities?year=2026&state=rejected',
    );
    const activity = activities[0]?.activity;
    await product.send(
      [fromUnit('farm-01', 'appeal.lodged', { activity, reason: '原件已补交' })],
      await product.tokens.unit('farm-01'),
    );
    const { page } = department;
    await go(department, '/inbox?year=2026&kind=appeals');
    await page.getByText('原件已补交').first().waitFor();
    await page.locator('.effect .basis').first().waitFor();
    await page.getByRole('button', { name: /采纳申诉/ }).click();
    await sent(page);
    await expect.poll(async () => (await inbox('kind=appeals')).items, { timeout: 20_000 }).toEqual([]);
  });

  it('an incident is recorded, and its veto confirmed by a second person', async () => {
    const { page } = department;
    await go(department, '/inbox?year=2026&kind=incidents');
    const form = page.locator('main form');
    await form.getByLabel('单位').selectOption('mill-02');
    await form.getByLabel('问题').selectOption('violation');
    await form.getByLabel('发生日期').fill('2026-10-08');
    await form.getByLabel('简要情况').fill('违规发放补贴');
    await page.locator('.effect .basis').first().waitFor();
    await form.getByRole('button', { name: '记录', exact: true }).click();
    await page.getByText('您登记的，须由另一人确认。').waitFor();
    const other = await guestOf(second);
    await other.page.goto('/inbox?year=2026&kind=incidents');
    await other.page.getByRole('button', { name: '确认生效' }).click();
    await other.page.getByText('已确认“违规发放补贴”').waitFor();
    await other.close();
    const { incidents, waiting } = await product.json<IncidentList>('/incidents?year=2026');
    expect([incidents.length, waiting.length]).toEqual([1, 0]);
  });

  it('version 2 of the plan is previewed, split into what method and what performance moved, and adopted', async () => {
    const { page } = department;
    const since = new Date(clock() - 1).toISOString();
    await product.send(
      [recorded('farm-03', 'late-1', { kind: 'study-visit', occurredOn: '2026-10-10', title: '赴外地学习' })],
      await product.tokens.unit('farm-03'),
    );
    await go(department, `/plan?year=2026&compareTo=${since}`);
    await page.getByRole('button', { name: '修改方案' }).click();
    await page.locator('.weights input').first().fill('60');
    await page.getByRole('button', { name: '看对排名的影响' }).click();
    await page.locator('.review tbody tr').first().waitFor();
    const shown = await effectShown(page);
    await page.getByRole('button', { name: '采用为第 2 版' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '采用为第 2 版' }).click();
    await page.getByText('2026 年方案第 2 版已采用。').waitFor();
    const { plan } = await product.json<{ plan: { version: number } }>('/plans/2026');
    expect(plan.version).toBe(2);
    // The method: both plans on the same facts. Performance: the facts then and now under the plan that was in use.
    const stream = await wholeStream(product);
    const isDraft = ({ event: { type, data } }: StoredEvent) => type === 'plan.adopted' && data.version === 2;
    const withoutDraft = stream.filter((one) => !isDraft(one));
    const [draft, adopted, before] = [
      recomputed(stream, DAY),
      recomputed(withoutDraft, DAY),
      recomputed(withoutDraft, DAY, since),
    ];
    const places = (from: Recomputed | undefined, to: Recomputed | undefined): number =>
      (from?.rank ?? Number.NaN) - (to?.rank ?? Number.NaN);
    expect(shown).toEqual(
      new Map(
        [...draft].map(([name, row]) => {
          const [now, then] = [adopted.get(name), before.get(name)];
          const moves = [places(now, row), places(then, now)];
          return [name, [row.rank, now?.rank ?? null, ...moves, shownTotal(row), shownTotal(now)]];
        }),
      ),
    );
    // Both moved something: else the numbers above would prove little.
    const moved = (index: number) => [...shown.values()].filter((row) => row[index] !== 0).length;
    const totals = [...shown.values()].filter((row) => row[4] !== row[5]);
    expect([moved(3) > 0, totals.length > 0]).toEqual([true, true]);
  });

  it('the provisional result is published; a unit objects, the objection is decided', async () => {
    const { page } = department;
    await go(department, '/freeze?year=2026');
    await page.getByRole('button', { name: '开始公示' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '开始公示' }).click();
    await page.getByText('还有 8 天。').first().waitFor();
    const { publication } = await product.json<PublicationAnswer>('/publications/2026');
    expect(publication).toMatchObject({ state: 'open', until: '2026-11-29' });

    const unit = await guestOf(await product.tokens.unit('farm-02'));
    await unit.page.goto('/ranking?year=2026');
    await unit.page.getByText('2026 年暂定结果正在公示').waitFor();
    await go(unit, '/desk/history?year=2026&state=rejected');
    await unit.page
      .getByRole('button', { name: /^申诉：/ })
      .first()
      .click();
    await unit.page.getByRole('dialog').getByLabel('理由').fill('公示期内提出：佐证已补齐');
    await unit.page.getByRole('dialog').getByRole('button', { name: '提出申诉' }).click();
    await expect.poll(async () => (await inbox('kind=appeals')).items.length, { timeout: 20_000 }).toBe(1);
    await unit.close();

    await page.goto('/freeze?year=2026');
    await page.getByText('1 件申诉待决定').waitFor();
    const undecided = page.getByRole('list', { name: '还没有决定的申诉' });
    const [objection] = (await inbox('kind=appeals')).items;
    await undecided.getByText(String(objection?.body.title)).waitFor();
    await undecided.getByText(String(objection?.name), { exact: true }).waitFor();
    await go(department, '/inbox?year=2026&kind=appeals');
    await page.getByText('公示期内提出：佐证已补齐').first().waitFor();
    await page.locator('.effect .basis').first().waitFor();
    await page.keyboard.press('r');
    await page.keyboard.press('1');
    await sent(page);
    await expect.poll(async () => (await inbox('kind=appeals')).items, { timeout: 20_000 }).toEqual([]);
  });

  it('the year is sealed, naming what was in quarantine, and whoever has the file and the events finds it good', async () => {
    const { page } = department;
    await go(department, '/freeze?year=2026');
    await page.getByText('2 条隔离记录已重新送入或搁置').waitFor();
    await page.getByRole('button', { name: '封存 2026 年' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '封存 2026 年' }).click();
    await page.getByText('第 1 次封存已完成。').waitFor();
    const text = await (await product.call('/freezes/2026/file')).text();
    const { manifest } = JSON.parse(text) as {
      manifest: { rows: RankingRow[]; setAside: { how: string }[] };
    };
    expect(manifest.setAside.map(({ how }) => how).sort()).toEqual(['dismissed', 'replayed']);
    const live = await product.json<Ranking>('/rankings/2026?basis=year');
    expect(manifest.rows.map(({ unit, total }) => [unit, total])).toEqual(
      (live.rows as RankingRow[]).map(({ unit, total }) => [unit, total]),
    );
    const vetoed = await product.json<Standing>('/units/mill-02/standing?year=2026');
    expect(vetoed.row.total).toBeLessThanOrEqual(59);
    const [file = '', events = ''] = ['2026.json', 'events.ndjson'].map((name) =>
      join(product.dataDir, name),
    );
    const env = { DATA_DIR: product.dataDir };
    writeFileSync(file, text);
    expect((await runTool(['export', 'events', '--out', events], env)).code).toBe(0);
    expect((await readFile(events, 'utf8')).split('\n').length).toBeGreaterThan(400);
    const checked = await runTool(['verify', file, '--events', events], env);
    expect([checked.code, checked.err]).toEqual([0, '']);
  });

  it('the pages of the year stand on a phone and on a desk, in both languages, and nothing was complained of', async () => {
    const guest = await guestOf(second);
    const pages = ['/units', '/targets', '/overview', '/plan', '/freeze', '/inbox'];
    for (const path of pages) {
      await go(guest, `${path}?year=2026`);
      await guest.page
        // Targets that nobody has are told by the headline alone.
        .locator(
          path === '/targets'
            ? 'main .answer:not(:empty)'
            : 'main tbody tr, main .grid, main p.muted, main article, main form',
        )
        .first()
        .waitFor();
      // What nobody has made yet is answered by 404, which the browser reports by itself.
      guest.complaints.length = 0;
      await inBoth(guest, (locale) =>
        fits(guest, `year${path.replace('/', '-')}-${locale}`, [[390], [1440]]),
      );
    }
    await guest.close();
    expect(department.complaints.filter((complaint) => !complaint.includes('404'))).toEqual([]);
  });
});
