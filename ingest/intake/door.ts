import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Envelope } from '#schemas/events.ts';
import type { Offsets, Position } from '#schemas/position.ts';
import type { Receipt } from '#schemas/results/results.ts';
import { stampFor, stampOf } from '../admission/stamp.ts';
import { isLasting } from '../lasting.ts';
import { NoRoom } from '../process/room.ts';
import { createPendingState } from '../state/pendingState.ts';
import type { StateReader, StateView, Wanted } from '../state/state.ts';
import type { EventStream } from '../stream/eventStream.ts';
import { createCatchUpGate } from './catchUpGate.ts';
import { CHUNK, chunksOf } from './chunks.ts';
import { letIn, type Misfits, type Outcome, receiptOf, unseen, wantedBy } from './outcome.ts';
import { createPatience, type Patience } from './patience.ts';
import { createRaisedCounter } from './raised.ts';
import { admitFrom, type Sender } from './sender.ts';

export type DoorOptions = {
  stream: EventStream;
  /** Where the projected state is looked up. */
  state: StateReader;
  misfits: Misfits;
  /** Milliseconds since the epoch. */
  clock?: () => number;
  /** Most events that may be under way or not projected yet (default 20,000); beyond, the door is busy. */
  limit?: number;
  /** Most letters that those not projected yet may have (default 100 million). */
  mostLetters?: number;
};

export type SubmitOptions = {
  /** Refusals of one kind after which the rest of the events is not checked (default: all are). */
  patience?: number;
};

/** The door takes no more at the moment, or the stream did not confirm: sending the same again is harmless. */
export class Busy extends Error {
  readonly retryAfter: number;
  constructor(message: string, { retryAfter = 1, cause }: { retryAfter?: number; cause?: unknown } = {}) {
    super(message, { cause });
    this.name = 'Busy';
    this.retryAfter = retryAfter;
  }
}

/** The store or the stream refuses what these events ask of it, and will refuse it again. */
export class Refused extends Error {}

/** An exported stream may be restored into an empty one only. */
export class NotEmpty extends Error {}

/** How many events were restored, and of how many the time is raised to that of the one before in their subject. */
export type Restored = { events: number; raised: number };

/** The way into the stream: events are checked, dated, and appended; the answer comes once they are durable. */
export type Door = {
  /**
   * Receipts in the order of the events. Rejects with `Busy` where nothing, part or perhaps part was appended: the
   * sender repeats the call then, and identity makes that harmless.
   */
  submit(events: readonly unknown[], sender: Sender, options?: SubmitOptions): Promise<Receipt[]>;
  /** What stands at the moment under the wanted keys, this door's own events included. `use` must not wait. */
  look<T>(wanted: () => Wanted[], use: (view: StateView) => T): Promise<T>;
  /** This door for a dry run: it says what would become of events, one behind the other, and appends none. */
  rehearse(): Pick<Door, 'submit' | 'look'>;
  /** Appends an event that only the server may write; `actor`: in the name of that account. */
  record(event: unknown, actor?: string): Promise<Receipt>;
  /** Appends exported envelopes to an empty stream as they are, `recordedtime` too. */
  restore(envelopes: Iterable<unknown> | AsyncIterable<unknown>): Promise<Restored>;
  /** To be told whenever the projection moves; `reset` where it starts over. */
  advance(advance: { offsets: Offsets; reset?: boolean }): void;
  /** Events appended and not projected yet. */
  pending(): number;
  /** Resolves once every event that has its recorded time by now is in the stream, or has failed to get there. */
  flushed(): Promise<void>;
  /** Resolves when the door stands open: the projection has caught up with the stream. */
  opened(): Promise<void>;
  isOpen(): boolean;
  close(): Promise<void>;
};

/** Appends of a restored stream under way at a time. */
const AHEAD = 4;

const SHUT = 'The stream is being read; try again soon.';
const UNKNOWN = 'What stands already cannot be looked up at the moment; try again soon.';
const REFUSED = {
  look: 'The store refuses to say what stands already. Nothing was taken of what was not confirmed; sending the same again fails the same way.',
  append:
    'The stream refuses these events, for good. Nothing was taken of what was not confirmed; sending the same again fails the same way.',
};
const FULL = 'More events are coming in than can be taken; try again soon.';

/** A stored event without the position that it had; everything else is the stream's to keep. */
function withoutPosition(stored: unknown): Envelope {
  if (stored === null || typeof stored !== 'object' || Array.isArray(stored)) return stored as Envelope;
  const { position: _, ...envelope } = stored as Envelope & { position?: unknown };
  return envelope;
}

/** What is only rehearsed has no position. */
function rehearsedReceipt(outcome: Outcome): Receipt {
  if (outcome.status === 'appended') return { id: outcome.id, status: 'appended' };
  return receiptOf(outcome);
}

type Candidate = Parameters<typeof letIn>[1];

/** Checks events one after another, as far as patience reaches. */
function admitAll(events: readonly unknown[], sender: Sender, patience: Patience): Candidate[] {
  const candidates: Candidate[] = [];
  for (const input of events) {
    if (patience.spent()) break;
    const admission = admitFrom(sender, input);
    if ('faults' in admission) patience.refused(admission.faults);
    candidates.push({ input, admission });
  }
  return candidates;
}

export function createDoor(options: DoorOptions): Door {
  const { stream, state, misfits, clock = Date.now, limit = 20_000, mostLetters = 100_000_000 } = options;
  const pending = createPendingState();
  const gate = createCatchUpGate(stream, pending);
  let underWay = 0;

  const look = (wanted: () => Wanted[]): Promise<StateView> =>
    state.load(wanted).catch((cause) => {
      throw isLasting(cause) ? new Refused(REFUSED.look, { cause }) : new Busy(UNKNOWN, { cause });
    });

  function append(good: readonly Extract<Outcome, { status: 'appended' }>[]): void {
    if (good.length === 0) return;
    const envelopes = good.map(({ envelope }) => envelope);
    const stamps = good.map(({ admitted }) => stampOf(admitted));
    const placed = gate.append(envelopes, stamps).then((positions) => {
      for (const [index, one] of good.entries()) pending.place(one.pending, positions[index] as Position);
      pending.projected(gate.projected());
    });
    gate.acknowledge(placed);
  }

  /**
   * Decides on a chunk, as far as patience reaches, and gives what is good to the stream. Both in one step, without
   * waiting in between: order of decision is order of appending.
   */
  async function letChunkIn(
    events: readonly unknown[],
    sender: Sender,
    patience: Patience,
  ): Promise<Outcome[]> {
    const candidates = admitAll(events, sender, patience);
    const wanted = () =>
      candidates.flatMap(({ admission }) => ('admitted' in admission ? wantedBy(admission.admitted) : []));
    if (!gate.isOpen()) throw new Busy(SHUT);
    const epoch = gate.epoch();
    const release = pending.hold();
    try {
      const view = pending.over(await look(wanted));
      if (!gate.isOpen() || epoch !== gate.epoch()) throw new Busy(SHUT);
      const now = clock();
      const outcomes: Outcome[] = [];
      // Where patience ended with what was admitted, everything up to there is checked.
      const mayEnd = !patience.spent();
      for (const candidate of candidates) {
        if (mayEnd && patience.spent()) break;
        const outcome = letIn({ pending, view, now, misfits }, candidate);
        if (mayEnd && 'admitted' in candidate.admission && 'faults' in outcome)
          patience.refused(outcome.faults);
        outcomes.push(outcome);
      }
      append(outcomes.filter((outcome) => outcome.status === 'appended'));
      return outcomes;
    } finally {
      release();
    }
  }

  async function letAllIn(
    events: readonly unknown[],
    sender: Sender,
    { patience: most = Number.POSITIVE_INFINITY }: SubmitOptions,
  ): Promise<Receipt[]> {
    const outcomes: Outcome[] = [];
    const patience = createPatience(most);
    for (let at = 0; at < events.length && !patience.spent(); at += CHUNK) {
      if (at > 0) await yieldToOthers();
      outcomes.push(...(await letChunkIn(events.slice(at, at + CHUNK), sender, patience)));
    }
    const left = events.slice(outcomes.length);
    const notice = patience.notice(left.length - 1);
    for (const input of left) outcomes.push(unseen(input, notice));
    await gate.allAcknowledged().catch((cause) => {
      if (cause instanceof NoRoom) throw new Busy(cause.message, { retryAfter: 30, cause });
      if (isLasting(cause)) throw new Refused(REFUSED.append, { cause });
      throw new Busy('The stream has not confirmed the events; send them again.', { cause });
    });
    return outcomes.map(receiptOf);
  }

  async function submit(
    events: readonly unknown[],
    sender: Sender,
    options: SubmitOptions = {},
  ): Promise<Receipt[]> {
    const before = underWay + pending.size();
    if (!gate.isOpen()) throw new Busy(SHUT);
    if (before > 0 && before + events.length > limit) throw new Busy(FULL);
    if (pending.letters() > mostLetters) throw new Busy(FULL);
    underWay += events.length;
    try {
      return await letAllIn(events, sender, options);
    } finally {
      underWay -= events.length;
    }
  }

  async function lookUp<T>(wanted: () => Wanted[], use: (view: StateView) => T): Promise<T> {
    const release = pending.hold();
    try {
      return use(pending.over(await look(wanted)));
    } finally {
      release();
    }
  }

  /** Events are decided on over what this door has pending, and over those rehearsed before them. */
  function rehearse(): Pick<Door, 'submit' | 'look'> {
    const rehearsed = createPendingState();
    const lookOver: Door['look'] = (wanted, use) => lookUp(wanted, (view) => use(rehearsed.over(view)));
    return {
      look: lookOver,
      async submit(events, sender) {
        const candidates = events.map((input) => ({ input, admission: admitFrom(sender, input) }));
        const wanted = () =>
          candidates.flatMap(({ admission }) =>
            'admitted' in admission ? wantedBy(admission.admitted) : [],
          );
        return lookOver(wanted, (view) =>
          candidates.map((candidate) =>
            rehearsedReceipt(letIn({ pending: rehearsed, view, now: clock(), misfits }, candidate)),
          ),
        );
      },
    };
  }

  async function appendAll(envelopes: Iterable<unknown> | AsyncIterable<unknown>): Promise<Restored> {
    const end = await stream.end();
    if (end.some((offset) => offset > 0)) throw new NotEmpty('The stream holds events already.');
    const ahead: Promise<unknown>[] = [];
    const clocks = createRaisedCounter();
    let events = 0;
    for await (const chunk of chunksOf(envelopes)) {
      const restored = chunk.map(withoutPosition);
      for (const envelope of restored) clocks.look(envelope);
      ahead.push(gate.append(restored, restored.map(stampFor)));
      events += chunk.length;
      if (ahead.length >= AHEAD) await ahead.shift();
    }
    await Promise.all(ahead);
    return { events, raised: clocks.count() };
  }

  return {
    submit,
    look: lookUp,
    rehearse,
    record: async (event, actor) =>
      (await submit([event], { role: 'server', ...(actor !== undefined && { actor }) }))[0] as Receipt,
    async restore(envelopes) {
      if (!gate.isOpen()) throw new Busy(SHUT);
      return gate.shutWhile(() => appendAll(envelopes));
    },
    advance({ offsets, reset = false }) {
      pending.projected(offsets);
      gate.advance(offsets);
      if (reset) gate.reopen();
    },
    pending: pending.size,
    flushed: gate.flushed,
    opened: gate.opened,
    isOpen: gate.isOpen,
    close: gate.close,
  };
}
