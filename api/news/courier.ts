import type { Account } from '#api/access/accounts.ts';
import { principalOf, seesAll } from '#api/access/principal.ts';
import { shownTo } from '#schemas/news/readers.ts';
import type { Plan } from '#schemas/plan.ts';
import type { DeliveryFault, NewsBody } from '#schemas/results/news.ts';
import type { Lease } from './lease.ts';
import type { Mailer } from './mail.ts';
import { confirmationOf, type Message, messageOf, stopLink } from './message.ts';
import type { Delivery, Outbox } from './outbox.ts';
import { fault, type Mark, type Outcome } from './outcome.ts';
import type { People, Person } from './people.ts';
import type { NewsStore } from './store.ts';
import type { Poster } from './webhook.ts';

export type CourierParts = {
  store: NewsStore;
  people: People;
  outbox: Outbox;
  lease: Lease;
  /** Undefined where no mail server is set. */
  mailer: Mailer | undefined;
  poster: Poster;
  account(id: string): Account | undefined;
  planOf(year: number): Promise<Plan | undefined>;
  publicUrl(): string;
  /** True once nothing more is to be begun. */
  isClosed(): boolean;
  now(): number;
};

/** Waits between attempts; the last one again and again, until it is too late. */
const PAUSES_MS = [60_000, 5 * 60_000, 15 * 60_000, 30 * 60_000];
/** Posts under way at once, each to another host. */
const MOST_AT_ONCE = 4;

/** Sends what waits: each attempt is written down before and after. One server sends at a time. */
export type Courier = {
  /** Sends what is due now; resolves once all of it has been tried. */
  run(): Promise<void>;
};

export function createCourier(parts: CourierParts): Courier {
  const { store, people, outbox, lease, now } = parts;
  /** What this process is sending. Another message with the state `sending` is left from a process that ended. */
  const mine = new Set<number>();

  /**
   * Writes down what became of it. A server that stood still for so long that another one took over has no say any
   * more, but that it has arrived: else it would open again what the other one sent.
   */
  const finish = ({ id, tries }: Delivery, outcome: Outcome): Promise<unknown> =>
    store.write(() => {
      if (outcome.state === 'sent')
        return outbox.change(id, { state: 'sent', tries: tries + 1, fault: null, sentAt: now() });
      const state = outbox.find(id)?.state;
      if (!lease.take() || (state !== 'waiting' && state !== 'sending')) return undefined;
      if (outcome.state !== 'again')
        return outbox.change(id, { state: outcome.state, tries: tries + 1, fault: outcome.fault });
      const pause = PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)] ?? 0;
      return outbox.change(id, {
        state: 'waiting',
        tries: tries + 1,
        fault: outcome.fault,
        nextAt: now() + pause,
      });
    });

  /** Messages whose process ended while it sent them: they may have arrived. Only programs are handed them again. */
  const recover = (): void => {
    for (const { id, state, handed } of outbox.pending()) {
      if (state !== 'sending' || mine.has(id)) continue;
      outbox.change(id, { state: handed ? 'waiting' : 'uncertain', fault: fault('interrupted') });
    }
  };

  /** Not where it has changed meanwhile: what goes out would not be what is written down as sent. */
  const markFor =
    ({ id, seqs, confirm }: Delivery, toProgram: boolean): Mark =>
    () =>
      store.write(() => {
        const found = outbox.find(id);
        const isSame =
          found?.state === 'waiting' &&
          found.seqs.length === seqs.length &&
          found.confirm?.secret === confirm?.secret;
        const change = { state: 'sending', ...(toProgram ? { handed: true } : {}) } as const;
        return lease.holds() && isSame && outbox.change(id, change) !== undefined;
      });

  /** What the person may see of it now: rights and choices may have changed since it was queued. */
  async function bodiesOf({ seqs }: Delivery, person: Person, { id, rights }: Account): Promise<NewsBody[]> {
    const bodies: NewsBody[] = [];
    for (const seq of seqs) {
      const found = store.find(seq);
      if (!found || !person.kinds.includes(found.body.kind)) continue;
      const shown = shownTo(found.body, { id, ...rights }, await parts.planOf(found.body.year));
      if (shown) bodies.push(shown);
    }
    return bodies;
  }

  async function messageFor(
    delivery: Delivery,
    person: Person,
    account: Account,
  ): Promise<Message | undefined> {
    const { channel, of, confirm, more } = delivery;
    const { language } = person;
    const base = parts.publicUrl();
    if (confirm) return confirmationOf({ language, base, secret: confirm.secret, name: account.login });
    const way = person[channel];
    if (!way || way.when === null || way.confirmedAt === null) return undefined;
    const bodies = await bodiesOf(delivery, person, account);
    if (bodies.length === 0) return undefined;
    const all = seesAll(principalOf(account.id, account.name, account.rights));
    return messageOf({ language, base, weekly: of === 'weekly', bodies, more, seesAll: all, stop: way.stop });
  }

  async function attempt(delivery: Delivery): Promise<Outcome | 'dropped'> {
    const account = parts.account(delivery.account);
    const person = people.find(delivery.account);
    const way = person?.[delivery.channel];
    if (!account || account.disabledAt !== null || !person || !way) return 'dropped';
    if (delivery.confirm && delivery.confirm.target !== way.target) return 'dropped';
    const message = await messageFor(delivery, person, account);
    if (!message) return 'dropped';
    const base = parts.publicUrl();
    const id = `${delivery.id}.${delivery.createdAt.toString(36)}`;
    const mark = markFor(delivery, delivery.channel === 'webhook' && person.webhook?.type === 'signed');
    if (delivery.channel === 'webhook' && person.webhook) {
      const { type, secret } = person.webhook;
      const { chat: text, data } = message;
      return parts.poster({ type, url: way.target, secret, id: `msg_${id}`, text, data, at: now() }, mark);
    }
    if (!parts.mailer) return { state: 'again', away: true, fault: fault('unreachable', 'SMTP_URL') };
    const { subject, text, html } = message;
    return parts.mailer(
      {
        messageId: `<${id}@${new URL(base).hostname}>`,
        to: way.target,
        subject,
        text,
        html,
        language: person.language,
        date: new Date(now()),
        ...(delivery.confirm ? {} : { unsubscribe: stopLink(base, way.stop) }),
      },
      mark,
    );
  }

  /** Sends one message. Answers why the other side cannot be reached, else null: then the rest for it waits, too. */
  async function send(delivery: Delivery): Promise<DeliveryFault | null> {
    const { id } = delivery;
    if (now() > delivery.until) {
      const said = delivery.fault ?? fault('too-late');
      await store.write(() => outbox.change(id, { state: 'failed', fault: said }));
      return null;
    }
    mine.add(id);
    try {
      const outcome = await attempt(delivery);
      if (outcome === 'dropped') {
        await store.write(() => outbox.change(id, { state: 'dropped', fault: null }));
        return null;
      }
      await finish(delivery, outcome);
      return outcome.state === 'again' && outcome.away === true ? outcome.fault : null;
    } finally {
      mine.delete(id);
    }
  }

  /** One after the other; once nobody answers, the rest of them waits as long. */
  async function sendAll(deliveries: readonly Delivery[]): Promise<void> {
    for (const [at, delivery] of deliveries.entries()) {
      if (parts.isClosed() || !(await store.write(() => lease.take()))) return;
      const away = await send(delivery);
      if (away === null) continue;
      const pause = now() + (PAUSES_MS[0] ?? 0);
      const rest = deliveries.slice(at + 1);
      await store.write(() => {
        for (const { id } of rest) outbox.change(id, { nextAt: pause, fault: away });
      });
      return;
    }
  }

  const hostOf = ({ account, channel, confirm }: Delivery): string => {
    const target = confirm?.target ?? people.find(account)?.[channel]?.target ?? '';
    return channel === 'mail' || !URL.canParse(target) ? channel : new URL(target).host;
  };

  return {
    async run() {
      const due = await store.write(() => {
        if (!lease.take()) return [];
        recover();
        const settings = people.settings();
        const waiting = outbox.pending().filter(({ state }) => state === 'waiting');
        // A program that is silent gets one message, again and again, and the next one after it.
        const silent = new Set(waiting.filter(({ handed }) => handed).map(({ account }) => account));
        const isBehind = ({ account, channel, of, handed }: Delivery): boolean =>
          channel === 'webhook' && of !== 'confirm' && !handed && silent.has(account);
        return waiting.filter((one) => one.nextAt <= now() && settings[one.channel] && !isBehind(one));
      });
      // Those that were silent before come last: nobody waits for them.
      const hosts = [...Map.groupBy(due, hostOf).values()].sort(
        ([a], [b]) => (a?.tries ?? 0) - (b?.tries ?? 0),
      );
      const next = async (): Promise<void> => {
        for (let own = hosts.shift(); own; own = hosts.shift()) await sendAll(own);
      };
      await Promise.all(Array.from({ length: MOST_AT_ONCE }, next));
    },
  };
}
