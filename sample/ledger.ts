import {
  type Envelope,
  type EventOf,
  type EventType,
  ORGANISATION,
  unitSource,
  ZONE,
} from '#schemas/events.ts';
import { randomFor } from './random.ts';

/** Who sends: the unit itself, or the organisation department. */
export type Sender = 'unit' | 'organisation';

type Entry = { at: number; envelope: Envelope };

/** Collects the events of the sample with the instants at which they were recorded. */
export type Ledger = {
  send<T extends EventType>(at: number, sender: Sender, id: string, type: T, data: EventOf<T>['data']): void;
  /** Sends everything again that the unit sent from one instant to before another. */
  sendAgain(at: number, unit: string, from: number, to: number): void;
  /** The events recorded before an instant, in the order of recording. */
  before(end: number): Envelope[];
};

const subjectOf = (data: object): string =>
  'unit' in data && typeof data.unit === 'string' ? data.unit : ZONE;

export function createLedger(seed: number): Ledger {
  const random = randomFor(seed, 'ledger');
  const entries: Entry[] = [];
  const push = (at: number, attributes: Pick<Envelope, 'id' | 'source' | 'subject' | 'type' | 'data'>) => {
    const envelope = {
      specversion: '1.0',
      ...attributes,
      time: new Date(at - random.int(150, 2_400)).toISOString(),
      recordedtime: new Date(at).toISOString(),
    } as Envelope;
    entries.push({ at, envelope });
  };
  return {
    send: (at, sender, id, type, data) => {
      const subject = subjectOf(data);
      push(at, { id, source: sender === 'unit' ? unitSource(subject) : ORGANISATION, subject, type, data });
    },
    sendAgain: (at, unit, from, to) => {
      const again = entries
        .filter((entry) => entry.at >= from && entry.at < to && entry.envelope.source === unitSource(unit))
        .sort((a, b) => a.at - b.at);
      again.forEach(({ envelope: { id, source, subject, type, data } }, index) => {
        push(at + index, { id, source, subject, type, data });
      });
    },
    before: (end) =>
      entries
        .filter(({ at }) => at < end)
        .sort((a, b) => a.at - b.at)
        .map(({ envelope }) => envelope),
  };
}
