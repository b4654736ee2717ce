// One unit's attainment of one requirement, exact: the measures and the two bases of docs/scoring.md.
import { lastDayOfYear, type Span, windowsOf } from './calendar.ts';
import * as r from './rational.ts';
import type { Activity, Measure, Requirement, Target, WhenNone } from './types.ts';

export type View = { year: number; basis: 'year' | 'to-date'; on: string };
/** A unit's counting activities that are in view, its targets of the year, its size. */
export type Evidence = { activities: Activity[]; targets: Target[]; teamSize: number };
export type WindowReport = Span & {
  actual: number;
  required: number;
  status: 'met' | 'open' | 'missed' | 'future';
};
export type Attained = {
  /** null: not counted yet, or excluded. */
  exact: r.Rational | null;
  /** What can still become of it; null where nothing better can. */
  best: r.Rational | null;
  due: string | null;
  windows: WindowReport[];
};
type Amount = { actual: r.Rational; required: r.Rational };
type Whole = Amount & { value: r.Rational | null };

const isNumber = (value: unknown): value is number => typeof value === 'number';
const atMostOne = (value: r.Rational) => r.smaller(value, r.one);
const whole = (count: number) => r.rational(BigInt(count));
const share = (actual: r.Rational, required: r.Rational): Whole => ({
  actual,
  required,
  value: atMostOne(r.over(actual, required)),
});
const none: Record<WhenNone, r.Rational | null> = { zero: r.zero, full: r.one, exclude: null };

/** Whether the activity has what the measure needs; without it, it counts for nothing. */
export function fits(measure: Measure, { body }: Activity): boolean {
  const { quantity, due, done, members, form, score, indicator, value } = body;
  switch (measure.type) {
    case 'count':
      return !measure.ledByHead || body.ledByHead === true;
    case 'sum':
      return isNumber(quantity) && quantity >= 0;
    case 'coverage':
      return members !== undefined;
    case 'variety':
      return form !== undefined && measure.forms.includes(form);
    case 'ratio':
      return isNumber(due) && isNumber(done) && due >= done && done >= 0;
    case 'target':
      return indicator !== undefined && isNumber(value);
    case 'milestone':
      return true;
    case 'appraisal':
      return isNumber(score) && score >= 0 && score <= 100;
  }
}

function amountIn(
  measure: Measure & { type: 'count' | 'sum' },
  activities: Activity[],
  teamSize: number,
): Amount {
  if (measure.type === 'count')
    return { actual: whole(activities.length), required: r.parse(measure.atLeast) };
  return {
    actual: r.sum(activities.map(({ body }) => r.parse(body.quantity ?? 0))),
    required: r.times(r.parse(measure.atLeast), whole(measure.perMember ? teamSize : 1)),
  };
}

function targetAttainment(target: Target, activities: Activity[]): r.Rational {
  const [latest] = activities
    .filter(({ body }) => body.indicator === target.indicator)
    .sort((a, b) => {
      if (a.body.occurredOn !== b.body.occurredOn) return a.body.occurredOn < b.body.occurredOn ? 1 : -1;
      return b.bodyPosition - a.bodyPosition;
    });
  if (latest?.body.value === undefined) return r.zero;
  const value = r.parse(latest.body.value);
  const wanted = r.parse(target.target);
  if (target.direction === 'atLeast') return r.greater(r.zero, atMostOne(r.over(value, wanted)));
  return r.compare(value, wanted) <= 0 ? r.one : r.over(wanted, value);
}

type WholeYear = Exclude<Measure, { type: 'count' | 'sum' }>;

function wholeYear(measure: WholeYear, evidence: Evidence, deadline: string): Whole {
  const { activities, targets, teamSize } = evidence;
  switch (measure.type) {
    case 'coverage': {
      const members = new Set(activities.flatMap(({ body }) => body.members ?? []));
      return share(whole(members.size), r.times(whole(teamSize), r.parse(measure.share ?? 1)));
    }
    case 'variety':
      return share(whole(new Set(activities.map(({ body }) => body.form)).size), r.parse(measure.atLeast));
    case 'ratio': {
      const done = r.sum(activities.map(({ body }) => r.parse(body.done ?? 0)));
      const due = r.sum(activities.map(({ body }) => r.parse(body.due ?? 0)));
      if (activities.length === 0) return { actual: done, required: due, value: none[measure.whenNone] };
      return r.equal(due, r.zero) ? { actual: done, required: due, value: r.one } : share(done, due);
    }
    case 'target': {
      if (targets.length === 0) return { actual: r.zero, required: r.one, value: null };
      return share(r.mean(targets.map((target) => targetAttainment(target, activities))), r.one);
    }
    case 'milestone':
      return share(activities.some(({ body }) => body.occurredOn <= deadline) ? r.one : r.zero, r.one);
    case 'appraisal': {
      if (activities.length === 0)
        return { actual: r.zero, required: r.hundred, value: none[measure.whenNone] };
      return share(r.mean(activities.map(({ body }) => r.parse(body.score ?? 0))), r.hundred);
    }
  }
}

function report(span: Span, amount: Amount, full: boolean, on: string): WindowReport {
  const ended = span.to <= on;
  const status = full ? 'met' : ended ? 'missed' : span.from > on ? 'future' : 'open';
  return { ...span, actual: r.toNumber(amount.actual), required: r.toNumber(amount.required), status };
}

function overWindows(measure: Measure & { type: 'count' | 'sum' }, evidence: Evidence, view: View): Attained {
  const windows = windowsOf(view.year, measure.per).map((span) => {
    const inside = evidence.activities.filter(
      ({ body }) => body.occurredOn >= span.from && body.occurredOn <= span.to,
    );
    const amount = amountIn(measure, inside, evidence.teamSize);
    const value = atMostOne(r.over(amount.actual, amount.required));
    return { span, amount, value, full: r.equal(value, r.one), ended: span.to <= view.on };
  });
  const counted = windows.filter(({ ended, full }) => view.basis === 'year' || ended || full);
  const open = windows.filter(({ ended, full }) => !ended && !full);
  const caughtUp = r.mean(windows.map(({ ended, value }) => (ended ? value : r.one)));
  return {
    exact: counted.length === 0 ? null : r.mean(counted.map(({ value }) => value)),
    best: open.length === 0 ? null : caughtUp,
    due: open[0]?.span.to ?? null,
    windows: windows.map(({ span, amount, full }) => report(span, amount, full, view.on)),
  };
}

function overYear(measure: WholeYear, evidence: Evidence, view: View): Attained {
  const deadline = measure.type === 'milestone' ? `${view.year}-${measure.by}` : lastDayOfYear(view.year);
  const { value, ...amount } = wholeYear(measure, evidence, deadline);
  const full = value !== null && r.equal(value, r.one);
  const ended = deadline <= view.on;
  const isOpen = value !== null && !full && !ended;
  const span = { label: String(view.year), from: `${view.year}-01-01`, to: deadline };
  return {
    exact: view.basis === 'year' || ended || full ? value : null,
    best: isOpen ? r.one : null,
    due: isOpen ? deadline : null,
    windows: [report(span, amount, full, view.on)],
  };
}

export function attain(requirement: Requirement, evidence: Evidence, view: View): Attained {
  const { kind, measure } = requirement;
  const fitting = evidence.activities.filter((one) => one.body.kind === kind && fits(measure, one));
  const own = { ...evidence, activities: fitting };
  if (measure.type === 'count' || measure.type === 'sum') return overWindows(measure, own, view);
  return overYear(measure, own, view);
}
