import { type Day, dayNumber } from './dates.ts';

/** A provisional result that lies open to all units for objections (公示), which are appeals. */

/** What was recorded: on which day, and until the end of which day. */
export type Published = { on: Day; until: Day };

export type Publication = {
  from: Day;
  until: Day;
  state: 'open' | 'over';
  /** Days that are left, today included; 0 once it is over. */
  daysLeft: number;
};

/**
 * How a year's publication stands on a day; undefined while nothing was published. It may be extended and never
 * shortened: the latest of the days that were told stands.
 */
export function publicationOn(events: readonly Published[], today: Day): Publication | undefined {
  const [first] = events;
  if (!first) return undefined;
  const [from = first.on] = events.map(({ on }) => on).sort();
  const until =
    events
      .map((one) => one.until)
      .sort()
      .at(-1) ?? first.until;
  const daysLeft = Math.max(0, dayNumber(until) - dayNumber(today) + 1);
  return { from, until, state: daysLeft > 0 ? 'open' : 'over', daysLeft };
}
