import type { Envelope } from '#schemas/events.ts';
import { planOfYear, YEAR } from '../server.ts';
import { eventsOf } from '../world.ts';

/** The zone that pages are measured on: a full year, and a thinner one before it to compare with. */

export const YEAR_BEFORE = YEAR - 1;
/** Activities of the year before, as a share of the year's own. */
const THINNER = 20;

export type Size = { units: number; activities: number };

const before = (event: Envelope): Envelope => {
  const { activity } = event.data as { activity?: string };
  return {
    ...event,
    id: `before-${event.id}`,
    ...(activity !== undefined && { data: { ...event.data, activity: `before-${activity}` } }),
  } as Envelope;
};

/** All events in the order in which they were recorded. Units are registered once, in the year before. */
export function* eventsOfTwoYears({ units, activities }: Size): Generator<Envelope[]> {
  const plan = { ...planOfYear, year: YEAR_BEFORE };
  for (const batch of eventsOf({
    plan,
    units,
    activities: Math.ceil(activities / THINNER),
    seed: YEAR_BEFORE,
  }))
    yield batch.map(before);
  for (const batch of eventsOf({ plan: planOfYear, units, activities })) {
    const news = batch.filter(({ type }) => type !== 'unit.registered');
    if (news.length > 0) yield news;
  }
}
