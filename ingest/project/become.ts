import type { Fault } from '#schemas/admission.ts';
import { instantOf } from '#schemas/dates.ts';
import type { WuxingEvent } from '#schemas/events.ts';
import type { Position } from '#schemas/position.ts';
import type { Admitted, Claim } from '../admission/admit.ts';
import type { Identity } from '../state/identityCodec.ts';
import type { StateView, Write } from '../state/state.ts';
import { decide } from './decide.ts';
import type { Effect } from './effect.ts';

/** When an event arrived, and where it stands; 0 while the stream has not told. */
export type Arrival = { position: Position; storedAt: number };

/**
 * What becomes of an admitted event after everything before it. `writes` is what the state learns from it: its
 * identity and its subject's clock even where it is refused, so that the same record is refused on every replay.
 */
export type Fate = { clock: Clock; writes: readonly Write[] } & (
  | { outcome: 'applied'; effect: Effect; identity: Identity }
  /** The same event has come before. */
  | { outcome: 'already'; first: Identity }
  /** Another event has its identity. */
  | { outcome: 'taken' }
  | { outcome: 'refused'; conflict: boolean; faults: readonly Fault[] }
);

/** What somebody asks of an event besides; the projection asks nothing more. */
export type Stricter = {
  /** Before it is decided. */
  early(view: StateView, event: WuxingEvent, recordedAt: number): readonly Fault[];
  /** Once its effect is known. */
  late(view: StateView, event: WuxingEvent, effect: Effect): readonly Fault[];
};

const NOTHING_MORE: Stricter = { early: () => [], late: () => [] };

export const TAKEN = 'another event with the same source and id, but other content, came first';

/**
 * When an event counts as recorded: by its own time, else the stream's, never before its subject's last. `asSaid`:
 * whether that is what its envelope says.
 */
export type Clock = { recordedAt: number; asSaid: boolean; moves: boolean };

export function clockOf(view: StateView, { subject, recordedtime }: WuxingEvent, storedAt: number): Clock {
  const own = recordedtime === undefined ? Math.max(0, storedAt) : instantOf(recordedtime);
  const last = view.get('clocks', subject) ?? 0;
  return {
    recordedAt: Math.max(own, last),
    asSaid: recordedtime !== undefined && own >= last,
    moves: own > last,
  };
}

/** Who has an identity already; undefined where it is free. */
export function holderOf(
  view: StateView,
  { key, content }: Claim,
): { outcome: 'already'; first: Identity } | { outcome: 'taken' } | undefined {
  const first = view.get('identities', key);
  if (!first) return undefined;
  return first.content === content ? { outcome: 'already', first } : { outcome: 'taken' };
}

/**
 * The one procedure by which an event takes effect: the projection calls it with the state at its checkpoint, the
 * intake with its pending state laid over, a rehearsal with what it rehearsed over that. It changes nothing.
 */
export function become(
  view: StateView,
  { event, key, content }: Admitted,
  { position, storedAt }: Arrival,
  stricter: Stricter = NOTHING_MORE,
): Fate {
  const clock = clockOf(view, event, storedAt);
  const { recordedAt } = clock;
  const clocked: Write[] = clock.moves ? [{ table: 'clocks', key: event.subject, value: recordedAt }] : [];
  const held = holderOf(view, { key, content });
  if (held) return { ...held, clock, writes: clocked };
  const identity: Identity = { position, content };
  const writes: Write[] = [...clocked, { table: 'identities', key, value: identity }];
  const refused = (faults: readonly Fault[], conflict = false): Fate => ({
    outcome: 'refused',
    conflict,
    faults,
    clock,
    writes,
  });
  const early = stricter.early(view, event, recordedAt);
  if (early.length > 0) return refused(early);
  const decision = decide(view, event, { position, recordedAt });
  if ('refusal' in decision) return refused(decision.refusal.faults, decision.refusal.conflict);
  const { effect } = decision;
  const late = stricter.late(view, event, effect);
  if (late.length > 0) return refused(late);
  if ('key' in effect) writes.push({ table: effect.table, key: effect.key, value: effect.after } as Write);
  return { outcome: 'applied', effect, identity, clock, writes };
}
