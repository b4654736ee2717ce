import { countsState } from './countsState.ts';
import type { Day } from './dates.ts';
import type { ActivityBody } from './events.ts';
import { fitsMeasure } from './fit.ts';
import { type Beside, readsBeside } from './measureTraits.ts';
import { type Plan, SELF_INSPECTION } from './plan.ts';
import type { EventMark, Movement, MovementEvent } from './results/movement.ts';
import type { ActivityHead } from './results/results.ts';

/** The body of an activity as an event left it, as far as it decides what the event bears on. */
type Body = Pick<
  ActivityBody,
  'quantity' | 'due' | 'done' | 'members' | 'form' | 'score' | 'indicator' | 'value' | 'ledByHead'
> & { title: string; kind: string; occurredOn: Day } & Partial<Pick<ActivityHead, 'state' | 'waived'>>;

/** An event of a unit that was recorded since the earlier time. */
export type Recorded = {
  position: string;
  type: string;
  recordedtime: string;
  by: MovementEvent['by'];
  reason: string | null;
  activity: string | null;
  /** The activity after and before the event; null where there is none. */
  body: Body | null;
  before: Body | null;
};

/** On what an activity bears while it stands as it does: as an incident it counts in other states than as a deed. */
function movedBy(plan: Plan, body: Body): string[] {
  const { state = 'reported', waived = false } = body;
  const ofKind = ({ kind }: { kind: string }) => kind === body.kind;
  const isIncident = !waived && (state === 'reported' || state === 'verified');
  return [
    ...(countsState(plan, state)
      ? [
          ...plan.requirements.filter(ofKind).filter(({ measure }) => fitsMeasure(measure, body)),
          ...plan.conditions.filter(ofKind),
        ]
      : []),
    ...(isIncident ? [...plan.deductions, ...plan.vetoes].filter(ofKind) : []),
  ].map(({ id }) => id);
}

/** A decision bears on what counts since and did not before, or the other way round; another body on all that it touches. */
function bearsOn(plan: Plan, { type, body, before }: Recorded): string[] {
  const [is, was] = [body, before].map((one) => (one ? movedBy(plan, one) : []));
  const all = [...new Set([...(is ?? []), ...(was ?? [])])];
  if (!body || !before || type === 'activity.amended') return all;
  return all.filter((id) => is?.includes(id) !== was?.includes(id));
}

const reading = (requirements: Plan['requirements'], beside: Beside): string[] =>
  requirements.filter(({ measure }) => readsBeside(measure, beside)).map(({ id }) => id);

/** What events that are about no activity bear on. */
const OTHERS: Record<string, (plan: Plan) => string[]> = {
  'target.assigned': ({ requirements }) => reading(requirements, 'targets'),
  'selfinspection.submitted': ({ conditions }) =>
    conditions.filter(({ kind }) => kind === SELF_INSPECTION).map(({ id }) => id),
  'unit.changed': ({ requirements }) => reading(requirements, 'team-size'),
};

function markOf({ type, body }: Recorded, since: Day): EventMark {
  if (type.startsWith('activity.') && type !== 'activity.recorded') return 'corrected';
  if (type.startsWith('appeal.')) return 'corrected';
  return type === 'activity.recorded' && body !== null && body.occurredOn <= since ? 'late' : 'new';
}

/**
 * Leaves out events about activities that are seen neither before nor after: a ranking that looks from a day does not
 * see what happened later, so that this moved nothing.
 */
export const seenOn = (events: readonly Recorded[], on: Day): Recorded[] =>
  events.filter(({ body, before }) => {
    const days = [body, before].flatMap((one) => one?.occurredOn ?? []);
    return days.length === 0 || days.some((day) => day <= on);
  });

/** Marks events, and says on what each bears; `since` is the day from which the earlier time looked. */
export const marked = (plan: Plan, events: readonly Recorded[], since: Day): MovementEvent[] =>
  events.map((event) => {
    const { position, type, recordedtime, by, reason, activity, body, before } = event;
    const moves = body || before ? bearsOn(plan, event) : (OTHERS[type]?.(plan) ?? []);
    return {
      position,
      type,
      recordedtime,
      by,
      mark: markOf(event, since),
      activity,
      title: body?.title ?? null,
      kind: body?.kind ?? null,
      occurredOn: body?.occurredOn ?? null,
      reason,
      moves,
    };
  });

type Moved = Pick<Movement, 'requirements' | 'deductions' | 'vetoes'>;

/** Notes at each requirement, deduction and veto which events bear on it. */
export function withEvents<T extends Moved>(effects: T, events: readonly MovementEvent[]): T {
  const noted = <R extends { id: string }>(row: R): R => ({
    ...row,
    events: events.filter(({ moves }) => moves.includes(row.id)).map(({ position }) => position),
  });
  return {
    ...effects,
    requirements: effects.requirements.map(noted),
    deductions: effects.deductions.map(noted),
    vetoes: effects.vetoes.map(noted),
  };
}

/** Leaves out what neither changed nor has events. */
export function changedOnly<T extends Moved>(effects: T): T {
  return {
    ...effects,
    requirements: effects.requirements.filter(
      ({ before, after, effect, events }) => effect !== 0 || before !== after || events.length > 0,
    ),
    deductions: effects.deductions.filter(
      ({ before, after, effect, events }) => effect !== 0 || before !== after || events.length > 0,
    ),
    vetoes: effects.vetoes.filter(({ before, after, events }) => before !== after || events.length > 0),
  };
}
