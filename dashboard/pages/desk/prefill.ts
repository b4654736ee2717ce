import type { Measure, Plan } from '#schemas/plan.ts';
import { askedOf } from '#schemas/reportFields.ts';
import type { ReportHints } from '#schemas/results/reportHints.ts';
import type { RequirementRow, WindowRow } from '#schemas/results/results.ts';
import { blankEntry, type Entry } from './entry.ts';

/** A form filled in as far as the plan and the unit's own record say what is wanted. */

/** What a form is opened for: a kind, or a window of a requirement that is to be closed. */
export type Aim = {
  kind: string;
  requirement?: RequirementRow | undefined;
  window?: WindowRow | undefined;
};

const plainNumber = (value: number): string => String(Math.round(value * 1_000_000) / 1_000_000);

const entryFor = (hints: ReportHints, kind: string, measure: Measure, { window }: Aim): Partial<Entry> => {
  switch (measure.type) {
    case 'variety': {
      const there = hints.forms.find((one) => one.kind === kind)?.forms ?? [];
      return { form: measure.forms.find((form) => !there.includes(form)) ?? '' };
    }
    case 'sum':
      return window ? { quantity: plainNumber(Math.max(0, window.required - window.actual)) } : {};
    case 'count':
      return measure.ledByHead ? { ledByHead: true } : {};
    case 'target':
      return { indicator: shortTarget(hints, kind)?.indicator ?? '' };
    default:
      return {};
  }
};

/** The first indicator that is not where it should be. */
const shortTarget = (hints: ReportHints, kind: string) =>
  hints.targets.find(
    ({ kind: of, direction, target, value }) =>
      of === kind && (value === null || (direction === 'atLeast' ? value < target : value > target)),
  );

/**
 * The day is today where that lies in the window. Of a window that is over it stays open: only who was there knows the
 * day.
 */
export function prefilled(plan: Plan, hints: ReportHints, aim: Aim, today: string): Entry {
  const blank = blankEntry(aim.kind);
  const measures = plan.requirements.filter(({ id, kind }) =>
    aim.requirement ? id === aim.requirement.id : kind === aim.kind,
  );
  const known = measures.map(({ measure }) => entryFor(hints, aim.kind, measure, aim));
  const from = aim.window?.from ?? `${plan.year}-01-01`;
  const to = aim.window?.to ?? `${plan.year}-12-31`;
  const { forms } = askedOf(plan, aim.kind);
  const [only, ...others] = forms;
  return Object.assign(
    blank,
    { occurredOn: from <= today && today <= to ? today : '' },
    only !== undefined && others.length === 0 ? { form: only } : {},
    ...known,
  );
}
