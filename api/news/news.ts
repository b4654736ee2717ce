import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Access } from '#api/access/access.ts';
import { type Principal, principalOf } from '#api/access/principal.ts';
import type { Desk } from '#api/desk/desk.ts';
import { Problem } from '#api/http/problem.ts';
import type { InboxReads, Log, PageReads, Projection, Reads } from '#api/ports.ts';
import type { Reader } from '#schemas/news/readers.ts';
import type { Waiting } from '#schemas/news/rules.ts';
import type { Plan } from '#schemas/plan.ts';
import type { DeliveryList, DeliveryRow, NewsSettings, ReadRequest } from '#schemas/results/news.ts';
import { createCourier } from './courier.ts';
import { openLease } from './lease.ts';
import { createNewsLists, type NewsLists } from './lists.ts';
import type { Looks } from './looks.ts';
import { createMailer, type MailSettings } from './mail.ts';
import { createNewsroom } from './newsroom.ts';
import { type Delivery, openOutbox } from './outbox.ts';
import { openPeople, shownTarget } from './people.ts';
import { startRounds } from './rounds.ts';
import { type Kept, openNewsStore } from './store.ts';
import { createNewsWays, type NewsWays } from './ways.ts';
import { createPoster } from './webhook.ts';

/** What the routes ask about news. Problems as everywhere. */
export type News = NewsLists &
  NewsWays & {
    markRead(who: Principal, request: ReadRequest): Promise<void>;
    deliveries(): DeliveryList;
    /** Sends again what may not have arrived. */
    again(id: number): Promise<DeliveryList>;
    setSettings(settings: NewsSettings): Promise<DeliveryList>;
    /** Looks for news and sends what is due, now; while it is started this happens by itself. */
    round(): Promise<Kept[] | null>;
    close(): Promise<void>;
  };

export type NewsDeps = {
  dataDir: string;
  access: Pick<Access, 'account' | 'accounts'>;
  looks: Looks;
  pages: Pick<PageReads, 'publication'>;
  inbox: Pick<InboxReads, 'counts'>;
  reads: Pick<Reads, 'quarantined'>;
  desk: Pick<Desk, 'handledCount'>;
  projection: Pick<Projection, 'watermark' | 'onMove' | 'caughtUp'>;
  /** Undefined: no letters. */
  mail: MailSettings | undefined;
  allowPrivate: boolean;
  publicUrl(): string;
  log: Pick<Log, 'warn'>;
  now(): number;
  /** How long after the projection has moved it is looked for news, and how often at least. */
  afterMs?: number;
  everyMs?: number;
  /** How long a webhook may take. */
  patienceMs?: number;
};

const SHOWN_DELIVERIES = 200;
/** A message that is under way when the server ends is waited for so long; the next server says what it may have become. */
const LAST_MS = 3_000;

export function openNews(deps: NewsDeps): News {
  const { access, looks, now, log, afterMs = 1_000, everyMs = 30_000, patienceMs } = deps;
  const store = openNewsStore(deps.dataDir);
  const people = openPeople(store, now);
  const outbox = openOutbox(store);
  const lease = openLease(store, randomUUID(), now);
  const readerOf = ({
    id,
    rights,
  }: {
    id: string;
    rights: Pick<Principal, 'roles' | 'unit' | 'reviews'>;
  }): Reader => ({
    id,
    ...rights,
  });
  const planOf = async (year: number): Promise<Plan | undefined> => (await looks.ranking(year))?.plan;

  async function waiting(year: number, reviewer: Reader | null): Promise<Waiting> {
    const who = reviewer
      ? principalOf(reviewer.id, '', reviewer)
      : principalOf('', '', { roles: ['organisation'] });
    const { counts } = await deps.inbox.counts({ year }, who);
    if (reviewer) return { verification: counts.verification, appeals: 0, quarantine: 0 };
    const total = await deps.reads.quarantined();
    return {
      verification: counts.verification,
      appeals: counts.appeals ?? 0,
      quarantine: Math.max(0, total - deps.desk.handledCount()),
    };
  }

  const newsroom = createNewsroom({
    store,
    people,
    outbox,
    lease,
    looks,
    publication: deps.pages.publication,
    waiting,
    readers: () =>
      access
        .accounts()
        .filter(({ disabledAt }) => disabledAt === null)
        .map(readerOf),
    caughtUp: deps.projection.caughtUp,
    watermark: deps.projection.watermark,
    now,
  });
  const courier = createCourier({
    store,
    people,
    outbox,
    lease,
    mailer: deps.mail && createMailer(deps.mail),
    poster: createPoster({
      allowPrivate: deps.allowPrivate,
      ...(patienceMs === undefined ? {} : { patienceMs }),
    }),
    account: access.account,
    isClosed: () => rounds.isClosed(),
    planOf,
    publicUrl: deps.publicUrl,
    now,
  });

  const rounds = startRounds({
    look: newsroom.look,
    send: courier.run,
    onMove: deps.projection.onMove,
    log,
    afterMs,
    everyMs,
  });
  const { sendSoon } = rounds;

  const rowOf = ({ account, channel, confirm, seqs, more, ...delivery }: Delivery): DeliveryRow => {
    const target = confirm?.target ?? people.find(account)?.[channel]?.target;
    const iso = (at: number): string => new Date(at).toISOString();
    const { id, of, state, tries, fault, createdAt, nextAt, sentAt } = delivery;
    return {
      id,
      person: access.account(account)?.name ?? account,
      channel,
      of,
      target: target === undefined ? '' : shownTarget(channel, target),
      news: seqs.length + more,
      state,
      tries,
      fault,
      createdAt: iso(createdAt),
      nextAt: state === 'waiting' ? iso(nextAt) : null,
      sentAt: sentAt === null ? null : iso(sentAt),
    };
  };
  const deliveries = (): DeliveryList => ({
    deliveries: outbox.latest(SHOWN_DELIVERIES).map(rowOf),
    counts: outbox.counts(),
    settings: people.settings(),
    mailReady: deps.mail !== undefined,
  });

  return {
    ...createNewsLists(store, planOf),
    ...createNewsWays({
      store,
      people,
      outbox,
      account: access.account,
      allowPrivate: deps.allowPrivate,
      sendSoon,
      now,
    }),
    markRead: (who, request) => store.write(() => store.markRead(who.id, request)),
    deliveries,
    async again(id) {
      const found = await store.write(() => outbox.again(id, now()));
      if (!found) throw new Problem('conflict', `Message ${id} is not one that can be sent again.`);
      sendSoon();
      return deliveries();
    },
    async setSettings(settings) {
      if (settings.mail && !deps.mail)
        throw new Problem('conflict', 'No mail server is set: SMTP_URL and MAIL_FROM are needed.');
      await store.write(() => people.setSettings(settings));
      sendSoon();
      return deliveries();
    },
    round: rounds.round,
    async close() {
      await Promise.race([rounds.close(), sleep(LAST_MS, undefined, { ref: false })]);
      await store.write(() => lease.drop());
      await store.close();
    },
  };
}
