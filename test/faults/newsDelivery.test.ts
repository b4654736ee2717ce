import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Account } from '#api/access/accounts.ts';
import { createCourier } from '#api/news/courier.ts';
import { openLease } from '#api/news/lease.ts';
import { createMailer, type Mailer } from '#api/news/mail.ts';
import { openOutbox } from '#api/news/outbox.ts';
import { openPeople } from '#api/news/people.ts';
import { openNewsStore } from '#api/news/store.ts';
import { createPoster } from '#api/news/webhook.ts';
import type { DeliveryState } from '#schemas/results/news.ts';
import { seeded } from '#test/reference/random.ts';
import { type MailServer, startMailServer } from '#test/support/mailServer.ts';

/** Processes that are killed while they send, at a real mail server which counts what it is handed. */

const AT = Date.parse('2026-09-24T01:00:00Z');
const MINUTE = 60_000;
const SEED = Number(process.env.KILL_SEED ?? Math.floor(Math.random() * 1_000_000));

let folder = '';
let server: MailServer;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wuxing-news-'));
  server = await startMailServer();
});
afterEach(async () => {
  server.beforeAnswer = undefined;
  server.beforeRecipient = undefined;
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens the folder as a server does, and closes it again. */
async function inStore<T>(work: (parts: ReturnType<typeof opened>) => Promise<T> | T): Promise<T> {
  const parts = opened();
  try {
    return await work(parts);
  } finally {
    await parts.store.close();
  }
}
function opened() {
  const store = openNewsStore(folder);
  return { store, people: openPeople(store, () => AT), outbox: openOutbox(store) };
}

/** So many leaders who are told of a publication. */
const given = (people: number): Promise<void> =>
  inStore(async ({ store, people: kept, outbox }) => {
    await store.write(() => {
      kept.setSettings({ mail: true, webhook: false, fallBy: 5 });
      const body = {
        kind: 'publication',
        year: 2026,
        stage: 'opened',
        until: '2026-10-01',
        daysLeft: 8,
      } as const;
      const [piece] = store.add([{ key: 'p', body }], AT);
      for (let index = 0; index < people; index++) {
        const account = `p-${index}`;
        const request = { language: 'zh-CN', kinds: ['publication'], mail: null, webhook: null } as const;
        const secret = kept.setMail(account, `p${index}@example.cn`, {
          ...request,
          kinds: [...request.kinds],
        });
        kept.confirm(secret, store.last(), '2026-09-21');
        outbox.queue({ account, channel: 'mail', of: 'at-once', seqs: [piece?.seq ?? 0] }, AT);
      }
    });
  });

const start = (at = AT): ChildProcess =>
  spawn(process.execPath, ['test/support/courierProcess.ts', folder, server.url, String(at)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
};
async function killed(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await ended(child);
}
/** Resolves once the server is at this point; what it would do next never comes. */
const held = (point: 'beforeAnswer' | 'beforeRecipient'): Promise<void> =>
  new Promise((resolve) => {
    server[point] = () => {
      resolve();
      return new Promise(() => {});
    };
  });
const states = (): Promise<Record<DeliveryState, number>> => inStore(({ outbox }) => outbox.counts());

test('killed before the letter was handed over, it arrives once after the restart', async () => {
  await given(1);
  const there = held('beforeRecipient');
  const child = start();
  await there;
  await killed(child);
  server.beforeRecipient = undefined;
  expect(server.taken).toHaveLength(0);
  // The lease of a server that is gone runs out.
  await ended(start(AT + 3 * MINUTE));
  expect(server.taken).toHaveLength(1);
  expect(await states()).toMatchObject({ sent: 1, waiting: 0 });
});

test('killed when the letter was there and the answer was not, it is uncertain, and only sent again by order, under the same name', async () => {
  await given(1);
  const there = held('beforeAnswer');
  const child = start();
  await there;
  await killed(child);
  server.beforeAnswer = undefined;
  expect(server.taken).toHaveLength(1);
  await ended(start(AT + 3 * MINUTE));
  expect(server.taken).toHaveLength(1);
  expect(await states()).toMatchObject({ uncertain: 1, waiting: 0, sending: 0 });

  await inStore(({ store, outbox }) =>
    store.write(() => outbox.again(outbox.latest(1)[0]?.id ?? 0, AT + 4 * MINUTE)),
  );
  await ended(start(AT + 6 * MINUTE));
  expect(server.taken).toHaveLength(2);
  expect(new Set(server.taken.map(({ messageId }) => messageId)).size).toBe(1);
});

test('killed at any moment, again and again, no letter arrives twice, and all arrive but those said to be uncertain', async () => {
  process.stdout.write(`KILL_SEED=${SEED}\n`);
  const random = seeded(SEED);
  await given(40);
  for (let round = 0; round < 4; round++) {
    const before = server.taken.length;
    const child = start(AT + round * 3 * MINUTE);
    // From the first letter on, so that it is killed while it sends and not while it starts.
    while (server.taken.length === before && child.exitCode === null) await sleep(1);
    await sleep(random.whole(0, 30));
    await killed(child);
  }
  await ended(start(AT + 60 * MINUTE));
  const counts = await states();
  const letters = server.taken.map(({ messageId }) => messageId);
  expect(new Set(letters).size).toBe(letters.length);
  expect(counts).toMatchObject({ waiting: 0, sending: 0, failed: 0, dropped: 0 });
  expect(counts.sent + counts.uncertain).toBe(40);
  expect(letters.length).toBeGreaterThanOrEqual(counts.sent);
  expect(counts.uncertain).toBeLessThanOrEqual(4);
});

test('two servers on one folder send each letter once: one of them sends', async () => {
  await given(25);
  const both = [start(), start()];
  await Promise.all(both.map(ended));
  const letters = server.taken.map(({ messageId }) => messageId);
  expect(letters).toHaveLength(25);
  expect(new Set(letters).size).toBe(25);
});

test('a server that stood still while another one took over finds its letter sent, and leaves it so', async () => {
  await given(1);
  const { store, people, outbox } = opened();
  let at = AT;
  const now = (): number => at;
  const real = createMailer({ url: server.url, from: 'wuxing@example.cn' });
  const courierWith = (holder: string, mailer: Mailer) =>
    createCourier({
      store,
      people,
      outbox,
      lease: openLease(store, holder, now),
      mailer,
      poster: createPoster({ allowPrivate: false }),
      account: (id) =>
        ({ id, name: id, login: id, rights: { roles: ['leader'] }, disabledAt: null }) as unknown as Account,
      isClosed: () => false,
      planOf: async () => undefined,
      publicUrl: () => 'https://wuxing.example.cn',
      now,
    });
  const still = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  const first = courierWith('first', async (letter, mark) => {
    reached.resolve();
    await still.promise;
    return real(letter, mark);
  }).run();
  await reached.promise;
  at += 3 * MINUTE;
  await courierWith('second', real).run();
  expect(server.taken).toHaveLength(1);
  still.resolve();
  await first;
  at += 3 * MINUTE;
  await courierWith('third', real).run();
  expect(server.taken).toHaveLength(1);
  expect(outbox.counts()).toMatchObject({ sent: 1, waiting: 0, uncertain: 0 });
  await store.close();
});
