import type { Account } from '#api/access/accounts.ts';
import { createCourier } from '#api/news/courier.ts';
import { openLease } from '#api/news/lease.ts';
import { createMailer } from '#api/news/mail.ts';
import { openOutbox } from '#api/news/outbox.ts';
import { openPeople } from '#api/news/people.ts';
import { openNewsStore } from '#api/news/store.ts';
import { createPoster } from '#api/news/webhook.ts';

/** Sends what waits in a folder, as a server does, in a process of its own that may be killed. */
const [dataDir = '', url = '', at = '0'] = process.argv.slice(2);
const now = (): number => Number(at);
const store = openNewsStore(dataDir);
const people = openPeople(store, now);
const courier = createCourier({
  store,
  people,
  outbox: openOutbox(store),
  lease: openLease(store, String(process.pid), now),
  mailer: createMailer({ url, from: 'wuxing@example.cn' }),
  poster: createPoster({ allowPrivate: false }),
  account: (id) =>
    ({ id, name: id, login: id, rights: { roles: ['leader'] }, disabledAt: null }) as unknown as Account,
  isClosed: () => false,
  planOf: async () => undefined,
  publicUrl: () => 'https://wuxing.example.cn',
  now,
});
await courier.run();
await store.close();
