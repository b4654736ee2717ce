import type { Plan } from '#schemas/plan.ts';
import type { Question } from '#schemas/scoring.ts';
import type { UnitTally } from '#schemas/tallies.ts';
import { dayIn } from '#test/reference/calendar.ts';
import type { History } from '#test/reference/history.ts';
import { type Deed, tallyOf } from './tally.ts';

/** The units ranked in the year, tallied from the reference's own reading of a history. */
export function talliesOf(state: History, plan: Plan, { basis, on }: Question): UnitTally[] {
  const last = `${plan.year}-12-31`;
  return state.units
    .filter(({ since = '', closedOn = '9999' }) => since <= last && closedOn > last)
    .map(({ unit, name, group, teamSize }) => {
      const mine = <T extends { unit: string; year: number }>(one: T) =>
        one.unit === unit && one.year === plan.year;
      const deeds = state.activities
        .filter(mine)
        .sort((a, b) => a.bodyPosition - b.bodyPosition)
        .map(({ body, state: is, waived }): Deed => {
          const stands = is === 'reported' || is === 'verified';
          return {
            ...body,
            counts: is === 'verified' || (stands && plan.counts === 'reported'),
            incident: stands && !waived,
          };
        });
      const inspections = state.selfInspections
        .filter(mine)
        .map(({ recorded }) => dayIn(plan.timezone, recorded));
      return tallyOf(
        plan,
        deeds,
        {
          unit,
          name,
          group,
          teamSize,
          targets: state.targets.filter(mine),
          selfInspectedOn: inspections.sort()[0] ?? null,
        },
        basis === 'to-date' ? on : undefined,
      );
    });
}
