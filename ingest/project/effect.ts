import type { Fault } from '#schemas/admission.ts';
import type { Plan } from '#schemas/plan.ts';
import type { Position } from '#schemas/position.ts';
import type { TouchedSets } from '#schemas/touched.ts';
import type {
  ActivityVersion,
  AwardRow,
  FreezeRow,
  SelfInspectionVersion,
  TargetVersion,
  UnitVersion,
} from '../tables/tables.ts';

/** Where in the stream, and when, an event took effect. */
export type Moment = { position: Position; recordedAt: number };

type Versioned<T extends string, V> = { table: T; key: string; before: V | undefined; after: V };

/** What an event does to the world, as known at its moment: one thing at most. */
export type Effect =
  | Versioned<'units', UnitVersion>
  | Versioned<'activities', ActivityVersion>
  | Versioned<'targets', TargetVersion>
  | Versioned<'selfInspections', SelfInspectionVersion>
  | { table: 'plans'; key: string; after: Plan }
  | { table: 'freezes'; after: FreezeRow }
  | { table: 'awards'; after: AwardRow }
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
