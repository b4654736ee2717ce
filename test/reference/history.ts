// domain.md §2: which events of a stream stand, and what they make of the world.
import { dayIn } from './calendar.ts';
import { maySend, rightSubject, shapeObjection } from './shape.ts';
import type {
  Activity,
  Body,
  Envelope,
  Plan,
  Quarantined,
  SelfInspection,
  State,
  StoredEvent,
  Target,
  Unit,
} from './types.ts';

type Fact = { position: number; event: Envelope; recorded: number };
export type History = State & { quarantined: Quarantined[] };

const nothingYet = (): State => ({ units: [], plans: [], activities: [], targets: [], selfInspections: [] });

/** One text for one content, whatever the order of the fields. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(',')}}`;
}

/** The plan in use for a year: the greatest version adopted. */
export function planOf(state: State, year: number): Plan | null {
  return (
    state.plans.filter((plan) => plan.year === year).sort((a, b) => b.version - a.version)[0] ?? null
  );
}

const findUnit = (state: State, unit: unknown) => state.units.find((known) => known.unit === unit);
const findActivity = (state: State, event: Envelope) =>
  state.activities.find((one) => one.unit === event.data.unit && one.activity === event.data.activity);

function dayObjection(state: State, year: number, { event, recorded }: Fact): string | null {
  const occurredOn = event.data.occurredOn as string;
  const timezone = planOf(state, year)?.timezone ?? 'Asia/Shanghai';
  if (!occurredOn.startsWith(`${year}-`)) return 'occurredOn outside the year';
  if (occurredOn > dayIn(timezone, recorded)) return 'occurredOn after the day of recording';
  return null;
}

function followingObjection(state: State, fact: Fact): string | null {
  const { event } = fact;
  const activity = findActivity(state, event);
  switch (event.type) {
    case 'unit.registered':
      return findUnit(state, event.data.unit) ? 'unit already registered' : null;
    case 'unit.changed':
    case 'unit.closed':
      return findUnit(state, event.data.unit) ? null : 'unknown unit';
    case 'plan.adopted': {
      const { year, version } = event.data as unknown as Plan;
      return version > (planOf(state, year)?.version ?? 0) ? null : 'plan version not greater';
    }
    case 'activity.recorded':
      return activity ? 'activity already recorded' : dayObjection(state, event.data.year as number, fact);
    case 'activity.amended':
    case 'activity.retracted':
    case 'activity.verified':
    case 'activity.rejected':
    case 'appeal.lodged':
    case 'appeal.decided':
      return activity ? activityObjection(state, activity, fact) : 'unknown activity';
    default:
      return null;
  }
}

function activityObjection(state: State, activity: Activity, fact: Fact): string | null {
  const { type, source } = fact.event;
  if (activity.state === 'retracted') return 'activity is retracted';
  if (type === 'appeal.decided' && !activity.appealOpen) return 'no undecided appeal';
  if (type !== 'activity.amended' && type !== 'activity.retracted') return null;
  if (source !== '/organisation' && source !== activity.recordedBy) return 'recorded by the organisation';
  return type === 'activity.amended' ? dayObjection(state, activity.year, fact) : null;
}

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

function apply(state: State, fact: Fact): void {
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

/** Sorts a stream into the facts that stand (duplicates dropped) and the events that don't. */
function settle(stream: StoredEvent[]): { facts: Fact[]; quarantined: Quarantined[] } {
  const state = nothingYet();
  const facts: Fact[] = [];
  const quarantined: Quarantined[] = [];
  const contents = new Map<string, string>();
  const clocks = new Map<string, number>();
  for (const { position, event } of [...stream].sort((a, b) => a.position - b.position)) {
    const subject = event.subject ?? rightSubject(event);
    const recorded = Math.max(clocks.get(subject) ?? -Infinity, Date.parse(event.recordedtime));
    if (!Number.isNaN(recorded)) clocks.set(subject, recorded);
    const identity = canonical([subject, event.source, event.id]);
    const content = canonical([event.type, event.data]);
    const first = contents.get(identity);
    if (first === content) continue;
    if (first === undefined) contents.set(identity, content);
    const fact = { position, event, recorded };
    const reason =
      (first !== undefined ? 'same source and id, other content' : null) ??
      shapeObjection(event) ??
      (maySend(event) ? null : 'wrong sender') ??
      (subject === rightSubject(event) ? null : 'wrong subject') ??
      followingObjection(state, fact);
    if (reason !== null) quarantined.push({ position, reason });
    else {
      facts.push(fact);
      apply(state, fact);
    }
  }
  return { facts, quarantined };
}

/** Identity and rules are settled on the whole stream; `asOf` then hides the facts recorded after it. */
export function replay(stream: StoredEvent[], { asOf }: { asOf?: string | undefined } = {}): History {
  const { facts, quarantined } = settle(stream);
  const state = nothingYet();
  const limit = asOf === undefined ? Infinity : Date.parse(asOf);
  for (const fact of facts.filter((one) => one.recorded <= limit)) apply(state, fact);
  return { ...state, quarantined };
}
