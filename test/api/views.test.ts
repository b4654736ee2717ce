import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createViews } from '#api/views/views.ts';
import { MOST_VIEWS, type ViewList } from '#schemas/results/views.ts';
import { type StubApp, startStubApp } from '#test/support/stubApp.ts';

/** Views that people keep under names: their own alone, in their own order, on the disk before the answer. */

const folder = mkdtempSync(join(tmpdir(), 'wuxing-views-'));
let app: StubApp;
beforeAll(async () => {
  app = await startStubApp({ views: createViews(folder) });
});
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true });
});

type Who = keyof StubApp['tokens'];
const call = (who: Who, method: string, path: string, body?: unknown): Promise<Response> =>
  fetch(`${app.url}/api/views${path}`, {
    method,
    headers: { authorization: `Bearer ${app.tokens[who]}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const list = async (who: Who): Promise<ViewList> => (await call(who, 'GET', '')).json() as Promise<ViewList>;
const save = async (who: Who, name: string, address = '/ranking?group=farm'): Promise<string> => {
  const response = await call(who, 'POST', '', { name, address });
  expect(response.status).toBe(201);
  return ((await response.json()) as ViewList).views.at(-1)?.id ?? '';
};
const names = async (who: Who): Promise<string[]> => (await list(who)).views.map(({ name }) => name);

describe('given somebody who keeps views', () => {
  it('when they are saved, renamed, put in order and deleted, then the disk has them so', async () => {
    expect(await list('leader')).toEqual({ views: [], opens: null });
    const [a, b, c] = [await save('leader', '甲'), await save('leader', '乙'), await save('leader', '丙')];
    expect((await call('leader', 'PUT', '', { order: [c, a, b], opens: b })).status).toBe(200);
    const address = '/requirements/research?basis=to-date&group=%E5%86%9C#notes';
    expect((await call('leader', 'PUT', `/${a}`, { name: '  调研  ', address })).status).toBe(200);
    expect(await names('leader')).toEqual(['丙', '调研', '乙']);
    // A process that is killed now has answered with nothing that it alone remembers.
    const [{ id } = { id: '' }] = app.access.list().filter(({ rights }) => rights.roles.includes('leader'));
    expect(await createViews(folder).list(id)).toEqual(await list('leader'));
    for (const view of [a, b, c]) expect((await call('leader', 'DELETE', `/${view}`)).status).toBe(200);
    expect(await list('leader')).toEqual({ views: [], opens: null });
  });

  it('when a window does not know of a view, then its order leaves it behind the others', async () => {
    const [a, b] = [await save('reviewer', 'a'), await save('reviewer', 'b')];
    await save('reviewer', 'c');
    await call('reviewer', 'PUT', '', { order: [b, a, b], opens: b });
    expect(await names('reviewer')).toEqual(['b', 'a', 'c']);
    const after = (await (await call('reviewer', 'DELETE', `/${b}`)).json()) as ViewList;
    expect(after).toMatchObject({ views: [{ name: 'a' }, { name: 'c' }], opens: null });
  });

  it('when many are saved at once, then none is lost, and the bound is said', async () => {
    const made = await Promise.all(
      Array.from({ length: MOST_VIEWS }, (_, at) =>
        call('unit', 'POST', '', { name: `${at}`, address: '/plan' }),
      ),
    );
    expect(made.map(({ status }) => status)).toEqual(made.map(() => 201));
    expect(new Set(await names('unit')).size).toBe(MOST_VIEWS);
    expect((await call('unit', 'POST', '', { name: 'one more', address: '/plan' })).status).toBe(409);
    expect((await list('otherUnit')).views).toEqual([]);
  });
});

describe('given somebody else’s view', () => {
  it('when it is asked for by its id, then there is none, for the department neither', async () => {
    const id = await save('leader', 'mine');
    const own = await save('organisation', 'theirs');
    for (const who of ['organisation', 'unit', 'reviewer'] as const) {
      expect((await call(who, 'PUT', `/${id}`, { name: 'x', address: '/plan' })).status).toBe(404);
      expect((await call(who, 'DELETE', `/${id}`)).status).toBe(404);
      expect((await call(who, 'PUT', '', { order: [id], opens: null })).status).toBe(404);
      expect((await call(who, 'PUT', '', { order: [], opens: id })).status).toBe(404);
      expect(JSON.stringify(await list(who))).not.toContain(id);
    }
    expect(await names('leader')).toEqual(['mine']);
    expect((await list('organisation')).views).toMatchObject([{ id: own, name: 'theirs' }]);
  });
});

describe('given an address that leads elsewhere, or is none', () => {
  it.each([
    ['another host', '//evil.example/ranking'],
    ['another host by a back slash', '/\\evil.example'],
    ['another host behind a step up', '/..//evil.example'],
    ['another host behind a tab', '/\t/evil.example'],
    ['a host', 'https://evil.example/ranking'],
    ['a script', 'javascript:alert(1)'],
    ['data', 'data:text/html,x'],
    ['no slash', 'ranking'],
    ['a step up', '/ranking/../sign-in'],
    ['the interface', '/api/events'],
    ['the door, with its secret', '/sign-in#token=wxlink_x'],
    ['the link of a letter', '/news/confirm#token=x'],
    ['a line', '/ranking\n'],
    ['nothing', ''],
    ['a book', `/ranking?group=${'x'.repeat(2_000)}`],
  ])('when %s is to be kept, then 422', async (_, address) => {
    expect((await call('leader', 'POST', '', { name: 'x', address })).status).toBe(422);
  });

  it.each(['', ' ', 'x'.repeat(61), '\u200b'])('when the name is "%s", then 422', async (name) => {
    expect((await call('leader', 'POST', '', { name, address: '/plan' })).status).toBe(422);
  });
});

describe('given a file that somebody else has spoilt', () => {
  it('when it is read, then it fails and nothing is overwritten', async () => {
    const own = mkdtempSync(join(tmpdir(), 'wuxing-views-'));
    const views = createViews(own);
    await views.add('me', { name: 'a', address: '/plan' });
    const [file = ''] = readdirSync(own);
    writeFileSync(join(own, file), '{');
    await expect(views.add('me', { name: 'b', address: '/plan' })).rejects.toThrow();
    expect(readFileSync(join(own, file), 'utf8')).toBe('{');
    rmSync(own, { recursive: true });
  });
});
