import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Rights } from '#api/access/principal.ts';
import { MOST_NOTES, type NoteList } from '#schemas/results/notes.ts';
import { clockFrom } from '#test/support/clock.ts';
import { adopted, registered } from '#test/support/events.ts';
import { type Product, startProduct } from '#test/support/server.ts';

/** Remarks on units and on the zone: written by leaders and the department, read by those whom they name. */

const DAY = '2026-11-20T02:00:00Z';

describe('given remarks that name different readers', () => {
  let product: Product;
  const who: Record<string, string> = {};
  let orders = 0;
  beforeAll(async () => {
    product = await startProduct({ clock: clockFrom(DAY) });
    await product.send([registered('farm-01'), registered('farm-02'), adopted(2026)]);
    const issue = async (label: string, rights: Rights) => {
      const { secret } = await product.access.issue({ kind: 'bearer', rights, label, expiresAt: null });
      who[label] = secret;
    };
    await issue('unit A', { roles: ['unit'], unit: 'farm-01' });
    await issue('unit B', { roles: ['unit'], unit: 'farm-02' });
    await issue('reviewer', { roles: ['reviewer'], reviews: { criteria: ['learning'], kinds: [] } });
    await issue('leader', { roles: ['leader'] });
    await issue('other leader', { roles: ['leader'] });
    await issue('leader of B', { roles: ['leader', 'unit'], unit: 'farm-02' });
    who.organisation = product.tokens.organisation;
  });
  afterAll(() => product?.stop());

  const write = (token: string | undefined, note: object) =>
    product.call('/notes', {
      method: 'POST',
      ...(token !== undefined && { token }),
      body: { order: `an-order-${orders++}`, year: 2026, unit: 'farm-01', text: '看', seenBy: [], ...note },
    });
  const read = (name: string, query = 'unit=farm-01&year=2026', headers: Record<string, string> = {}) =>
    product.call(`/notes?${query}`, { token: who[name] ?? null, headers });
  const texts = async (name: string, query?: string) => {
    const list = (await (await read(name, query)).json()) as NoteList;
    expect(list.total).toBe(list.notes.length);
    return list.notes.map(({ text }) => text).toSorted();
  };

  test('when a leader writes, then whoever is named reads it, with the name and the moment; nobody else does', async () => {
    const of = { none: [], leaders: ['leader'], reviewers: ['reviewer'], unit: ['unit'] };
    for (const [text, seenBy] of Object.entries(of))
      expect((await write(who.leader, { text, seenBy })).status).toBe(201);
    const [note] = ((await (await read('unit A')).json()) as NoteList).notes;
    expect(note).toMatchObject({
      text: 'unit',
      seenBy: ['unit'],
      by: 'leader',
      own: false,
      recordedtime: expect.stringMatching(/^2026-11-20T/),
    });
    const all = ['leaders', 'none', 'reviewers', 'unit'];
    expect(await texts('leader')).toEqual(all);
    expect(await texts('organisation')).toEqual(all);
    expect(await texts('other leader')).toEqual(['leaders']);
    expect(await texts('reviewer')).toEqual(['reviewers']);
    expect(await texts('unit A')).toEqual(['unit']);
    // It sees every unit as a leader; what is for the unit is for that unit alone.
    expect(await texts('leader of B')).toEqual(['leaders']);
    expect((await read('unit B')).status).toBe(403);
    expect(await texts('unit B', 'unit=farm-02&year=2026')).toEqual([]);
    expect(await texts('leader', 'unit=farm-01&year=2025')).toEqual([]);
  });

  test('when the zone is remarked on, then every unit reads it where units are named', async () => {
    await write(who.organisation, { unit: undefined, text: '全区', seenBy: ['unit'] });
    await write(who.leader, { unit: undefined, text: '内部', seenBy: ['leader'] });
    expect(await texts('unit B', 'year=2026')).toEqual(['全区']);
    expect(await texts('other leader', 'year=2026')).toEqual(['内部']);
    expect(await texts('unit B', 'unit=farm-02&year=2026')).toEqual([]);
  });

  test('when a number is remarked on, then it is found there, in the list of all, and by its readers alone', async () => {
    const research = { of: 'requirement', id: 'learning.research' };
    await write(who.leader, { about: research, text: '数字 A', seenBy: ['unit'], year: 2024 });
    await write(who.leader, { about: { of: 'trend' }, text: '走势 A', seenBy: ['leader'], year: 2024 });
    await write(who.leader, {
      unit: undefined,
      about: research,
      text: '数字 区',
      seenBy: ['unit'],
      year: 2024,
    });
    await write(who.leader, { unit: 'farm-02', text: '全 B', seenBy: ['unit', 'reviewer'], year: 2024 });
    const on = (name: string, about: string) => texts(name, `unit=farm-01&year=2024&about=${about}`);
    expect(await on('leader', 'requirement:learning.research')).toEqual(['数字 A']);
    expect(await on('leader', 'criterion:learning.research')).toEqual([]);
    expect(await on('leader', 'trend')).toEqual(['走势 A']);
    expect(await on('unit A', 'trend')).toEqual([]);
    expect(await texts('unit B', 'year=2024&about=requirement:learning.research')).toEqual(['数字 区']);
    const all = async (name: string) => {
      const list = (await (
        await product.call('/notes/all?year=2024', { token: who[name] ?? null })
      ).json()) as NoteList;
      expect(list.total).toBe(list.notes.length);
      return list.notes.map(({ text }) => text).toSorted();
    };
    const everything = ['全 B', '数字 A', '数字 区', '走势 A'].toSorted();
    expect(await all('organisation')).toEqual(everything);
    expect(await all('leader')).toEqual(everything);
    expect(await all('other leader')).toEqual(['走势 A']);
    expect(await all('reviewer')).toEqual(['全 B']);
    expect(await all('unit A')).toEqual(['数字 A', '数字 区'].toSorted());
    expect(await all('unit B')).toEqual(['全 B', '数字 区'].toSorted());
    expect(await all('leader of B')).toEqual(['全 B', '数字 区', '走势 A'].toSorted());
    for (const name of ['reviewer', 'unit B'] as const)
      expect(
        (await product.call('/notes/all?year=2024', { token: who[name] ?? null })).headers.get(
          'cache-control',
        ),
      ).toContain('private');
    expect((await read('leader', 'year=2024&about=rank')).status).toBe(400);
  });

  test.each(['unit A', 'unit B', 'reviewer'])('when %s writes, then 403', async (name) => {
    expect((await write(who[name], { seenBy: ['unit'] })).status).toBe(403);
  });

  test('when an answer is kept, then it is not another’s: neither a tag nor a guess gets past the rule', async () => {
    const tag = (await read('leader')).headers.get('etag') ?? '';
    expect((await read('leader', undefined, { 'if-none-match': tag })).status).toBe(304);
    const other = await read('unit A', undefined, { 'if-none-match': tag });
    expect(other.status).toBe(200);
    expect(other.headers.get('cache-control')).toContain('private');
    expect((await read('unit B', undefined, { 'if-none-match': tag })).status).toBe(403);
    expect((await product.call('/notes?year=2026', { token: null })).status).toBe(401);
  });

  test('when the same order is sent again, then there is one; an order of somebody else’s takes nobody’s place', async () => {
    const note = { order: 'same-order', text: '一次', seenBy: [], unit: 'farm-02' };
    expect((await write(who.leader, note)).status).toBe(201);
    expect((await write(who.leader, note)).status).toBe(200);
    expect((await write(who.leader, { ...note, text: '改了' })).status).toBe(409);
    expect((await write(who['other leader'], { ...note, text: '另一个' })).status).toBe(201);
    expect(await texts('organisation', 'unit=farm-02&year=2026')).toEqual(['一次', '另一个'].toSorted());
    expect(await texts('leader', 'unit=farm-02&year=2026')).toEqual(['一次']);
  });

  test.each([
    ['no unit that there is', { unit: 'farm-99' }],
    ['nothing to read', { text: ' \n ' }],
    ['a text too long', { text: '长'.repeat(4_001) }],
    ['a reader that is none', { seenBy: ['everybody'] }],
    ['a number that is none', { about: { of: 'rank' } }],
    ['a number and something more', { about: { of: 'trend', id: 'x' } }],
    ['the name of another writer', { actor: 'somebody' }],
  ])('when it has %s, then 422 and nothing is written', async (_, bad) => {
    const before = await texts('organisation');
    expect((await write(who.leader, bad)).status).toBe(422);
    expect(await texts('organisation')).toEqual(before);
  });

  test('when other answers tell of events, then a remark is told in them to its readers alone', async () => {
    const told = async (name: string): Promise<string[]> => {
      const { events } = await product.json<{ events: { type: string; data: { text: string } }[] }>(
        '/events?limit=1000',
        { token: who[name] ?? null },
      );
      return events.filter(({ type }) => type === 'note.written').map(({ data }) => data.text);
    };
    expect(await told('reviewer')).toEqual(['reviewers', '全 B']);
    expect((await told('organisation')).length).toBeGreaterThan(5);
    const movement = '/units/farm-01/movement?year=2026&basis=year&from=2026-01-01T00:00:00Z';
    expect(await (await product.call(movement)).text()).not.toContain('note.written');

    const { notes } = (await (await read('organisation')).json()) as NoteList;
    expect((await product.call('/freezes/2026', { method: 'POST', body: {} })).status).toBeLessThan(300);
    for (const { position, text } of notes) {
      const proof = async (name: string) =>
        (await product.call(`/freezes/2026/proof?event=${position}`, { token: who[name] ?? null })).status;
      expect([text, await proof('unit A')]).toEqual([text, text === 'unit' ? 200 : 404]);
      expect([text, await proof('reviewer')]).toEqual([text, text === 'reviewers' ? 200 : 404]);
      expect([text, await proof('organisation')]).toEqual([text, 200]);
    }
  });

  test('when the audit is read, then it tells who wrote on what for whom, and not what', async () => {
    const { entries } = await product.json<{ entries: { action: string; details: object }[] }>(
      '/audit?limit=100',
    );
    const [last] = entries.filter(({ action }) => action === 'note.written');
    expect(last?.details).toEqual({ unit: 'farm-02', year: 2026, seenBy: [], position: expect.any(String) });
  });

  test('when there are more than one answer holds, then the latest, and how many there are', async () => {
    for (let n = 0; n < MOST_NOTES + 1; n += 20)
      await Promise.all(
        Array.from({ length: Math.min(20, MOST_NOTES + 1 - n) }, (_, i) =>
          write(who.leader, { year: 2025, text: `${n + i}` }),
        ),
      );
    const list = (await (await read('leader', 'unit=farm-01&year=2025')).json()) as NoteList;
    expect([list.notes.length, list.total]).toEqual([MOST_NOTES, MOST_NOTES + 1]);
  });
});
