import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NoRoom } from '#ingest/process/room.ts';
import { StoreError } from '#ingest/store/errors.ts';
import { registered } from '#test/support/events.ts';
import { type StubApp, startStubApp } from '#test/support/stubApp.ts';

/** A disk fills up while the server runs: what would be written is refused in a sentence, what is read goes on. */

let app: StubApp;
let [room, failure]: [boolean, Error | undefined] = [true, undefined];
beforeAll(async () => {
  app = await startStubApp({
    hasRoom: () => room,
    intake: {
      async submit(events) {
        if (failure) throw failure;
        return events.map((_, index) => ({ id: String(index), status: 'appended', position: `0-${index}` }));
      },
      restore: async () => ({ events: 0, raised: 0 }),
      sample: async () => ({ events: 0 }),
    },
  });
});
afterAll(() => app.stop());

const ask = (path: string, options: RequestInit = {}) =>
  fetch(`${app.url}/api${path}`, {
    ...options,
    headers: { authorization: `Bearer ${app.tokens.organisation}`, ...options.headers },
  });
const send = (path: string, type = 'application/json', body = '{}', method = 'POST') =>
  ask(path, { method, body, headers: { 'content-type': type } });
const one = (id: string) => send('/events', 'application/cloudevents+json', JSON.stringify(registered(id)));

async function expectFull(answer: Response): Promise<void> {
  const { detail } = (await answer.json()) as { detail: string };
  expect([answer.status, detail]).toEqual([
    503,
    expect.stringMatching(/^The disk of the data folder is full/),
  ]);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
}

describe('given a disk without room', () => {
  it('then nothing that writes is begun, whoever asks, and reading goes on', async () => {
    room = false;
    for (const [path, method] of [
      ['/events', 'POST'],
      ['/imports?kind=units', 'POST'],
      ['/sessions', 'POST'],
      ['/plans/2026', 'PUT'],
      ['/views', 'POST'],
      ['/imports/ab', 'DELETE'],
    ] as const)
      await expectFull(await send(path, 'application/json', method === 'DELETE' ? '' : '{}', method));
    expect((await ask('/session')).status).toBe(200);
    room = true;
    expect((await one('a-1')).status).toBe(202);
  });

  it('then what somebody may do can still be ended: that much is kept free', async () => {
    room = false;
    for (const [path, method, body] of [
      ['/sessions', 'DELETE', ''],
      ['/sessions/none', 'DELETE', ''],
      ['/tokens/none', 'DELETE', ''],
      [
        '/accounts/none',
        'PUT',
        JSON.stringify({ name: '甲', rights: { roles: ['leader'] }, disabled: true }),
      ],
    ] as const)
      expect([path, (await send(path, 'application/json', body, method)).status]).toEqual([
        path,
        path === '/sessions' ? 204 : 404,
      ]);
    room = true;
  });

  it.each([
    ['the event log', new NoRoom()],
    ['the system', Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })],
    ['the store', new StoreError('Cannot reserve 1.00 MiB, not enough space. ', '243')],
    ['whoever wraps it', new Error('it failed', { cause: new NoRoom() })],
  ])('then what %s says of it is no error of ours', async (_, error) => {
    failure = error;
    await expectFull(await one('a-2'));
    failure = undefined;
    expect((await one('a-2')).status).toBe(202);
  });
});
