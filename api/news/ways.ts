import { randomBytes } from 'node:crypto';
import type { Access } from '#api/access/access.ts';
import type { Principal } from '#api/access/principal.ts';
import { Problem } from '#api/http/problem.ts';
import type { Language } from '#schemas/languages.ts';
import { kindsFor } from '#schemas/news/readers.ts';
import type {
  Channel,
  MailRequest,
  NewsPreferences,
  NewsRequest,
  WebhookRequest,
} from '#schemas/results/news.ts';
import type { Delivery, Outbox } from './outbox.ts';
import { type People, preferencesOf } from './people.ts';
import type { NewsStore } from './store.ts';

/** Questions that one account may ask in a day: nobody is flooded with them in another's name. */
const MOST_QUESTIONS = 10;
const DAY_MS = 86_400_000;

type Spent = { channel: Channel; target: string; account: string };

/** What somebody wants to be told of, and by which ways: an address counts once the link sent to it was pressed. */
export type NewsWays = {
  preferences(who: Principal): NewsPreferences;
  choose(who: Principal, request: NewsRequest): Promise<NewsPreferences>;
  setMail(who: Principal, request: MailRequest): Promise<NewsPreferences>;
  /** `secret`: what was made to sign with, told this once; null where none was made. */
  setWebhook(
    who: Principal,
    request: WebhookRequest,
  ): Promise<{ preferences: NewsPreferences; secret: string | null }>;
  drop(who: Principal, channel: Channel): Promise<NewsPreferences>;
  /** Spends the link of a message; undefined where it is not good (any more). */
  confirm(secret: string): Promise<Spent | undefined>;
  stop(secret: string): Promise<Spent | undefined>;
};

export function createNewsWays(parts: {
  store: NewsStore;
  people: People;
  outbox: Outbox;
  account: Access['account'];
  allowPrivate: boolean;
  /** Sends what was just ordered. */
  sendSoon(): void;
  now(): number;
}): NewsWays {
  const { store, people, outbox, account, allowPrivate, sendSoon, now } = parts;

  const fallbackFor = (who: Pick<Principal, 'roles'>, language: Language = 'zh-CN'): NewsRequest => ({
    language,
    kinds: kindsFor(who),
    mail: null,
    webhook: null,
  });
  const preferences = (who: Principal): NewsPreferences =>
    preferencesOf(people.find(who.id), fallbackFor(who), people.settings());
  const refuseStrangers = (who: Principal): void => {
    if (!account(who.id))
      throw new Problem('conflict', 'Only an account can be told of news: a token or a link has no address.');
  };

  /** Counts the questions of a day; within the transaction, before anything is written. */
  function countQuestion(id: string, channel: Channel): void {
    if (!people.settings()[channel])
      throw new Problem('conflict', 'The department has not opened this way of sending.');
    const name = `questions:${id}`;
    const asked = (store.memory<number[]>(name) ?? []).filter((at) => at > now() - DAY_MS);
    if (asked.length >= MOST_QUESTIONS)
      throw new Problem('too-many-requests', 'Too many addresses were tried today; try again tomorrow.', {
        headers: { 'Retry-After': String(Math.ceil(((asked[0] ?? now()) + DAY_MS - now()) / 1_000)) },
      });
    store.remember(name, [...asked, now()]);
  }
  /** Asks the owner of an address whether it is right. */
  const ask = (id: string, channel: Channel, confirm: NonNullable<Delivery['confirm']>): void =>
    outbox.queue({ account: id, channel, of: 'confirm', seqs: [], confirm }, now());

  return {
    preferences,
    async choose(who, request) {
      refuseStrangers(who);
      await store.write(() => people.choose(who.id, request));
      return preferences(who);
    },
    async setMail(who, { address, language }) {
      refuseStrangers(who);
      await store.write(() => {
        countQuestion(who.id, 'mail');
        const secret = people.setMail(who.id, address, fallbackFor(who, language));
        ask(who.id, 'mail', { secret, target: address });
      });
      sendSoon();
      return preferences(who);
    },
    async setWebhook(who, { type, url, secret: given, language }) {
      refuseStrangers(who);
      if (!allowPrivate && new URL(url).protocol !== 'https:')
        throw new Problem('invalid', 'url: must begin with https', {
          errors: [{ field: 'url', message: 'must begin with https' }],
        });
      const made =
        type === 'signed' && given === undefined ? `whsec_${randomBytes(32).toString('base64')}` : null;
      await store.write(() => {
        countQuestion(who.id, 'webhook');
        const secret = people.setWebhook(
          who.id,
          { type, url, secret: given ?? made },
          fallbackFor(who, language),
        );
        ask(who.id, 'webhook', { secret, target: url });
      });
      sendSoon();
      return { preferences: preferences(who), secret: made };
    },
    async drop(who, channel) {
      refuseStrangers(who);
      await store.write(() => people.drop(who.id, channel));
      return preferences(who);
    },
    confirm: (secret) =>
      store.write(() => people.confirm(secret, store.last(), store.memory<string>('week') ?? '')),
    stop: (secret) => store.write(() => people.stop(secret)),
  };
}
