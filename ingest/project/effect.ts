import type { Fault } from '#schemas/admission.ts';
import type { Plan } from '#schemas/plan.ts';
import type { Position } from '#schemas/position.ts';
import type { TouchedSets } from '#schemas/touched.ts';
import type { Rows, Versioned, VersionOf } from '../tables/tables.ts';

/** Where in the stream, and when, an event took effect. */
export type Moment = { position: Position; recordedAt: number };

/** A version that takes the place of another, if there was one. */
export type Opens = {
  [T in Versioned]: { table: T; key: string; before: VersionOf<T> | undefined; after: VersionOf<T> };
}[Versioned];

/** A row that stays as it is. */
export type Adds = { [T in 'freezes' | 'awards']: { table: T; after: Rows[T][number] } }[
  | 'freezes'
  | 'awards'];

/** What an event does to the world, as known at its moment: one thing at most. */
export type Effect =
  | Opens
  | Adds
  | { table: 'plans'; key: string; after: Plan }
  /** It is in the ledger, and that is all: no answer is computed from it. */
  | { table: 'none' };

/** Notes whom an effect concerns, and in what. */
export function touch(touched: TouchedSets, subject: string, effect: Effect): void {
  touched.all.add(subject);
  if (effect.table === 'none') return;
  if (effect.table !== 'activities') touched.profiles.add(subject);
  else if (effect.after.value !== null || (effect.before && effect.before.value !== null))
    touched.values.add(subject);
}

/** Why an event has no effect. A conflict is one with what stands already, not a fault of the event itself. */
export type Refusal = { conflict: boolean; faults: Fault[] };

export type Decision = { effect: Effect } | { refusal: Refusal };

export const refuse = (field: string, message: string): { refusal: Refusal } => ({
  refusal: { conflict: false, faults: [{ field, message }] },
});

export const conflict = (field: string, message: string): { refusal: Refusal } => ({
  refusal: { conflict: true, faults: [{ field, message }] },
});
