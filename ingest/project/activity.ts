import { type Day, latestDay } from '#schemas/dates.ts';
import { type ActivityBody, type EventOf, ORGANISATION } from '#schemas/events.ts';
import { keys, type StateView } from '../state/state.ts';
import { type ActivityVersion, OPEN_END } from '../tables/tables.ts';
import { conflict, type Decision, type Moment, refuse } from './effect.ts';

type Change = Partial<ActivityVersion>;

/** The columns of a body; what the kind does not ask for is null or empty. */
const bodyOf = (data: ActivityBody, position: number) => ({
  kind: data.kind,
  bodyPos: position,
  occurredOn: data.occurredOn,
  title: data.title,
  quantity: data.quantity ?? null,
  due: data.due ?? null,
  done: data.done ?? null,
  members: data.members ?? [],
  form: data.form ?? '',
  score: data.score ?? null,
  indicator: data.indicator ?? '',
  value: data.value ?? null,
  ledByHead: data.ledByHead ?? false,
  evidence: data.evidence ?? [],
  attachments: data.attachments?.length ? JSON.stringify(data.attachments) : '',
  note: data.note ?? '',
});

// Formatting a day costs more than all else here, and most events come minutes apart: the last answer is kept.
let lastMinute = Number.NaN;
let lastDay: Day = '';

function dayOfRecording(recordedAt: number): Day {
  const minute = Math.floor(recordedAt / 60_000);
  if (minute !== lastMinute) {
    lastDay = latestDay(recordedAt);
    lastMinute = minute;
  }
  return lastDay;
}

/**
 * `occurredOn` lies inside the year and not after the day of recording: the day that the time of recording has in the
 * first zone to begin one. A plan's own zone is no matter here, since plans and units have no order between them; the
 * door, which knows the plan, is stricter.
 */
function dayRefusal(year: number, occurredOn: Day, recordedAt: number) {
  if (!occurredOn.startsWith(`${year}-`)) return refuse('data.occurredOn', `must lie inside ${year}`);
  const last = dayOfRecording(recordedAt);
  return occurredOn > last
    ? refuse('data.occurredOn', `lies after the day of recording, which is ${last} at the latest`)
    : undefined;
}

export function decideRecorded(
  view: StateView,
  { data, source }: EventOf<'activity.recorded'>,
  at: Moment,
): Decision {
  const { unit, activity, year } = data;
  const key = keys.activity(unit, activity);
  if (view.get('activities', key))
    return conflict('data.activity', `activity ${activity} of unit ${unit} is recorded already`);
  const refused = dayRefusal(year, data.occurredOn, at.recordedAt);
  if (refused) return refused;
  const after: ActivityVersion = {
    fromPos: at.position,
    closedBy: 0,
    recordedFrom: at.recordedAt,
    recordedTo: OPEN_END,
    year,
    unit,
    activity,
    state: 'reported',
    waived: false,
    appealOpen: false,
    recordedBy: source === ORGANISATION ? 'organisation' : 'unit',
    ...bodyOf(data, at.position),
  };
  return { effect: { table: 'activities', key, before: undefined, after } };
}

/** Changes an activity that was recorded and not retracted. */
function change(
  view: StateView,
  { data }: { data: { unit: string; activity: string } },
  at: Moment,
  decide: (before: ActivityVersion) => Change | Decision,
): Decision {
  const key = keys.activity(data.unit, data.activity);
  const before = view.get('activities', key);
  if (!before) return refuse('data.activity', `unit ${data.unit} has recorded no activity ${data.activity}`);
  if (before.state === 'retracted')
    return refuse('data.activity', `activity ${data.activity} of unit ${data.unit} is retracted`);
  const changed = decide(before);
  if ('refusal' in changed || 'effect' in changed) return changed;
  const after: ActivityVersion = {
    ...before,
    ...changed,
    fromPos: at.position,
    recordedFrom: at.recordedAt,
  };
  return { effect: { table: 'activities', key, before, after } };
}

/** A unit may not amend or retract what the organisation recorded. */
const ownRefusal = (source: string, before: ActivityVersion): Decision | undefined =>
  source !== ORGANISATION && before.recordedBy === 'organisation'
    ? refuse(
        'source',
        `activity ${before.activity} was recorded by the organisation, which alone may change it`,
      )
    : undefined;

export const decideAmended = (view: StateView, event: EventOf<'activity.amended'>, at: Moment): Decision =>
  change(
    view,
    event,
    at,
    (before) =>
      ownRefusal(event.source, before) ??
      dayRefusal(before.year, event.data.occurredOn, at.recordedAt) ?? {
        state: 'reported',
        ...bodyOf(event.data, at.position),
      },
  );

export const decideRetracted = (
  view: StateView,
  event: EventOf<'activity.retracted'>,
  at: Moment,
): Decision =>
  change(view, event, at, (before) => ownRefusal(event.source, before) ?? { state: 'retracted' });

export const decideReview = (
  view: StateView,
  event: EventOf<'activity.verified' | 'activity.rejected'>,
  at: Moment,
): Decision =>
  change(view, event, at, () => ({ state: event.type === 'activity.verified' ? 'verified' : 'rejected' }));

/** A second appeal joins the one that is undecided. What is granted is waived for good. */
export const decideAppeal = (
  view: StateView,
  event: EventOf<'appeal.lodged' | 'appeal.decided'>,
  at: Moment,
): Decision =>
  change(view, event, at, (before) => {
    if (event.type === 'appeal.lodged') return { appealOpen: true };
    if (!before.appealOpen)
      return refuse('data.activity', `activity ${before.activity} has no undecided appeal`);
    if (event.data.outcome === 'dismissed') return { appealOpen: false };
    const state = before.state === 'rejected' ? 'reported' : before.state;
    return { appealOpen: false, waived: true, state };
  });
