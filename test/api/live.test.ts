import { afterEach, describe, expect, it } from 'vitest';
import type { Rights } from '#api/access/principal.ts';
import { createLive, type Live, type LiveDeps } from '#api/live.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import { enrol } from '#test/support/people.ts';
import { type StubApp, startStubApp } from '#test/support/stubApp.ts';

const LEADER: Rights = { roles: ['leader'] };
const UNIT: Rights = { roles: ['unit'], unit: 'farm-1', position: 'reporter' };

const row = (unit: string, rank: number, total: number): RankingRow => ({
  unit,
  name: `name of ${unit}`,
  group: 'farm',
  rank,
  groupRank: rank,
  of: 2,
  total,
  totalWithoutVeto: total,
  criteria: {},
  band: [1, 2],
  topShare: 1,
  eligible: true,
  vetoes: ['integrity.violation'],
  deductions: [],
});

let app: StubApp | undefined;
let live: Live | undefined;
afterEach(async () => {
  live?.close();
  await app?.stop();
});

/** A projection that the test moves, and the ranking that it then finds. */
async function start() {
  const world = {
    at: 7,
    year: 2026,
    on: '2026-11-22',
    rows: [row('farm-1', 1, 90), row('farm-2', 2, 80)],
    move: (): void => {},
  };
  const deps: LiveDeps = {
    projection: {
      watermark: () => [world.at],
      onMove: (listener) => {
        world.move = listener;
        return () => {};
      },
    },
    ranking: async () => ({ year: world.year, on: world.on, rows: world.rows }),
    log: { warn() {} },
    everyMs: 1,
    idleMs: 20,
    clockMs: 5,
  };
  live = createLive(deps);
  app = await startStubApp({ live });
  return { app, live, world };
}

/** One on which nothing is heard for an hour. */
async function startQuiet() {
  const hour = 3_600_000;
  live = createLive({
    projection: { watermark: () => [7], onMove: () => () => {} },
    ranking: async () => undefined,
    log: { warn() {} },
    idleMs: hour,
    clockMs: hour,
  });
  app = await startStubApp({ live });
  return { app, access: app.access };
}

type Frame = { event: string; data: Record<string, unknown> };

/** Reads a stream of Server-Sent Events until `enough`. */
async function listen(url: string, token: string, enough: (frames: Frame[]) => boolean, onOpen?: () => void) {
  const response = await fetch(`${url}/api/live`, { headers: { authorization: `Bearer ${token}` } });
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const frames: Frame[] = [];
  let text = '';
  let opened = false;
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const [, event] = /^event: (.*)$/m.exec(text.slice(0, end)) ?? [];
      const [, data] = /^data: (.*)$/m.exec(text.slice(0, end)) ?? [];
      if (event && data) frames.push({ event, data: JSON.parse(data) as Record<string, unknown> });
      text = text.slice(end + 2);
    }
    if (frames.length && !opened) {
      opened = true;
      onOpen?.();
    }
    if (enough(frames)) break;
  }
  return { frames, text };
}

const ranksSeen = (frames: Frame[]): boolean => frames.some(({ event }) => event === 'ranks');

describe('given two who listen', () => {
  it('when ranks change, then the leader hears of all, a unit of itself alone', async () => {
    const { app, world } = await start();
    let open = 0;
    const change = (): void => {
      open += 1;
      if (open < 2) return;
      world.at = 8;
      world.rows = [row('farm-2', 1, 95), row('farm-1', 2, 90)];
      world.move();
    };
    const [leader, unit] = await Promise.all([
      listen(app.url, app.tokens.leader, ranksSeen, change),
      listen(app.url, app.tokens.unit, ranksSeen, change),
    ]);
    expect(leader.frames[0]).toEqual({ event: 'watermark', data: { watermark: '7' } });
    expect(leader.frames.at(-1)?.data).toEqual({
      year: 2026,
      basis: 'to-date',
      changed: [
        { unit: 'farm-2', name: 'name of farm-2', rank: 1, total: 95, previousRank: 2 },
        { unit: 'farm-1', name: 'name of farm-1', rank: 2, total: 90, previousRank: 1 },
      ],
    });
    expect(unit.frames.at(-1)?.data.changed).toMatchObject([{ unit: 'farm-1', rank: 2 }]);
    expect(JSON.stringify(unit.frames)).not.toContain('farm-2');
  });

  it('when another day begins without an event, then everybody is told, and another year’s ranks are no changes', async () => {
    const { app, world } = await start();
    const change = (): void => {
      world.year = 2027;
      world.on = '2027-01-01';
      world.rows = [row('farm-2', 1, 0), row('farm-1', 2, 0)];
    };
    const heard = await listen(
      app.url,
      app.tokens.unit,
      (frames) => frames.some(({ event }) => event === 'day'),
      change,
    );
    expect(heard.frames.at(-1)).toEqual({ event: 'day', data: { on: '2027-01-01' } });
    expect(ranksSeen(heard.frames)).toBe(false);
  });

  it('while nothing happens, then a beat is heard, again and again', async () => {
    const { app } = await start();
    const beats = (frames: Frame[]) => frames.filter(({ event }) => event === 'beat').length;
    const heard = await listen(app.url, app.tokens.leader, (frames) => beats(frames) >= 3);
    expect(beats(heard.frames)).toBe(3);
  });

  it.each(['revoked', 'signed out'])(
    'when nothing is sent and the caller is %s, then the stream closes at once',
    async (how) => {
      const { app, access } = await startQuiet();
      const request = {
        rights: { roles: ['leader' as const] },
        label: 'short',
        expiresAt: null,
        kind: 'bearer' as const,
      };
      const made = await access.issue(request);
      const session =
        how === 'revoked'
          ? undefined
          : await access.signIn(made.secret, { hours: 1, idleMinutes: 60 }, { address: '', agent: '' });
      const headers: Record<string, string> = session
        ? { cookie: `wuxing_session=${session.secret}` }
        : { authorization: `Bearer ${made.secret}` };
      const response = await fetch(`${app.url}/api/live`, { headers });
      const reader = response.body?.getReader();
      await reader?.read();
      const asked = performance.now();
      if (session) await access.signOut(session.secret);
      else await access.revoke(made.credential.id);
      for (let end = false; !end; ) end = (await reader?.read())?.done ?? true;
      expect(performance.now() - asked).toBeLessThan(1_500);
    },
  );

  it.each([
    ['disabled', { disabled: true, rights: LEADER }],
    ['of another role', { disabled: false, rights: UNIT }],
  ])('when the person who listens is %s now, then the stream closes at once', async (_, change) => {
    const { app } = await startQuiet();
    const { browser, id } = await enrol(app, 'wang', LEADER);
    const response = await browser.send('GET', '/live');
    const reader = response.body?.getReader();
    await reader?.read();
    const asked = performance.now();
    await fetch(`${app.url}/api/accounts/${id}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${app.tokens.organisation}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Wang', ...change }),
    });
    for (let end = false; !end; ) end = (await reader?.read())?.done ?? true;
    expect(performance.now() - asked).toBeLessThan(1_500);
  });

  it('when a token is revoked, then its stream ends', async () => {
    const { app } = await start();
    const made = await app.access.issue({
      kind: 'bearer',
      rights: { roles: ['leader'] },
      label: 'short-lived',
      expiresAt: null,
    });
    const heard = await listen(
      app.url,
      made.secret,
      () => false,
      () => void app.access.revoke(made.credential.id),
    );
    expect(heard.frames.filter(({ event }) => event !== 'beat')).toHaveLength(1);
  });

  it('when the server closes, then streams end', async () => {
    const { app, live } = await start();
    const heard = await listen(
      app.url,
      app.tokens.leader,
      () => false,
      () => live.close(),
    );
    expect(heard.frames.filter(({ event }) => event !== 'beat')).toHaveLength(1);
  });
});
