import type { EventOf, EventType, WuxingEvent } from '#schemas/events.ts';
import { keys, type StateView } from '../state/state.ts';
import { OPEN_END, type UnitVersion } from '../tables/tables.ts';
import { decideAmended, decideAppeal, decideRecorded, decideRetracted, decideReview } from './activity.ts';
import { conflict, type Decision, type Moment, refuse } from './effect.ts';

type Decide<T extends EventType> = (view: StateView, event: EventOf<T>, at: Moment) => Decision;

const opened = ({ position, recordedAt }: Moment) => ({
  fromPos: position,
  closedBy: 0,
  recordedFrom: recordedAt,
  recordedTo: OPEN_END,
});

const registered: Decide<'unit.registered'> = (view, { data }, at) => {
  if (view.get('units', data.unit)) return conflict('data.unit', `unit ${data.unit} is registered already`);
  const after = { ...opened(at), ...data, since: data.since ?? null, closedOn: null };
  return { effect: { table: 'units', key: data.unit, before: undefined, after } };
};

function changeUnit(view: StateView, unit: string, at: Moment, change: Partial<UnitVersion>): Decision {
  const before = view.get('units', unit);
  if (!before) return refuse('data.unit', `there is no unit ${unit}`);
  return { effect: { table: 'units', key: unit, before, after: { ...before, ...change, ...opened(at) } } };
}

/** Fields that a sender left out stay as they are, also where a client wrote them as undefined. */
const given = <T extends object>(data: T): Partial<T> =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) as Partial<T>;

const changed: Decide<'unit.changed'> = (view, { data }, at) => changeUnit(view, data.unit, at, given(data));

const closed: Decide<'unit.closed'> = (view, { data }, at) =>
  changeUnit(view, data.unit, at, { closedOn: data.on });

const adopted: Decide<'plan.adopted'> = (view, { data }) => {
  const key = keys.plan(data.year);
  const standing = view.get('plans', key)?.version ?? 0;
  if (data.version <= standing)
    return conflict('data.version', `version ${standing} of the plan for ${data.year} is adopted already`);
  return { effect: { table: 'plans', key, after: data } };
};

const assigned: Decide<'target.assigned'> = (view, { data }, at) => {
  const key = keys.target(data.unit, data.year, data.indicator);
  return {
    effect: { table: 'targets', key, before: view.get('targets', key), after: { ...opened(at), ...data } },
  };
};

const inspected: Decide<'selfinspection.submitted'> = (view, { data }, at) => {
  const key = keys.selfInspection(data.unit, data.year);
  const { unit, year, criteria } = data;
  const after = { ...opened(at), unit, year, criteria: JSON.stringify(criteria) };
  return { effect: { table: 'selfInspections', key, before: view.get('selfInspections', key), after } };
};

const frozen: Decide<'result.frozen'> = (_, { data }, at) => ({
  effect: { table: 'freezes', after: { ...at, year: data.year, document: JSON.stringify(data) } },
});

const awarded: Decide<'commendation.awarded'> = (_, { data }, at) => ({
  effect: {
    table: 'awards',
    after: { ...at, year: data.year, unit: data.unit, document: JSON.stringify(data) },
  },
});

const published: Decide<'result.published'> = () => ({ effect: { table: 'none' } });

const noted: Decide<'note.written'> = (view, { data: { unit } }) =>
  unit === undefined || view.get('units', unit)
    ? { effect: { table: 'none' } }
    : refuse('data.unit', `there is no unit ${unit}`);

const DECIDE: { [T in EventType]: Decide<T> } = {
  'unit.registered': registered,
  'unit.changed': changed,
  'unit.closed': closed,
  'plan.adopted': adopted,
  'target.assigned': assigned,
  'activity.recorded': decideRecorded,
  'activity.amended': decideAmended,
  'activity.retracted': decideRetracted,
  'activity.verified': decideReview,
  'activity.rejected': decideReview,
  'appeal.lodged': decideAppeal,
  'appeal.decided': decideAppeal,
  'selfinspection.submitted': inspected,
  'result.published': published,
  'note.written': noted,
  'result.frozen': frozen,
  'commendation.awarded': awarded,
};

/** What a checked event that is new does after everything before it, or why it does nothing; `become.ts` asks. */
export const decide = (view: StateView, event: WuxingEvent, at: Moment): Decision =>
  (DECIDE[event.type] as Decide<EventType>)(view, event, at);
