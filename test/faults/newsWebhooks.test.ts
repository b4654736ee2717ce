import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeliveryList, NewsList } from '#schemas/results/news.ts';
import { seeded } from '#test/reference/random.ts';
import { adopted, recorded, registered, type Sent } from '#test/support/events.ts';
import { type Handed, type HookServer, isSigned, startHookServer } from '#test/support/hookServer.ts';
import { type MailServer, startMailServer } from '#test/support/mailServer.ts';
import { type Browser, enrol } from '#test/support/people.ts';
import type { StubApp } from '#test/support/stubApp.ts';
import { said } from '#test/support/tool.ts';

/** The whole product, killed while it sends; programs that check signatures count what they are handed. */

/** A week before the quarter's end: its deadline is news. */
const AT = Date.parse('2026-09-23T02:00:00Z');
const MINUTE = 60_000;
const SEED = Number(process.env.KILL_SEED ?? Math.floor(Math.random() * 1_000_000));
const GOOD = Array.from({ length: 8 }, (_, index) => `p-${index}`);
const UNITS = ['u-0', 'u-1', 'u-2'];
const WAIT = { timeout: 25_000, interval: 100 };

type Running = { url: string; token: string; look(): void; kill(): Promise<void> };

describe('given leaders who have news sent to programs and by mail', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wuxing-hooks-'));
  const hooks: Record<'good' | 'slow' | 'mute' | 'luring', HookServer> = {} as never;
  const secrets = new Map<string, string>();
  let mail: MailServer;
  let running: Running | undefined;

  async function start(at: number): Promise<Running> {
    const child: ChildProcessWithoutNullStreams = spawn(process.execPath, [
      'test/support/productProcess.ts',
      folder,
      String(at),
      mail.url,
    ]);
    const ended = once(child, 'close');
    const [line] = await said(child, /\{"url".*\}/);
    running = {
      ...(JSON.parse(line) as { url: string; token: string }),
      look: () => void child.stdin.write('\n'),
      async kill() {
        child.kill('SIGKILL');
        await ended;
      },
    };
    return running;
  }
  async function ask<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${running?.url}/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${running?.token}`,
        'content-type': Array.isArray(body) ? 'application/cloudevents-batch+json' : 'application/json',
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
  const send = (events: readonly Sent[]) => ask('POST', '/events', [...events]);
  async function veto(unit: string): Promise<void> {
    await send([{ ...recorded(unit, `v-${unit}`, { kind: 'violation' }), source: '/organisation' }]);
  }
  /** Waits for what the server finds when it looks for news, as it does by itself after a while. */
  const looking = <T>(what: () => T, more: object = {}) =>
    expect.poll(
      () => {
        running?.look();
        return what();
      },
      { ...WAIT, ...more },
    );
  const deliveryOf = async (name: string) =>
    (await ask<DeliveryList>('GET', '/news/deliveries')).deliveries.filter(
      ({ person, channel, of }) => person === name && channel === 'webhook' && of !== 'confirm',
    );
  /** What a server was handed that is news, not a question. */
  const news = ({ got }: HookServer, path?: string): Handed[] =>
    got.filter((one) => (path === undefined || one.path === path) && JSON.parse(one.body).type === 'news');
  /** Units whose veto a post tells of. */
  const told = ({ body }: Handed): string[] =>
    (JSON.parse(body).news as { about: { unit: string } }[]).map(({ about }) => about.unit);

  /** Gives an address, and confirms it with the link that comes there. */
  async function confirm(name: string, browser: Browser, hook: HookServer): Promise<void> {
    const url = `${hook.url}/${name}`;
    const put = async (path: string, body: object): Promise<{ secret?: string }> => {
      const response = await browser.send('PUT', path, body);
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as { secret?: string };
    };
    const { secret = '' } = await put('/news/webhook', { type: 'signed', url, language: 'zh-CN' });
    secrets.set(`/${name}`, secret);
    const byMail = GOOD.includes(name);
    if (byMail) await put('/news/mail', { address: `${name}@example.cn`, language: 'zh-CN' });
    const tokens = (): string[] =>
      [
        ...hook.got.filter(({ path }) => path === `/${name}`).map(({ body }) => JSON.parse(body).link),
        ...mail.taken.filter(({ to }) => to.includes(`${name}@example.cn`)).map(({ text }) => text),
      ].map((text) => /#token=(\S+)/.exec(text)?.[1] ?? '');
    await expect.poll(() => tokens().length, WAIT).toBe(byMail ? 2 : 1);
    for (const token of tokens())
      expect((await browser.send('POST', '/news/confirmations', { token })).status).toBe(200);
    const when = { mail: byMail ? 'at-once' : null, webhook: 'at-once' };
    await put('/news/preferences', { language: 'zh-CN', kinds: ['veto'], ...when });
  }

  beforeAll(async () => {
    process.stdout.write(`KILL_SEED=${SEED}\n`);
    for (const name of ['good', 'slow', 'mute', 'luring'] as const) hooks[name] = await startHookServer();
    mail = await startMailServer();
    await start(AT);
    await send([adopted(2026), ...UNITS.map((unit) => registered(unit))]);
    await ask('PUT', '/news/settings', { mail: true, webhook: true, fallBy: 5 });
  });
  afterAll(async () => {
    await running?.kill();
    await mail?.stop();
    for (const hook of Object.values(hooks)) await hook.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('each address is asked first, and confirms itself', async () => {
    const app = { url: running?.url, tokens: { organisation: running?.token } } as StubApp;
    const everybody: (readonly [string, HookServer])[] = [
      ...GOOD.map((name) => [name, hooks.good] as const),
      ['slow', hooks.slow],
      ['mute', hooks.mute],
      ['luring', hooks.luring],
    ];
    await Promise.all(
      everybody.map(async ([name, hook]) => {
        const { browser } = await enrol(app, name, { roles: ['leader'] });
        await confirm(name, browser, hook);
      }),
    );
    // What is compared with later has been looked at.
    await looking(async () =>
      (await ask<NewsList>('GET', '/news')).items.map(({ body }) => body.kind),
    ).toEqual(['due']);
    expect(Object.values(hooks).flatMap((hook) => news(hook))).toEqual([]);
  });

  it('programs that answer slowly, never, or with a redirect inwards keep nobody else from theirs', async () => {
    const answers = Promise.withResolvers<void>();
    hooks.slow.answer = (response) => void answers.promise.then(() => response.writeHead(204).end());
    hooks.mute.answer = () => {};
    hooks.luring.answer = (response) =>
      response.writeHead(307, { location: `${hooks.good.url}/inside` }).end();
    await veto('u-0');
    await looking(() => news(hooks.good).length).toBe(GOOD.length);
    await expect.poll(() => mail.taken.length, WAIT).toBe(2 * GOOD.length);
    // By now the others were asked, and had not answered.
    expect((await deliveryOf('slow')).map(({ state }) => state)).toEqual(['sending']);
    answers.resolve();
    const becomes = (name: string, state: string) =>
      expect.poll(async () => (await deliveryOf(name))[0], WAIT).toMatchObject({ state });
    await becomes('slow', 'sent');
    await becomes('luring', 'failed');
    await becomes('mute', 'waiting');
    expect((await deliveryOf('luring'))[0]?.fault?.why).toBe('redirected');
    expect((await deliveryOf('mute'))[0]?.fault?.why).toBe('no-answer');
    expect(hooks.good.got.filter(({ path }) => path === '/inside')).toEqual([]);
  });

  it('killed while it sends, and again, each program is handed all news, and those it was handed twice bear the same id', {
    timeout: 240_000,
  }, async () => {
    const random = seeded(SEED);
    const before = news(hooks.good).length;
    // The third one is there, and its sender never hears so.
    let third = false;
    hooks.good.answer = (response) => {
      if (news(hooks.good).length === before + 3) third = true;
      else response.writeHead(204).end();
    };
    await veto('u-1');
    await looking(() => third).toBe(true);
    await running?.kill();
    hooks.good.answer = (response) => response.writeHead(204).end();

    // Another one is news before the interrupted ones are sent again; the lease of the first has run out.
    await start(AT + 10 * MINUTE);
    const soFar = hooks.good.got.length;
    await veto('u-2');
    await looking(() => hooks.good.got.length, { interval: 5 }).toBeGreaterThan(soFar);
    await sleep(random.whole(0, 60));
    await running?.kill();

    hooks.mute.answer = (response) => response.writeHead(204).end();
    await start(AT + 120 * MINUTE);
    const everywhere = [
      ...GOOD.map((name) => ({ hook: hooks.good, name })),
      { hook: hooks.slow, name: 'slow' },
      { hook: hooks.mute, name: 'mute' },
    ];
    const toldAll = (): boolean =>
      everywhere.every(({ hook, name }) => new Set(news(hook, `/${name}`).flatMap(told)).size === 3);
    await looking(
      async () => {
        const { counts } = await ask<DeliveryList>('GET', '/news/deliveries');
        return toldAll() && counts.waiting + counts.sending === 0;
      },
      { timeout: 50_000, interval: 500 },
    ).toBe(true);

    const posts = Object.values(hooks).flatMap((hook) => news(hook));
    expect(posts.filter((one) => !isSigned(one, secrets.get(one.path) ?? ''))).toEqual([]);
    for (const { hook, name } of everywhere) {
      const own = news(hook, `/${name}`);
      const byId = Map.groupBy(own, ({ id }) => id);
      // Whoever counts ids counts each piece of news once.
      expect([name, [...byId.values()].flatMap(([first]) => told(first as Handed)).sort()]).toEqual([
        name,
        UNITS,
      ]);
      // An id tells the same, however often it comes.
      for (const same of byId.values()) expect(new Set(same.map(({ body }) => body)).size).toBe(1);
      // One is under way at a time to a server: two kills, two handed again. The mute one had it again and again.
      if (name !== 'mute') expect(own.length - byId.size).toBeLessThanOrEqual(2);
    }
    const ids = new Set(news(hooks.good).map(({ id }) => id));
    expect(news(hooks.good).length - ids.size).toBeGreaterThanOrEqual(1);
    expect(news(hooks.good).length - ids.size).toBeLessThanOrEqual(2);

    // Letters come once at most; those that may not have come are said to be uncertain.
    const letters = mail.taken.map(({ messageId }) => messageId);
    expect(new Set(letters).size).toBe(letters.length);
    const { counts } = await ask<DeliveryList>('GET', '/news/deliveries');
    // The three that were answered with a redirect.
    expect(counts).toMatchObject({ dropped: 0, failed: UNITS.length });
    expect(counts.uncertain).toBeLessThanOrEqual(2);
  });
});
