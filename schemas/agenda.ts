import type { Day } from './dates.ts';
import type { Measure } from './plan.ts';
import type { Obligation } from './results/agenda.ts';
import type { Judge, Verdict } from './scoring.ts';
import { dayOfYear, dueOf, isTooLate, windowsOf } from './windows.ts';

/** The calendar of obligations (履责日历): what is due when, and who still owes it. */
export type Range = { from: Day; to: Day };

/** Something that is due in the range: how it is found whether a unit has met it, and what a debtor has of it. */
type Asked = {
  obligation: Obligation;
  /** null where nothing is asked of the unit. */
  isMet(verdict: Verdict): boolean | null;
  owed(verdict: Verdict): { actual: number; required: number };
};

const isIn = (day: Day, { from, to }: Range): boolean => day >= from && day <= to;

const duesOf = (year: number, measure: Measure): Day[] =>
  'per' in measure ? windowsOf(year, measure.per).map(({ to }) => to) : [dueOf(year, measure)];

const NOBODY = { asked: 0, owing: 0 };

function askedOfRequirements({ plan, gauges, view }: Judge, range: Range): Asked[] {
  return plan.requirements.flatMap(({ id, criterion, name, clause, kind }, index): Asked[] => {
    const gauge = gauges[index];
    if (!gauge) return [];
    return gauge.windows.flatMap(({ label: window, from, to: due }, at): Asked[] => {
      if (!isIn(due, range)) return [];
      const over = isTooLate(due, view);
      const about = {
        due,
        of: 'requirement' as const,
        id,
        criterion,
        name,
        clause,
        kind,
        window,
        from,
        over,
      };
      return [
        {
          obligation: { ...about, ...NOBODY, units: [] },
          isMet: ({ tally }) => gauge.isMet(tally, at),
          owed({ tally }) {
            const { actual = 0, required = 0 } = gauge.prospect(tally).windows[at] ?? {};
            return { actual, required };
          },
        },
      ];
    });
  });
}

function askedOfConditions({ plan, conditions, view }: Judge, range: Range): Asked[] {
  const { year } = plan;
  return plan.conditions.flatMap(({ id, name = null, clause, kind, by }, index): Asked[] => {
    const due = dayOfYear(year, by);
    if (!isIn(due, range)) return [];
    const [from, window] = [`${year}-01-01`, `${year}`];
    const over = isTooLate(due, view);
    const about = {
      due,
      of: 'condition' as const,
      id,
      criterion: null,
      name,
      clause,
      kind,
      window,
      from,
      over,
    };
    return [
      {
        obligation: { ...about, ...NOBODY, units: [] },
        isMet: ({ tally }) => conditions[index]?.metOn(tally) != null,
        owed: () => ({ actual: 0, required: 1 }),
      },
    ];
  });
}

/** The days after a day on which something of the plan is due, in their order. */
export function dueDaysAfter({ year, requirements, conditions }: Judge['plan'], after: Day): Day[] {
  const days = new Set([
    ...requirements.flatMap(({ measure }) => duesOf(year, measure)),
    ...conditions.map(({ by }) => dayOfYear(year, by)),
  ]);
  return [...days].filter((day) => day > after).sort();
}

export type Agenda = {
  add(verdict: Verdict): void;
  /** By due day, then in plan order, conditions behind requirements. */
  obligations(): Obligation[];
};

/**
 * Collects what is due in a range of days, unit by unit, so that the caller can pause between them. Units are listed
 * in the order in which they are added, at most `most` for each obligation; all are counted.
 */
export function makeAgenda(judge: Judge, range: Range, most: number): Agenda {
  // Requirements in plan order, conditions behind them.
  const all = [...askedOfRequirements(judge, range), ...askedOfConditions(judge, range)];
  return {
    add(verdict) {
      for (const { obligation, isMet, owed } of all) {
        const met = isMet(verdict);
        if (met === null) continue;
        obligation.asked++;
        if (met) continue;
        obligation.owing++;
        if (obligation.units.length >= most) continue;
        const { unit, name, group } = verdict.tally;
        obligation.units.push({ unit, name, group, ...owed(verdict) });
      }
    },
    obligations: () =>
      all
        .map(({ obligation }) => obligation)
        .filter(({ asked }) => asked > 0)
        .sort((a, b) => (a.due === b.due ? 0 : a.due < b.due ? -1 : 1)),
  };
}
