// docs/events.md: which events of a stream stand, and what they make of the world.
import { dayIn } from './calendar.ts';
import { apply, type Fact, findActivity, findUnit, nothingYet, planOf } from './facts.ts';
import { maySend, rightSubject, shapeObjection } from './shape.ts';
import type { Activity, Plan, Quarantined, State, StoredEvent } from './types.ts';

export type History = State & { quarantined: Quarantined[] };

/** One text for one content, whatever the order of the fields. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(',')}}`;
}

const outsideYear = (year: number, { data }: StoredEvent['event']): boolean =>
  !(data.occurredOn as string).startsWith(`${year}-`);

function dayObjection(year: number, { event, recorded }: Fact): string | null {
  const occurredOn = event.data.occurredOn as string;
  if (outsideYear(year, event)) return 'occurredOn outside the year';
  if (occurredOn > dayIn('Etc/GMT-14', recorded)) return 'occurredOn after the day of recording';
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
    case 'note.written':
      if (event.data.unit === undefined) return null;
      return findUnit(state, event.data.unit) ? null : 'unknown unit';
    case 'plan.adopted': {
      const { year, version } = event.data as unknown as Plan;
      return version > (planOf(state, year)?.version ?? 0) ? null : 'plan version not greater';
    }
    case 'activity.recorded':
      return activity ? 'activity already recorded' : dayObjection(event.data.year as number, fact);
    case 'activity.amended':
    case 'activity.retracted':
    case 'activity.verified':
    case 'activity.rejected':
    case 'appeal.lodged':
    case 'appeal.decided':
      return activity ? activityObjection(activity, fact) : 'unknown activity';
    default:
      return null;
  }
}

function activityObjection(activity: Activity, fact: Fact): string | null {
  const { type, source } = fact.event;
  if (activity.state === 'retracted') return 'activity is retracted';
  if (type === 'appeal.decided' && !activity.appealOpen) return 'no undecided appeal';
  if (type !== 'activity.amended' && type !== 'activity.retracted') return null;
  if (source !== '/organisation' && source !== activity.recordedBy) return 'recorded by the organisation';
  return type === 'activity.amended' ? dayObjection(activity.year, fact) : null;
}

/** What is wrong with an event by itself, whatever came before it: it is none of ours, and moves no clock. */
function ownObjection(event: StoredEvent['event'], subject: string): string | null {
  const objection =
    shapeObjection(event) ??
    (maySend(event) ? null : 'wrong sender') ??
    (subject === rightSubject(event) ? null : 'wrong subject');
  if (objection !== null || event.type !== 'activity.recorded') return objection;
  return outsideYear(event.data.year as number, event) ? 'occurredOn outside the year' : null;
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
    const own = ownObjection(event, subject);
    if (own === null) clocks.set(subject, recorded);
    const identity = canonical([subject, event.source, event.id]);
    const content = canonical([event.type, event.data]);
    const first = contents.get(identity);
    if (first === content) continue;
    if (first === undefined) contents.set(identity, content);
    const fact = { position, event, recorded };
    const reason =
      (first !== undefined ? 'same source and id, other content' : null) ??
      own ??
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
