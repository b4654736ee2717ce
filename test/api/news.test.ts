import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '#api/access/audit.ts';
import type { Rights } from '#schemas/access.ts';
import type { DeliveryList, NewsKind, NewsList, NewsPreferences } from '#schemas/results/news.ts';
import { clockFrom, type TestClock } from '#test/support/clock.ts';
import {
  adopted,
  fromOrganisation,
  fromUnit,
  recorded,
  registered,
  type Sent,
} from '#test/support/events.ts';
import { type MailServer, startMailServer } from '#test/support/mailServer.ts';
import { type Browser, browserAt, enrol } from '#test/support/people.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import type { StubApp } from '#test/support/stubApp.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ALL: NewsKind[] = [
  'due',
  'overdue',
  'rejected',
  'appeal',
  'veto',
  'quota',
  'rank',
  'waiting',
  'publication',
];

const VETO = {
  id: 'integrity.violation',
  name: { zh: '违法违纪', en: 'Violation' },
  clause: '三(四)',
  basis: 'default',
  kind: 'violation',
  cap: 59,
};

describe('given a zone of three units, a mail server, and people who want to hear of it', () => {
  let folder: string;
  let mail: MailServer;
  let clock: TestClock;
  let product: Product;
  const people: Record<string, Browser> = {};
  const ids: Record<string, string> = {};

  const open = async (): Promise<void> => {
    product = await startProduct({
      dataDir: folder,
      clock,
      env: {
        SMTP_URL: mail.url,
        MAIL_FROM: '五型 <wuxing@example.cn>',
        PUBLIC_URL: 'http://wuxing.test',
        SESSION_HOURS: '8760',
        SESSION_IDLE_MINUTES: '525600',
      },
    });
  };
  const person = async (name: string, rights: Rights): Promise<void> => {
    const app = {
      get url() {
        return product.url;
      },
      tokens: product.tokens,
    } as unknown as StubApp;
    const made = await enrol(app, name, rights);
    [people[name], ids[name]] = [made.browser, made.id];
  };
  const as = async <T>(who: string, method: string, path: string, body?: unknown): Promise<T> => {
    const response = await (people[who] as Browser).send(method, path, body);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  const kinds = async (who: string): Promise<string[]> =>
    (await as<NewsList>(who, 'GET', '/news')).items.map(({ body }) => body.kind);
  /** What waits is told once a week, whenever the server first looks. */
  const told = async (who: string): Promise<string[]> =>
    (await kinds(who)).filter((kind) => kind !== 'waiting');
  const lettersTo = (name: string) => mail.taken.filter(({ to }) => to.includes(`${name}@example.cn`));
  const linkIn = (text: string, page: string): string =>
    new RegExp(`/news/${page}#token=(\\S+)`).exec(text)?.[1] ?? '';
  /** Gives an address and opens the link that comes. */
  async function confirm(name: string): Promise<void> {
    await as(name, 'PUT', '/news/mail', { address: `${name}@example.cn` });
    await product.news.round();
    const token = linkIn(lettersTo(name).at(-1)?.text ?? '', 'confirm');
    expect((await browserAt(product).send('POST', '/news/confirmations', { token })).status).toBe(200);
  }
  /** What the audit log has of an action; the link of a letter is used without a session. */
  const written = async (action: string): Promise<unknown[]> =>
    (await product.json<{ entries: unknown[] }>(`/audit?action=${action}`)).entries;
  const choose = (name: string, mailWhen: 'at-once' | 'weekly' | null, kinds = ALL) =>
    as<NewsPreferences>(name, 'PUT', '/news/preferences', {
      language: 'zh-CN',
      kinds,
      mail: mailWhen,
      webhook: null,
    });
  const deliveries = () => product.json<DeliveryList>('/news/deliveries');
  const report = async (event: Sent) => product.send([event], await product.tokens.unit(event.subject));
  const decide = (type: string, unit: string, activity: string, more: object = {}) =>
    product.send([fromOrganisation(unit, type, { activity, reason: '材料不全', ...more })]);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wuxing-news-'));
    mail = await startMailServer();
    // A Tuesday.
    clock = clockFrom('2026-09-22T10:00:00+08:00');
    await open();
    await product.send([
      adopted(2026, 1, { vetoes: [VETO] }),
      ...['farm-1', 'farm-2', 'farm-3'].map((unit) => registered(unit)),
    ]);
    await report(recorded('farm-1', 'r-1'));
    await report(recorded('farm-2', 'r-2'));
    await person('head', { roles: ['unit'], unit: 'farm-1', position: 'head' });
    await person('other', { roles: ['unit'], unit: 'farm-2', position: 'head' });
    await person('reviewer', { roles: ['reviewer'], reviews: { criteria: ['learning'], kinds: [] } });
    await person('leader', { roles: ['leader'] });
    await person('dept', { roles: ['organisation'] });
    await product.json('/news/settings', { method: 'PUT', body: { mail: true, webhook: false, fallBy: 5 } });
    await product.news.round();
  });
  afterAll(async () => {
    await product?.stop();
    await mail?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('a deadline is told of to its unit, and in sum to the zone', async () => {
    expect(await told('leader')).toEqual([]);
    clock.move(DAY + HOUR);
    await product.news.round();
    await product.news.round();
    expect(await told('leader')).toEqual(['due']);
    expect(await told('head')).toEqual(['due']);
    expect(await told('reviewer')).toEqual(['due']);
    const { items } = await as<NewsList>('head', 'GET', '/news');
    expect(items[0]?.body).toMatchObject({
      kind: 'due',
      days: 7,
      due: '2026-09-30',
      about: { unit: 'farm-1' },
      owed: [{ id: 'learning.research', window: '2026-Q3', owing: 1 }],
    });
    const zone = await as<NewsList>('leader', 'GET', '/news');
    expect(zone.items[0]?.body).toMatchObject({ about: null, owed: [{ owing: 3 }] });
  });

  it('what is read stays read; the count is everybody’s own', async () => {
    const { items, unread } = await as<NewsList>('head', 'GET', '/news');
    expect(unread).toBe(1);
    expect(await as('head', 'PUT', '/news/read', { items: [items[0]?.seq] })).toEqual({ unread: 0 });
    expect(await as('other', 'GET', '/news/unread')).toEqual({ unread: 1 });
    expect((await as<NewsList>('head', 'GET', '/news')).items[0]?.unread).toBe(false);
  });

  it('nothing goes to an address before the link that was sent there is used', async () => {
    await choose('head', 'at-once');
    await as('head', 'PUT', '/news/mail', { address: 'head@example.cn' });
    await product.news.round();
    await decide('activity.rejected', 'farm-1', 'r-1');
    await product.news.round();
    const letters = lettersTo('head');
    expect(letters).toHaveLength(1);
    expect(letters[0]?.subject).toContain('请确认');
    const token = linkIn(letters[0]?.text ?? '', 'confirm');
    const stranger = browserAt(product);
    expect((await stranger.send('POST', '/news/confirmations', { token: `${token}x` })).status).toBe(401);
    expect((await stranger.send('POST', '/news/confirmations', { token })).status).toBe(200);
    expect((await stranger.send('POST', '/news/confirmations', { token })).status).toBe(401);
    expect(await written('news.confirmed')).toMatchObject([
      { who: { label: 'head' }, details: { channel: 'mail' } },
    ]);
    await product.news.round();
    expect(lettersTo('head')).toHaveLength(1);
    expect(await told('head')).toEqual(['rejected', 'due']);
    expect(await told('other')).toEqual(['due']);
  });

  it('a rejection, an appeal that was decided and a veto come at once, each in one letter, with a link that leads there', async () => {
    await confirm('leader');
    await choose('leader', 'at-once');
    await report(fromUnit('farm-1', 'appeal.lodged', { activity: 'r-1', reason: '材料在附件里' }));
    await decide('appeal.decided', 'farm-1', 'r-1', { outcome: 'granted' });
    await product.news.round();
    await product.send([
      fromOrganisation('farm-1', 'activity.recorded', {
        activity: 'v-1',
        year: 2026,
        kind: 'violation',
        occurredOn: '2026-09-20',
        title: '违纪',
      }),
    ]);
    await product.news.round();
    await product.news.round();
    const letters = lettersTo('head').slice(1);
    expect(letters.map(({ subject }) => subject)).toEqual([
      '五型：关于“专题调研”的申诉成立',
      '五型：被一票否决：违法违纪',
    ]);
    expect(letters[0]?.text).toContain('http://wuxing.test/desk/history?year=2026');
    expect(letters[0]?.raw).toContain('Auto-Submitted: auto-generated');
    // The leader hears of the veto, and of no unit's appeal.
    expect(lettersTo('leader').slice(1)).toHaveLength(1);
    expect(await told('reviewer')).toEqual(['appeal', 'due']);
    expect(await told('other')).toEqual(['due']);
  });

  it('a weekly digest comes on Monday with all of the week, and one of them after a mail server was away for a day', async () => {
    await confirm('other');
    await choose('other', 'weekly');
    // Wednesday to Monday morning.
    clock.move(4 * DAY + 21 * HOUR);
    const { port } = mail;
    const before = [...mail.taken];
    await mail.stop();
    await decide('activity.rejected', 'farm-2', 'r-2');
    for (let hour = 0; hour < 26; hour += 2) {
      await product.news.round();
      clock.move(2 * HOUR);
    }
    const waiting = (await deliveries()).deliveries.filter(({ state }) => state === 'waiting');
    expect(waiting.map(({ person: name, fault }) => [name, fault?.why])).toEqual(
      expect.arrayContaining([['other', 'unreachable']]),
    );
    // However long it is away: one message a person and way.
    expect(new Set(waiting.map(({ person: name, of }) => `${name} ${of}`)).size).toBe(waiting.length);
    mail = await startMailServer(port);
    mail.taken.push(...before);
    for (let minute = 0; minute < 3; minute++) {
      clock.move(HOUR);
      await product.news.round();
    }
    const digests = lettersTo('other').slice(1);
    expect(digests).toHaveLength(1);
    expect(digests[0]?.subject).toContain('本周');
    expect(digests[0]?.text).toContain('被驳回');
    expect((await deliveries()).counts).toMatchObject({ waiting: 0, failed: 0, uncertain: 0 });
  });

  it('after a restart nothing is told or sent again, and what waits goes out', async () => {
    const sent = mail.taken.length;
    const seen = await told('head');
    mail.refuse = { code: 451, text: 'try again later' };
    await decide('activity.rejected', 'farm-1', 'r-1');
    await product.news.round();
    await product.stop({ keep: true });
    mail.refuse = undefined;
    await open();
    await product.news.round();
    expect(mail.taken.length).toBe(sent);
    expect(await told('head')).toEqual(['rejected', ...seen]);
    clock.move(HOUR);
    await product.news.round();
    await product.news.round();
    expect(mail.taken.slice(sent).map(({ to }) => to)).toEqual([['head@example.cn']]);
  });

  it('a reply that refuses for good is told to the department; what is stopped by the link of a letter comes no more', async () => {
    mail.refuse = { code: 550, text: 'no such mailbox' };
    await decide('activity.verified', 'farm-1', 'r-1');
    await decide('activity.rejected', 'farm-1', 'r-1');
    await product.news.round();
    mail.refuse = undefined;
    const failed = (await deliveries()).deliveries.find(({ state }) => state === 'failed');
    expect(failed).toMatchObject({ person: 'head', fault: { why: 'refused' } });
    expect(failed?.fault?.said).toContain('no such mailbox');

    const token = linkIn(lettersTo('head').at(-1)?.text ?? '', 'stop');
    expect((await browserAt(product).send('POST', '/news/stops', { token })).status).toBe(200);
    expect(await written('news.stopped')).toMatchObject([
      { who: { label: 'head' }, details: { channel: 'mail' } },
    ]);
    const { length } = lettersTo('head');
    await decide('activity.verified', 'farm-1', 'r-1');
    await decide('activity.rejected', 'farm-1', 'r-1');
    await product.news.round();
    expect(lettersTo('head')).toHaveLength(length);
    expect((await as<NewsPreferences>('head', 'GET', '/news/preferences')).mail?.when).toBeNull();
    // Whoever held the links was let in by them alone: the log says whose they were, and never what they were.
    const { entries } = await product.json<{ entries: AuditEntry[] }>('/audit?action=news&limit=1000');
    const spent = entries.filter(({ action }) => /confirmed|stopped/.test(action));
    expect(spent.map(({ who, action, details }) => [who.label, action, details])).toEqual([
      ['head', 'news.stopped', { channel: 'mail' }],
      ['other', 'news.confirmed', { channel: 'mail' }],
      ['leader', 'news.confirmed', { channel: 'mail' }],
      ['head', 'news.confirmed', { channel: 'mail' }],
    ]);
    expect(JSON.stringify(entries)).not.toContain(token);
  });

  it('a fall in rank is told once a day, with the day that it is measured from', async () => {
    await product.json('/news/settings', { method: 'PUT', body: { mail: true, webhook: false, fallBy: 1 } });
    await report(recorded('farm-2', 'r-9', { occurredOn: '2026-05-05' }));
    await report(recorded('farm-3', 'r-9', { occurredOn: '2026-05-05' }));
    await report(recorded('farm-3', 'r-8', { occurredOn: '2026-08-05' }));
    clock.move(DAY);
    await product.news.round();
    const { items } = await as<NewsList>('leader', 'GET', '/news');
    const fell = items.flatMap(({ body }) => (body.kind === 'rank' ? [body] : []));
    expect(fell.map(({ about, before, after }) => [about.unit, before, after])).toMatchObject([
      ['farm-1', expect.any(Number), 3],
    ]);
  });

  it('deadlines are told of in each stage once, the department hears on Monday what waits, and nobody without an account can be written to', async () => {
    clock.move(7 * DAY);
    await product.news.round();
    // The quarter's end was told of in three stages, each once.
    const { items } = await as<NewsList>('leader', 'GET', '/news');
    const stages = items.flatMap(({ body }) =>
      'due' in body ? [body.kind === 'due' ? body.days : 'over'] : [],
    );
    expect(stages).toEqual(['over', 1, 7]);
    expect(await kinds('dept')).toContain('waiting');
    expect(await kinds('reviewer')).toContain('waiting');
    expect(await kinds('leader')).not.toContain('waiting');
    const asToken = await product.call('/news/mail', { method: 'PUT', body: { address: 'x@example.cn' } });
    expect(asToken.status).toBe(409);
    for (const address of ['a@b.cn, c@d.cn', 'a b@c.cn', '"x y"@c.cn', 'x@c.cn\r\nBcc: y@c.cn', '<x@c.cn>'])
      expect((await (people.head as Browser).send('PUT', '/news/mail', { address })).status).toBe(422);
    expect(product.errors).toEqual([]);
  });

  it('a veto that is withdrawn is news, for the unit and for leaders', async () => {
    await product.json('/incidents/withdrawal', {
      method: 'POST',
      body: { unit: 'farm-1', activity: 'v-1', reason: '认定有误' },
    });
    await product.news.round();
    await product.news.round();
    for (const who of ['head', 'leader']) {
      const { items } = await as<NewsList>(who, 'GET', '/news');
      const lifted = items.flatMap(({ body }) => (body.kind === 'veto' && body.lifted ? [body] : []));
      expect([who, lifted.map(({ about, veto }) => [about.unit, veto])]).toEqual([
        who,
        [['farm-1', VETO.id]],
      ]);
    }
  });
});
