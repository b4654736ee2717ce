import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Access } from '#api/access/access.ts';
import { type Principal, principalOf } from '#api/access/principal.ts';
import type { Desk } from '#api/desk/desk.ts';
import { Problem } from '#api/http/problem.ts';
import { oneAfterAnother } from '#api/oneAfterAnother.ts';
import type { InboxReads, Log, PageReads, Projection, Reads } from '#api/ports.ts';
import type { Language } from '#schemas/languages.ts';
import { audiencesFor, kindsFor, type Reader, shownTo } from '#schemas/news/readers.ts';
import type { Waiting } from '#schemas/news/rules.ts';
import type { Plan } from '#schemas/plan.ts';
import {
  type Channel,
  type DeliveryList,
  type DeliveryRow,
  type MailRequest,
  MOST_COUNTED,
  type NewsList,
  type NewsPreferences,
  type NewsRequest,
  type NewsSettings,
  type ReadRequest,
  type WebhookRequest,
} from '#schemas/results/news.ts';
import { createCourier } from './courier.ts';
import { openLease } from './lease.ts';
import type { Looks } from './looks.ts';
import { createMailer, type MailSettings } from './mail.ts';
import { createNewsroom } from './newsroom.ts';
import { type Delivery, openOutbox } from './outbox.ts';
import { openPeople, preferencesOf, shownTarget } from './people.ts';
import type { Kept } from './store.ts';
import { openNewsStore } from './store.ts';
import { createPoster } from './webhook.ts';

/** What the routes ask about news. Problems as everywhere. */
export type News = {
  list(who: Principal, page: { limit: number; before?: number | undefined }): Promise<NewsList>;
  unread(who: Principal): Promise<number>;
  markRead(who: Principal, request: ReadRequest): Promise<void>;
  preferences(who: Principal): NewsPreferences;
  choose(who: Principal, request: NewsRequest): Promise<NewsPreferences>;
  setMail(who: Principal, request: MailRequest): Promise<NewsPreferences>;
  setWebhook(
    who: Principal,
    request: WebhookRequest,
  ): Promise<{ preferences: NewsPreferences; secret: string | null }>;
  drop(who: Principal, channel: Channel): Promise<NewsPreferences>;
  /** Spends the link of a message; undefined where it is not good (any more). */
  confirm(secret: string): Promise<{ channel: Channel; target: string; account: string } | undefined>;
  stop(secret: string): Promise<{ channel: Channel; target: string; account: string } | undefined>;
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

/** Questions that one account may ask in a day: nobody is flooded with them in another's name. */
const MOST_QUESTIONS = 10;
const DAY_MS = 86_400_000;
const SHOWN_DELIVERIES = 200;
/** A server that starts has people waiting; news can wait. */
const START_MS = 5_000;
/** Looking may take one part in so many of the time, however fast events come. */
const SHARE = 20;
/** A message that is under way when the server ends is waited for so long; the next server says what it may have become. */
const LAST_MS = 3_000;

const noAccount = (): Problem =>
  new Problem('conflict', 'Only an account can be told of news: a token or a link has no address.');

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
    isClosed: () => closed,
    planOf,
    publicUrl: deps.publicUrl,
    now,
  });

  // --- going by itself ----------------------------------------------------------------------------------------
  let closed = false;
  const inOrder = oneAfterAnother();
  let timer: NodeJS.Timeout | undefined;

  /** How long the last look took: sending is waiting, often for somebody who does not answer, and takes nothing. */
  let lookedMs = 0;
  const round = () =>
    inOrder(async () => {
      if (closed) return null;
      const began = performance.now();
      try {
        return await newsroom.look();
      } finally {
        lookedMs = performance.now() - began;
        // What waits goes, also where a look fails.
        await courier.run();
      }
    });
  let notBefore = performance.now() + START_MS;
  async function go(): Promise<void> {
    try {
      await round();
    } catch (error) {
      if (!closed) log.warn({ err: error }, 'looking for news failed');
    }
    notBefore = performance.now() + SHARE * lookedMs;
    timer = undefined;
  }
  const soon = (): void => {
    if (timer || closed) return;
    timer = setTimeout(go, Math.max(afterMs, notBefore - performance.now())).unref();
  };
  let sending: NodeJS.Timeout | undefined;
  /** What somebody ordered, and waits for, goes without another look. */
  const sendSoon = (): void => {
    if (closed) return;
    sending ??= setTimeout(async () => {
      sending = undefined;
      await inOrder(async () => {
        if (!closed) await courier.run();
      }).catch((error) => {
        if (!closed) log.warn({ err: error }, 'sending news failed');
      });
    }, 0).unref();
  };
  const stopListening = deps.projection.onMove(soon);
  const clock = setInterval(soon, everyMs).unref();
  soon();

  // --- the routes' side ---------------------------------------------------------------------------------------
  async function* seenBy(who: Principal, before = Number.MAX_SAFE_INTEGER): AsyncGenerator<Kept> {
    const plans = new Map<number, Plan | undefined>();
    for (const found of store.list(audiencesFor(who), before)) {
      const { year } = found.body;
      if (!plans.has(year)) plans.set(year, await planOf(year));
      const body = shownTo(found.body, who, plans.get(year));
      if (body) yield { ...found, body };
    }
  }

  async function unread(who: Principal): Promise<number> {
    const { upTo, items } = store.readOf(who.id);
    const single = new Set(items);
    let count = 0;
    for await (const { seq } of seenBy(who)) {
      if (seq <= upTo || count === MOST_COUNTED) break;
      if (!single.has(seq)) count += 1;
    }
    return count;
  }

  const fallbackFor = (who: Pick<Principal, 'roles'>, language: Language = 'zh-CN'): NewsRequest => ({
    language,
    kinds: kindsFor(who),
    mail: null,
    webhook: null,
  });
  const shown = (who: Principal): NewsPreferences =>
    preferencesOf(people.find(who.id), fallbackFor(who), people.settings());
  const refuseStrangers = (who: Principal): void => {
    if (!access.account(who.id)) throw noAccount();
  };

  /** Counts the questions of a day; within the transaction. */
  function countQuestion(account: string, channel: Channel): void {
    if (!people.settings()[channel])
      throw new Problem('conflict', 'The department has not opened this way of sending.');
    const name = `questions:${account}`;
    const asked = (store.memory<number[]>(name) ?? []).filter((at) => at > now() - DAY_MS);
    if (asked.length >= MOST_QUESTIONS)
      throw new Problem('too-many-requests', 'Too many addresses were tried today; try again tomorrow.', {
        headers: { 'Retry-After': String(Math.ceil(((asked[0] ?? now()) + DAY_MS - now()) / 1_000)) },
      });
    store.remember(name, [...asked, now()]);
  }

  const ask = (account: string, channel: Channel, confirm: NonNullable<Delivery['confirm']>): void =>
    outbox.queue({ account, channel, of: 'confirm', seqs: [], confirm }, now());

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
    async list(who, { limit, before }) {
      const { upTo, items: single } = store.readOf(who.id);
      const read = new Set(single);
      const items: NewsList['items'] = [];
      let more = false;
      for await (const { seq, at, body } of seenBy(who, before)) {
        if (items.length === limit) {
          more = true;
          break;
        }
        items.push({ seq, at: new Date(at).toISOString(), unread: seq > upTo && !read.has(seq), body });
      }
      return { items, unread: await unread(who), nextCursor: more ? String(items.at(-1)?.seq) : null };
    },
    unread,
    markRead: (who, request) => store.write(() => store.markRead(who.id, request)),
    preferences: shown,
    async choose(who, request) {
      refuseStrangers(who);
      await store.write(() => people.choose(who.id, request));
      return shown(who);
    },
    async setMail(who, { address, language }) {
      refuseStrangers(who);
      await store.write(() => {
        countQuestion(who.id, 'mail');
        const secret = people.setMail(who.id, address, fallbackFor(who, language));
        ask(who.id, 'mail', { secret, target: address });
      });
      sendSoon();
      return shown(who);
    },
    async setWebhook(who, { type, url, secret: given, language }) {
      refuseStrangers(who);
      if (!deps.allowPrivate && new URL(url).protocol !== 'https:')
        throw new Problem('invalid', 'url: must begin with https', {
          errors: [{ field: 'url', message: 'must begin with https' }],
        });
      const made =
        type === 'signed' && given === undefined ? `whsec_${randomBytes(32).toString('base64')}` : null;
      const kept = given ?? made;
      await store.write(() => {
        countQuestion(who.id, 'webhook');
        const secret = people.setWebhook(who.id, { type, url, secret: kept }, fallbackFor(who, language));
        ask(who.id, 'webhook', { secret, target: url });
      });
      sendSoon();
      return { preferences: shown(who), secret: made };
    },
    async drop(who, channel) {
      refuseStrangers(who);
      await store.write(() => people.drop(who.id, channel));
      return shown(who);
    },
    confirm: (secret) =>
      store.write(() => people.confirm(secret, store.last(), store.memory<string>('week') ?? '')),
    stop: (secret) => store.write(() => people.stop(secret)),
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
    round,
    async close() {
      closed = true;
      stopListening();
      clearInterval(clock);
      clearTimeout(timer);
      clearTimeout(sending);
      await Promise.race([inOrder(async () => undefined), sleep(LAST_MS, undefined, { ref: false })]);
      await store.write(() => lease.drop());
      await store.close();
    },
  };
}
