import { describeFaults, type Fault } from '#schemas/admission.ts';
import { dayIn } from '#schemas/dates.ts';
import type { ActivityBody, Envelope, WuxingEvent } from '#schemas/events.ts';
import { DEFAULT_TIMEZONE, type Plan } from '#schemas/plan.ts';
import { formatPosition, type Position } from '#schemas/position.ts';
import type { Receipt } from '#schemas/results/results.ts';
import type { Admission, Admitted } from '../admission/admit.ts';
import { become, type Stricter, TAKEN } from '../project/become.ts';
import type { Effect } from '../project/effect.ts';
import type { Identity } from '../state/identityCodec.ts';
import type { Pending, PendingState } from '../state/pendingState.ts';
import { keys, type StateView, type Wanted } from '../state/state.ts';

const YEAR_DIGITS = 4;

/** Why an activity does not fit a plan; empty where it does. */
export type Misfits = (plan: Plan, body: ActivityBody) => Fault[];

/** What became of an event at the door. Receipts are written once positions are known. */
export type Outcome =
  | { status: 'appended'; id: string; admitted: Admitted; pending: Pending; envelope: Envelope }
  | { status: 'already'; id: string; first: Identity }
  | { status: 'conflict' | 'rejected'; id: string; faults: Fault[] };

const placed = (id: string, status: 'appended' | 'already', position: Position): Receipt => ({
  id,
  status,
  position: formatPosition(position),
});

/** Refused unseen, with what is said of it. */
export const unseen = (input: unknown, faults: Fault[]): Outcome => ({
  status: 'rejected',
  id: idOf(input),
  faults,
});

export function receiptOf(outcome: Outcome): Receipt {
  const { id, status } = outcome;
  if (status === 'appended') return placed(id, status, outcome.pending.identity.position);
  if (status === 'already') return placed(id, status, outcome.first.position);
  const { faults } = outcome;
  return { id, status, problem: describeFaults(faults), faults };
}

/** At the door an activity must fit the plan adopted for its year; while there is none, the shape is enough. */
function fitFaults(view: StateView, { data, type }: WuxingEvent, effect: Effect, misfits: Misfits): Fault[] {
  if (effect.table !== 'activities' || (type !== 'activity.recorded' && type !== 'activity.amended'))
    return [];
  const plan = view.get('plans', keys.plan(effect.after.year));
  if (!plan) return [];
  const unknown = view.get('units', data.unit) === undefined;
  const stranger = { field: 'data.unit', message: `there is no unit ${data.unit}` };
  return [...(unknown ? [stranger] : []), ...misfits(plan, data)];
}

/** The year of the activity that an event writes the body of, where it is known. */
function yearOf(view: StateView, event: WuxingEvent): number | undefined {
  if (event.type === 'activity.recorded') return event.data.year;
  if (event.type !== 'activity.amended') return undefined;
  return view.get('activities', keys.activity(event.data.unit, event.data.activity))?.year;
}

/** At the door the day of recording is that of the plan's zone; what is in the stream is checked by the widest one. */
function dayFaults(view: StateView, event: WuxingEvent, recordedAt: number): Fault[] {
  const year = yearOf(view, event);
  if (year === undefined || !('occurredOn' in event.data)) return [];
  const timezone = view.get('plans', keys.plan(year))?.timezone ?? DEFAULT_TIMEZONE;
  const today = dayIn(timezone, recordedAt);
  return event.data.occurredOn > today
    ? [{ field: 'data.occurredOn', message: `lies after the day of recording, ${today} (${timezone})` }]
    : [];
}

const idOf = (input: unknown): string => {
  const id = (input as { id?: unknown } | null)?.id;
  return typeof id === 'string' ? id.slice(0, 200) : '';
};

/** What the intake asks of an event beyond what the projection does: it knows the plan, and what day it is there. */
const stricterBy = (misfits: Misfits): Stricter => ({
  early: dayFaults,
  late: (view, event, effect) => fitFaults(view, event, effect, misfits),
});

type Candidate = { input: unknown; admission: Admission };

/** What becomes of one event after all that was let in before it; what is good is pending at once. */
export function letIn(
  { pending, view, now, misfits }: { pending: PendingState; view: StateView; now: number; misfits: Misfits },
  { input, admission }: Candidate,
): Outcome {
  if ('faults' in admission) return { status: 'rejected', id: idOf(input), faults: admission.faults };
  const { admitted } = admission;
  const { id } = admitted.event;
  const fate = become(view, admitted, { position: 0, storedAt: now }, stricterBy(misfits));
  switch (fate.outcome) {
    case 'already':
      return { status: 'already', id, first: fate.first };
    case 'taken':
      return { status: 'conflict', id, faults: [{ field: 'id', message: TAKEN }] };
    case 'refused':
      return { status: fate.conflict ? 'conflict' : 'rejected', id, faults: [...fate.faults] };
    case 'applied': {
      const recordedtime = new Date(fate.clock.recordedAt).toISOString();
      return {
        status: 'appended',
        id,
        admitted,
        pending: pending.add(fate.identity, fate.writes, admitted.letters),
        envelope: { ...admitted.event, recordedtime },
      };
    }
  }
}

/** Every key that letting an event in may look under. */
export function wantedBy({ event, key }: Admitted): Wanted[] {
  const { subject, data } = event;
  const wanted: Wanted[] = [
    { table: 'identities', key },
    { table: 'clocks', key: subject },
  ];
  if ('unit' in data && data.unit !== undefined) wanted.push({ table: 'units', key: data.unit });
  if ('activity' in data) wanted.push({ table: 'activities', key: keys.activity(data.unit, data.activity) });
  if ('year' in data) wanted.push({ table: 'plans', key: keys.plan(data.year) });
  // An amendment does not say the year; it is refused where its day lies in another one.
  if ('occurredOn' in data) wanted.push({ table: 'plans', key: data.occurredOn.slice(0, YEAR_DIGITS) });
  return wanted;
}
