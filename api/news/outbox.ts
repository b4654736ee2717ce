import type { Database } from 'lmdb';
import type { Channel, DeliveryFault, DeliveryState } from '#schemas/results/news.ts';
import type { NewsStore } from './store.ts';

/**
 * One message to one person: waiting → sending → sent. `sending` is written down just before the last byte goes out,
 * so that a process that is killed knows afterwards which messages may have arrived; these are not sent again, but for
 * those whose reader tells by the id that it has them (`handed`).
 */
export type Delivery = {
  id: number;
  account: string;
  channel: Channel;
  of: 'confirm' | 'at-once' | 'weekly';
  /** News that it tells of, and how much more there was. */
  seqs: number[];
  more: number;
  /** The question that a confirmation brings; gone once it is over. */
  confirm?: { secret: string; target: string };
  state: DeliveryState;
  /**
   * True once a program may have got it that tells messages apart by their ids: what is new waits for the next one,
   * since under this id it would be taken for told already.
   */
  handed?: boolean;
  tries: number;
  fault: DeliveryFault | null;
  /** Part of the message's id, which never changes. */
  createdAt: number;
  nextAt: number;
  /** After this it is not sent any more. */
  until: number;
  sentAt: number | null;
};

/** The most that one message names, however long the mail server was away. */
export const MOST_NEWS = 100;
/** Messages that are over and still shown to the department. */
const MOST_FINISHED = 5_000;
const TRIED_MS = 5 * 86_400_000;

type QueueRequest = Pick<Delivery, 'account' | 'channel' | 'of' | 'seqs'> &
  Pick<Partial<Delivery>, 'confirm'>;

/** What is to be sent, in the store of the news; methods that write must run within `store.write`. */
export type Outbox = {
  /** Adds to the message that already waits for the same person and channel: there is at most one. */
  queue(request: QueueRequest, at: number): void;
  /** What is under way, the oldest first. */
  pending(): Delivery[];
  find(id: number): Delivery | undefined;
  /** Undefined where it is not there any more. */
  change(id: number, change: Partial<Delivery>): Delivery | undefined;
  /** Waits again, by order of the department. */
  again(id: number, at: number): Delivery | undefined;
  /** The latest first. */
  latest(limit: number): Delivery[];
  counts(): Record<DeliveryState, number>;
};

const OPEN: readonly DeliveryState[] = ['waiting', 'sending'];

export function openOutbox({ root }: NewsStore): Outbox {
  const pending: Database<Delivery, number> = root.openDB({ name: 'outbox' });
  const finished: Database<Delivery, number> = root.openDB({ name: 'delivered' });
  /** What waits, by whom it is for: on a day of deadlines everybody's is asked for. */
  const waiting: Database<number, [string, string, string]> = root.openDB({ name: 'waiting' });

  const nextId = (): number => {
    const [open = 0] = pending.getKeys({ reverse: true, limit: 1 });
    const [over = 0] = finished.getKeys({ reverse: true, limit: 1 });
    return Math.max(open, over) + 1;
  };
  const find = (id: number): Delivery | undefined => pending.get(id) ?? finished.get(id);

  const put = (delivery: Delivery): Delivery => {
    const { id, state, account, channel, of, handed } = delivery;
    if (state === 'waiting' && !handed) waiting.put([account, channel, of], id);
    else if (waiting.get([account, channel, of]) === id) waiting.remove([account, channel, of]);
    if (OPEN.includes(state)) {
      finished.remove(id);
      pending.put(id, delivery);
      return delivery;
    }
    const { confirm: _, ...over } = delivery;
    pending.remove(id);
    finished.put(id, over);
    const beyond = finished.getCount() - MOST_FINISHED;
    if (beyond > 0) for (const key of [...finished.getKeys({ limit: beyond })]) finished.remove(key);
    return over;
  };

  return {
    queue({ account, channel, of, seqs, confirm }, at) {
      const known = waiting.get([account, channel, of]);
      const same = known === undefined ? undefined : pending.get(known);
      const all = [...new Set([...(same && !confirm ? same.seqs : []), ...seqs])].sort((a, b) => a - b);
      const more = (same?.more ?? 0) + Math.max(0, all.length - MOST_NEWS);
      put({
        id: same?.id ?? nextId(),
        account,
        channel,
        of,
        // The latest are named: what is older has been in the product for longer.
        seqs: all.slice(-MOST_NEWS),
        more,
        ...(confirm ? { confirm } : {}),
        state: 'waiting',
        tries: confirm ? 0 : (same?.tries ?? 0),
        fault: confirm ? null : (same?.fault ?? null),
        createdAt: same?.createdAt ?? at,
        nextAt: confirm ? at : (same?.nextAt ?? at),
        until: at + TRIED_MS,
        sentAt: null,
      });
    },
    pending: () => [...pending.getRange()].map(({ value }) => value),
    find,
    change(id, change) {
      const found = find(id);
      return found && put({ ...found, ...change });
    },
    again(id, at) {
      const found = finished.get(id);
      if (!found || found.of === 'confirm' || found.state === 'sent') return undefined;
      return put({ ...found, state: 'waiting', tries: 0, fault: null, nextAt: at, until: at + TRIED_MS });
    },
    latest(limit) {
      const open = [...pending.getRange({ reverse: true })].map(({ value }) => value);
      const over = [...finished.getRange({ reverse: true, limit })].map(({ value }) => value);
      return [...open, ...over].sort((a, b) => b.id - a.id).slice(0, limit);
    },
    counts() {
      const counts = { waiting: 0, sending: 0, sent: 0, uncertain: 0, failed: 0, dropped: 0 };
      for (const { value } of pending.getRange()) counts[value.state] += 1;
      for (const { value } of finished.getRange()) counts[value.state] += 1;
      return counts;
    },
  };
}
