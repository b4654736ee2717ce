import type { Day } from './dates.ts';
import type { Measure } from './plan.ts';
import type { Debtor, Obligation } from './results/agenda.ts';
import type { Judge, Verdict } from './scoring.ts';
import { dayOfYear, dueOf, hasEnded, windowsOf } from './windows.ts';

/** The calendar of obligations (履责日历): what is due when, and who still owes it. */
export type Range = { from: Day; to: Day };

/** Obligations with their place in the plan, conditions behind requirements. */
type Collected = Map<string, { place: number; obligation: Obligation }>;

type Kept = {
  judge: Judge;
  range: Range;
  most: number;
  collected: Collected;
  /** Whether anything of a requirement is due in the range: most units need not be asked about most of them. */
  isDue: readonly boolean[];
};

const isIn = (day: Day, { from, to }: Range): boolean => day >= from && day <= to;

const duesOf = (year: number, measure: Measure): Day[] =>
  'per' in measure ? windowsOf(year, measure.per).map(({ to }) => to) : [dueOf(year, measure)];

function debtorOf({ tally: { unit, name, group } }: Verdict, actual: number, required: number): Debtor {
  return { unit, name, group, actual, required };
}

/** Notes that a unit is asked for something, and, where it owes it, that it does. */
function note(
  { collected, most }: Kept,
  place: number,
  blank: Omit<Obligation, 'asked' | 'owing' | 'units'>,
  debtor: Debtor | null,
): void {
  const key = `${place}/${blank.window}`;
  const obligation: Obligation = collected.get(key)?.obligation ?? {
    ...blank,
    asked: 0,
    owing: 0,
    units: [],
  };
  if (obligation.asked === 0) collected.set(key, { place, obligation });
  obligation.asked++;
  if (!debtor) return;
  obligation.owing++;
  if (obligation.units.length < most) obligation.units.push(debtor);
}

function noteRequirements(kept: Kept, verdict: Verdict): void {
  const { judge, range, isDue } = kept;
  judge.plan.requirements.forEach(({ id, criterion, name, clause, kind }, index) => {
    if (!isDue[index]) return;
    const { windows } = judge.gauges[index]?.prospect(verdict.tally) ?? { windows: [] };
    for (const { label: window, from, to: due, actual, required, status } of windows) {
      if (!isIn(due, range)) continue;
      const over = hasEnded({ to: due }, judge.view.on);
      const blank = {
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
      note(kept, index, blank, status === 'met' ? null : debtorOf(verdict, actual, required));
    }
  });
}

function noteConditions(kept: Kept, verdict: Verdict): void {
  const { judge, range } = kept;
  const { year, requirements, conditions } = judge.plan;
  conditions.forEach(({ id, name = null, clause, kind, by }, index) => {
    const due = dayOfYear(year, by);
    if (!isIn(due, range)) return;
    const met = judge.conditions[index]?.metOn(verdict.tally) != null;
    const [from, window] = [`${year}-01-01`, `${year}`];
    const over = hasEnded({ to: due }, judge.view.on);
    const blank = {
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
    note(kept, requirements.length + index, blank, met ? null : debtorOf(verdict, 0, 1));
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
  const { year, requirements } = judge.plan;
  const isDue = requirements.map(({ measure }) => duesOf(year, measure).some((day) => isIn(day, range)));
  const kept: Kept = { judge, range, most, collected: new Map(), isDue };
  return {
    add(verdict) {
      noteRequirements(kept, verdict);
      noteConditions(kept, verdict);
    },
    obligations: () =>
      [...kept.collected.values()]
        .sort((a, b) => {
          const [first, second] = [a.obligation.due, b.obligation.due];
          return first === second ? a.place - b.place : first < second ? -1 : 1;
        })
        .map(({ obligation }) => obligation),
  };
}
