// What each fact that stands does to the state. Nothing is judged here.
import type { Activity, Body, Envelope, Plan, SelfInspection, State, Target, Unit } from './types.ts';

/** `recorded` is in milliseconds and never decreases within a subject. */
export type Fact = { position: number; event: Envelope; recorded: number };

export const nothingYet = (): State => ({
  units: [],
  plans: [],
  activities: [],
  targets: [],
  selfInspections: [],
});

/** The plan in use for a year: the greatest version adopted. */
export function planOf(state: State, year: number): Plan | null {
  return state.plans.filter((plan) => plan.year === year).sort((a, b) => b.version - a.version)[0] ?? null;
}

export const findUnit = (state: State, unit: unknown) => state.units.find((known) => known.unit === unit);
export const findActivity = (state: State, event: Envelope) =>
  state.activities.find((one) => one.unit === event.data.unit && one.activity === event.data.activity);

function bodyOf(event: Envelope): Body {
  const { activity: _activity, unit: _unit, year: _year, ...body } = event.data;
  return body as unknown as Body;
}

function applyToActivity(activity: Activity, { event, position }: Fact): void {
  switch (event.type) {
    case 'activity.amended':
      activity.body = bodyOf(event);
      activity.bodyPosition = position;
      activity.state = 'reported';
      return;
    case 'activity.retracted':
      activity.state = 'retracted';
      return;
    case 'activity.verified':
      activity.state = 'verified';
      return;
    case 'activity.rejected':
      activity.state = 'rejected';
      return;
    case 'appeal.lodged':
      activity.appealOpen = true;
      return;
    case 'appeal.decided':
      activity.appealOpen = false;
      if (event.data.outcome !== 'granted') return;
      activity.waived = true;
      if (activity.state === 'rejected') activity.state = 'reported';
  }
}

function recordActivity(state: State, { event, position }: Fact): void {
  state.activities.push({
    unit: event.data.unit as string,
    activity: event.data.activity as string,
    year: event.data.year as number,
    recordedBy: event.source,
    body: bodyOf(event),
    bodyPosition: position,
    state: 'reported',
    appealOpen: false,
    waived: false,
  });
}

function assignTarget(state: State, target: Target): void {
  const isReplaced = (old: Target) =>
    old.unit === target.unit && old.year === target.year && old.indicator === target.indicator;
  state.targets = [...state.targets.filter((old) => !isReplaced(old)), target];
}

export function apply(state: State, fact: Fact): void {
  const { event, recorded } = fact;
  const unit = findUnit(state, event.data.unit);
  const activity = findActivity(state, event);
  if (event.type === 'unit.registered') state.units.push({ ...(event.data as unknown as Unit) });
  else if (event.type === 'unit.changed' && unit) Object.assign(unit, event.data);
  else if (event.type === 'unit.closed' && unit) unit.closedOn = event.data.on as string;
  else if (event.type === 'plan.adopted') state.plans.push(event.data as unknown as Plan);
  else if (event.type === 'target.assigned') assignTarget(state, event.data as unknown as Target);
  else if (event.type === 'selfinspection.submitted') {
    const { unit: by, year, criteria } = event.data as unknown as SelfInspection;
    state.selfInspections.push({ unit: by, year, recorded, criteria });
  } else if (event.type === 'activity.recorded') recordActivity(state, fact);
  else if (activity) applyToActivity(activity, fact);
}
