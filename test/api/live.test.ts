import { afterEach, describe, expect, it } from 'vitest';
import { createLive, type Live, type LiveDeps } from '#api/live.ts';
import type { RankingRow } from '#schemas/results.ts';
import { type StubApp, startStubApp } from '#test/support/stubApp.ts';

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
  const world = { at: 7, rows: [row('farm-1', 1, 90), row('farm-2', 2, 80)], move: (): void => {} };
  const deps: LiveDeps = {
    projection: {
      watermark: () => [world.at],
      onMove: (listener) => {
        world.move = listener;
        return () => {};
      },
    },
    ranking: async () => ({ year: 2026, rows: world.rows }),
    log: { warn() {} },
    everyMs: 1,
    idleMs: 20,
  };
  live = createLive(deps);
  app = await startStubApp({ live });
  return { app, live, world };
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

  it('when a token is revoked, then its stream ends', async () => {
    const { app } = await start();
    const made = await app.access.issue({
      kind: 'bearer',
      role: 'leader',
      unit: undefined,
      label: 'short-lived',
      expiresAt: null,
    });
    const heard = await listen(
      app.url,
      made.secret,
      () => false,
      () => void app.access.revoke(made.credential.id),
    );
    expect(heard.frames).toHaveLength(1);
  });

  it('when the server closes, then streams end', async () => {
    const { app, live } = await start();
    const heard = await listen(
      app.url,
      app.tokens.leader,
      () => false,
      () => live.close(),
    );
    expect(heard.frames).toHaveLength(1);
  });
});
