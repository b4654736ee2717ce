import { z } from 'zod';
import { Problem } from '#api/http/problem.ts';
import type { Reads } from '#api/ports.ts';
import { type ListedActivity, type ListOrder, listActivities } from '#api/queries/activities.ts';
import type { Ask } from '#api/queries/ask.ts';
import { attachmentsOf } from '#api/queries/attachments.ts';
import { activityHistories, type HistoryEvent } from '#api/queries/histories.ts';
import type { PlanShelf } from '#api/ranking-cache/planShelf.ts';
import { countsState } from '#schemas/countsState.ts';
import { dayIn, instantOf } from '#schemas/dates.ts';
import { fitsMeasure, lacks } from '#schemas/fit.ts';
import { DEFAULT_TIMEZONE, incidentKinds, type Plan } from '#schemas/plan.ts';
import { formatPosition, type Offsets } from '#schemas/position.ts';
import type { ActivityRow } from '#schemas/results/results.ts';
import { bodyOf, headOf } from './activityBody.ts';
import { badCursor, pageOf } from './lists.ts';
import { presentIn } from './present.ts';

type Filter = Parameters<Reads['activities']>[1];

export type ActivityParts = { ask: Ask; plans: PlanShelf; offsets(): Offsets; now(): number };

/** No activity has an empty kind. */
const NO_KIND = [''];

const place = z.tuple([z.string(), z.string()]);

const cursorOf =
  (order: ListOrder) =>
  ({ day, activity, fromPos = 0 }: ListedActivity): string =>
    Buffer.from(JSON.stringify(order === 'day' ? [day, activity] : fromPos)).toString('base64url');

function placeOf(order: ListOrder, cursor: string | undefined): z.infer<typeof place> | number | undefined {
  if (cursor === undefined) return undefined;
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return order === 'day' ? place.parse(read) : z.int().min(0).parse(read);
  } catch {
    throw badCursor();
  }
}

const orNull = (text: string): string | null => (text === '' ? null : text);

const historyItem = ({
  position,
  activity: _,
  actor,
  time,
  reason,
  outcome,
  ...rest
}: HistoryEvent): ActivityRow['history'][number] => ({
  position: formatPosition(position),
  ...rest,
  actor: orNull(actor),
  time: orNull(time),
  reason: orNull(reason),
  outcome: orNull(outcome),
});

/** Whether and where an activity counts under a plan. Without a plan nothing counts yet. */
function standing(activity: ListedActivity, plan: Plan | undefined) {
  if (!plan) return { counts: false, requirements: [], unmatched: [] };
  const { kind, state } = activity;
  const isIncident = incidentKinds(plan).includes(kind);
  // An appeal that was granted for a report has it count again; an incident it waives.
  const waived = activity.waived && isIncident;
  if (state === 'retracted') return { waived, counts: false, requirements: [], unmatched: [] };
  const body = bodyOf(activity);
  const own = plan.requirements.filter((requirement) => requirement.kind === kind);
  const measured = countsState(plan, state);
  const isAsked = own.length > 0 || plan.conditions.some((condition) => condition.kind === kind);
  return {
    waived,
    counts: (measured && (isAsked || !isIncident)) || (isIncident && state !== 'rejected' && !waived),
    requirements: own.filter(({ measure }) => measured && fitsMeasure(measure, body)).map(({ id }) => id),
    unmatched: own.filter(({ measure }) => lacks(measure, body)).map(({ id }) => id),
  };
}

export const activityRowOf = (
  row: ListedActivity,
  plan: Plan | undefined,
  history: ActivityRow['history'],
): ActivityRow => ({
  ...headOf(row),
  ...bodyOf(row),
  ...standing(row, plan),
  history,
});

function kindOf(requirement: string, year: number, plan: Plan | undefined): string {
  const found = plan?.requirements.find(({ id }) => id === requirement);
  if (found) return found.kind;
  const message = `"${requirement}" is no requirement of the plan for ${year}`;
  throw new Problem('not-found', `${message}.`, { errors: [{ field: 'requirement', message }] });
}

export function createActivityLists(parts: ActivityParts): Pick<Reads, 'activities' | 'attachments'> {
  const { ask, plans, offsets, now } = parts;
  const inUse = async (year: number, asOf: number | null): Promise<Plan | undefined> =>
    (await plans.versions(year, asOf)).at(-1)?.plan;
  const present = async (): Promise<number> => (await presentIn(plans, now())).year;

  /** A requirement is one of a year's plan: this year's, unless another is asked for. */
  async function chosen({ year, requirement, kind }: Filter, asOf: number | null) {
    if (requirement === undefined) return { year, kinds: kind === undefined ? undefined : [kind] };
    const of = year ?? (await present());
    const asked = kindOf(requirement, of, await inUse(of, asOf));
    return { year: of, kinds: kind === undefined || kind === asked ? [asked] : NO_KIND };
  }

  /** To date only what had happened by then is seen, as in the number that the list stands behind. */
  async function lastSeen({ basis, on, year }: Filter, asOf: number | null): Promise<string | undefined> {
    if (basis === 'year') return undefined;
    if (on !== undefined || basis === undefined) return on;
    const zone = (await inUse(year ?? (await present()), asOf))?.timezone ?? DEFAULT_TIMEZONE;
    return dayIn(zone, asOf ?? now());
  }

  return {
    attachments: (unit) => attachmentsOf(ask, unit),
    async activities(unit, filter) {
      const asOf = filter.asOf === undefined ? null : instantOf(filter.asOf);
      const snapshot = { offsets: offsets(), asOf };
      const { limit, order = 'day', state } = filter;
      const [choice, after] = [await chosen(filter, asOf), placeOf(order, filter.cursor)];
      const until = await lastSeen(filter, asOf);
      const question = { snapshot, unit, ...choice, until, state, order, after, limit };
      const { rows, more } = await listActivities(ask, question);
      const events = await activityHistories(ask, {
        snapshot,
        unit,
        activities: rows.map(({ activity }) => activity),
      });
      const histories = new Map<string, HistoryEvent[]>(rows.map(({ activity }) => [activity, []]));
      for (const event of events) histories.get(event.activity)?.push(event);
      const years = new Map<number, Plan | undefined>();
      for (const { year } of rows) if (!years.has(year)) years.set(year, await inUse(year, asOf));
      const item = (row: ListedActivity): ActivityRow =>
        activityRowOf(row, years.get(row.year), (histories.get(row.activity) ?? []).map(historyItem));
      return pageOf({ rows, more }, { item, cursor: cursorOf(order), watermark: snapshot.offsets });
    },
  };
}
