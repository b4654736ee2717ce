import { randomBytes } from 'node:crypto';
import type { Database } from 'lmdb';
import { hashOf, newSecret } from '#api/access/secrets.ts';
import type { Language } from '#schemas/languages.ts';
import type {
  Channel,
  NewsKind,
  NewsPreferences,
  NewsRequest,
  NewsSettings,
  WebhookType,
  When,
} from '#schemas/results/news.ts';
import type { NewsStore } from './store.ts';

/** An address or webhook of a person. Until it is confirmed, only the question whether it is theirs goes there. */
type Way = {
  /** An address, or an URL. */
  target: string;
  confirmedAt: number | null;
  when: When | null;
  /** The secret of the link in each letter that stops them. It allows nothing else. */
  stop: string;
};
export type MailWay = Way;
export type WebhookWay = Way & { type: WebhookType; secret: string | null };

/** How somebody wants to hear of news. */
export type Person = {
  language: Language;
  kinds: NewsKind[];
  mail: MailWay | null;
  webhook: WebhookWay | null;
  /** By channel: the week whose digest was made last, and the last news that it told. */
  digest: Partial<Record<Channel, { week: string; upTo: number }>>;
};

/** Spent by the press on the link that a message brings. */
type Link = { account: string; channel: Channel; target: string; expiresAt: number };

const LINK_DAYS = 3;
const DEFAULT_SETTINGS: NewsSettings = { mail: false, webhook: false, fallBy: 5 };

/** Preferences and confirmations; methods that write must run within `store.write`. */
export type People = {
  find(account: string): Person | undefined;
  all(): { account: string; person: Person }[];
  choose(account: string, request: NewsRequest): Person;
  /** Sets a way, unconfirmed, and gives the secret of the link that confirms it. */
  setMail(account: string, address: string, fallback: NewsRequest): string;
  setWebhook(
    account: string,
    request: { type: WebhookType; url: string; secret: string | null },
    fallback: NewsRequest,
  ): string;
  drop(account: string, channel: Channel): void;
  /** `last`: the news that is there already; `week`: the one whose digest would be over. */
  confirm(secret: string, last: number, week: string): Link | undefined;
  stop(secret: string): Link | undefined;
  digested(account: string, channel: Channel, digest: { week: string; upTo: number }): void;
  settings(): NewsSettings;
  setSettings(settings: NewsSettings): void;
};

export function openPeople({ root, memory, remember }: NewsStore, now: () => number): People {
  const people: Database<Person, string> = root.openDB({ name: 'people' });
  const links: Database<Link, string> = root.openDB({ name: 'links' });
  const stops: Database<Omit<Link, 'expiresAt'>, string> = root.openDB({ name: 'stops' });

  const linkFor = (account: string, channel: Channel, target: string): string => {
    // One at a time: the link before is for another address, or was lost.
    for (const { key, value } of links.getRange())
      if ((value.account === account && value.channel === channel) || value.expiresAt <= now())
        links.remove(key);
    const secret = newSecret('wxlink');
    links.put(hashOf(secret), { account, channel, target, expiresAt: now() + LINK_DAYS * 86_400_000 });
    return secret;
  };

  const wayTo = (account: string, channel: Channel, target: string, before: Way | null): Way => {
    const stop = randomBytes(18).toString('base64url');
    stops.put(hashOf(stop), { account, channel, target });
    return { target, confirmedAt: null, when: before?.when ?? 'at-once', stop };
  };

  const begun = (account: string, { language, kinds }: NewsRequest): Person =>
    people.get(account) ?? { language, kinds, mail: null, webhook: null, digest: {} };

  const forget = (way: Way | null): void => void (way && stops.remove(hashOf(way.stop)));

  return {
    find: (account) => people.get(account),
    all: () => [...people.getRange()].map(({ key, value }) => ({ account: key, person: value })),
    choose(account, request) {
      const before = begun(account, request);
      const { language, kinds } = request;
      const person: Person = {
        ...before,
        language,
        kinds,
        mail: before.mail && { ...before.mail, when: request.mail },
        webhook: before.webhook && { ...before.webhook, when: request.webhook },
      };
      people.put(account, person);
      return person;
    },
    setMail(account, address, fallback) {
      const before = begun(account, fallback);
      forget(before.mail);
      people.put(account, { ...before, mail: wayTo(account, 'mail', address, before.mail) });
      return linkFor(account, 'mail', address);
    },
    setWebhook(account, { type, url, secret }, fallback) {
      const before = begun(account, fallback);
      forget(before.webhook);
      people.put(account, {
        ...before,
        webhook: { ...wayTo(account, 'webhook', url, before.webhook), type, secret },
      });
      return linkFor(account, 'webhook', url);
    },
    drop(account, channel) {
      const person = people.get(account);
      if (!person) return;
      forget(person[channel]);
      people.put(account, { ...person, [channel]: null });
    },
    confirm(secret, last, week) {
      const key = hashOf(secret);
      const link = links.get(key);
      const person = link ? people.get(link.account) : undefined;
      const way = link && person ? person[link.channel] : null;
      if (!link || !person || !way || link.expiresAt <= now() || way.target !== link.target) return undefined;
      links.remove(key);
      const confirmed = { ...way, confirmedAt: now() };
      // The first digest begins here, and not with what happened before.
      const digest = { ...person.digest, [link.channel]: { week, upTo: last } };
      people.put(link.account, { ...person, [link.channel]: confirmed, digest });
      return link;
    },
    stop(secret) {
      const found = stops.get(hashOf(secret));
      const person = found ? people.get(found.account) : undefined;
      const way = found && person ? person[found.channel] : null;
      if (!found || !person || way?.target !== found.target) return undefined;
      people.put(found.account, { ...person, [found.channel]: { ...way, when: null } });
      return { ...found, expiresAt: 0 };
    },
    digested(account, channel, digest) {
      const person = people.get(account);
      if (person) people.put(account, { ...person, digest: { ...person.digest, [channel]: digest } });
    },
    settings: () => memory<NewsSettings>('settings') ?? DEFAULT_SETTINGS,
    setSettings: (settings) => remember('settings', settings),
  };
}

const masked = (url: string): string => {
  const { protocol, host, href } = new URL(url);
  return `${protocol}//${host}/…${href.slice(-4)}`;
};

/** Where a way leads, without what would let somebody else post there. */
export const shownTarget = (channel: Channel, target: string): string =>
  channel === 'mail' ? target : masked(target);

export const preferencesOf = (
  person: Person | undefined,
  fallback: NewsRequest,
  { mail, webhook }: NewsSettings,
): NewsPreferences => ({
  language: person?.language ?? fallback.language,
  kinds: person?.kinds ?? fallback.kinds,
  mail: person?.mail
    ? { target: person.mail.target, confirmed: person.mail.confirmedAt !== null, when: person.mail.when }
    : null,
  webhook: person?.webhook
    ? {
        target: masked(person.webhook.target),
        confirmed: person.webhook.confirmedAt !== null,
        when: person.webhook.when,
        type: person.webhook.type,
      }
    : null,
  open: { mail, webhook },
});
