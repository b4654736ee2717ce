import { type Gauge, overWindows, overYear, shown, type View, type YearReader } from './attainment.ts';
import { dayNumber } from './dates.ts';
import { add, decimalOf, MILLION, ONE, type Ratio, scaledMean, shrink, times, ZERO } from './exact.ts';
import { micros } from './numbers.ts';
import type { Measure, Period, Requirement } from './plan.ts';
import { type Facet, type Layout, type TargetTally, type UnitTally, type Whole, WINDOWS } from './tallies.ts';
import { dayOfYear, dueOf, windowsOf } from './windows.ts';

/** How each type of measure reads a unit's tally (docs/scoring.md). */

type OfType<T extends Measure['type']> = Extract<Measure, { type: T }>;
type Context = { kind: string; layout: Layout; view: View };

const NONE: Record<'zero' | 'full' | 'exclude', Ratio | null> = {
  zero: ZERO,
  full: ONE,
  exclude: null,
};

/** Where a kind's cells of a facet stand in a unit's flat array. */
export function cellsOf(layout: Layout, facet: Facet, kind: string) {
  const cells = layout.facets[facet].find((candidate) => candidate.kind === kind);
  if (!cells) throw new Error(`the layout has no ${facet} of ${kind}`);
  return { ...cells, at: layout.offsets[facet] + cells.start };
}

/** Reads one cell of a kind that has a single one in the facet. */
export function cellReader(layout: Layout, facet: Facet, kind: string): (tally: UnitTally) => Whole {
  const { at } = cellsOf(layout, facet, kind);
  return ({ cells }) => cells[at] ?? 0;
}

/** Folds the cells of the finest windows into those of a period. */
function windowReader({ kind, layout }: Context, facet: Facet, per: Period) {
  const { at, length } = cellsOf(layout, facet, kind);
  const width = length / WINDOWS[per];
  return ({ cells }: UnitTally, window: number): Whole => {
    const first = at + window * width;
    let sum: Whole = cells[first] ?? 0;
    for (let cell = first + 1; cell < first + width; cell++) sum = add(sum, cells[cell] ?? 0);
    return sum;
  };
}

function count({ per, atLeast, ledByHead }: OfType<'count'>, context: Context): Gauge {
  const amount = windowReader(context, ledByHead ? 'ledCounts' : 'counts', per);
  const windows = windowsOf(context.view.year, per);
  return overWindows({ windows, amount, required: () => atLeast, show: Number }, context.view);
}

function sum({ per, atLeast, perMember }: OfType<'sum'>, context: Context): Gauge {
  const needed = shrink(micros(atLeast));
  const required = perMember ? ({ teamSize }: UnitTally) => times(needed, teamSize) : () => needed;
  const amount = windowReader(context, 'sums', per);
  const windows = windowsOf(context.view.year, per);
  return overWindows({ windows, amount, required, show: decimalOf }, context.view);
}

const wholeYear = (measure: Measure, { view }: Context, reader: Omit<YearReader, 'span'>): Gauge => {
  const span = { label: `${view.year}`, from: `${view.year}-01-01`, to: dueOf(view.year, measure) };
  return overYear({ span, ...reader }, view);
};

/** num / den, at most 1. */
const atMostOne = (num: Whole, den: Whole): Ratio => (num >= den ? ONE : { num, den });

function coverage(measure: OfType<'coverage'>, context: Context): Gauge {
  const members = cellReader(context.layout, 'members', context.kind);
  const part = shrink(micros(measure.share));
  const needed = ({ teamSize }: UnitTally) => times(part, teamSize);
  return wholeYear(measure, context, {
    share: (tally) => atMostOne(times(members(tally), MILLION), needed(tally)),
    show: (tally) => ({ actual: Number(members(tally)), required: decimalOf(needed(tally)) }),
  });
}

function variety(measure: OfType<'variety'>, context: Context): Gauge {
  const cells = cellsOf(context.layout, 'forms', context.kind);
  const places = measure.forms.map((form) => cells.at + (cells.forms ?? []).indexOf(form));
  const distinct = (tally: UnitTally) => {
    let forms = 0;
    for (const place of places) if ((tally.cells[place] ?? 0) > 0) forms++;
    return forms;
  };
  return wholeYear(measure, context, {
    share: (tally) => atMostOne(distinct(tally), measure.atLeast),
    show: (tally) => ({ actual: distinct(tally), required: measure.atLeast }),
  });
}

function ratio(measure: OfType<'ratio'>, context: Context): Gauge {
  const read = (facet: Facet) => cellReader(context.layout, facet, context.kind);
  const [reports, done, due] = [read('reports'), read('dones'), read('dues')];
  const none = NONE[measure.whenNone];
  return wholeYear(measure, context, {
    share: (tally) => (reports(tally) > 0 ? atMostOne(done(tally), due(tally)) : none),
    show: (tally) => ({ actual: decimalOf(done(tally)), required: decimalOf(due(tally)) }),
  });
}

/** How far one indicator is met. */
export function targetShare({ direction, target, value }: TargetTally): Ratio {
  if (value === null) return ZERO;
  if (direction === 'atMost') return value <= target ? ONE : { num: target, den: value };
  if (value <= 0) return ZERO;
  return value >= target ? ONE : { num: value, den: target };
}

function target(measure: OfType<'target'>, context: Context): Gauge {
  const shares = (tally: UnitTally) => {
    const own = tally.targets.filter(({ kind }) => kind === context.kind);
    return own.length ? own.map(targetShare) : null;
  };
  return wholeYear(measure, context, {
    share: shares,
    show: (tally) => ({ actual: decimalOf(scaledMean(shares(tally) ?? [ZERO], MILLION)), required: 1 }),
  });
}

function milestone(measure: OfType<'milestone'>, context: Context): Gauge {
  const first = cellReader(context.layout, 'firsts', context.kind);
  const by = dayNumber(dayOfYear(context.view.year, measure.by));
  const reached = (tally: UnitTally) => {
    const day = first(tally);
    return day !== 0 && day <= by;
  };
  return wholeYear(measure, context, {
    share: (tally) => (reached(tally) ? ONE : ZERO),
    show: (tally) => ({ actual: reached(tally) ? 1 : 0, required: 1 }),
  });
}

function appraisal(measure: OfType<'appraisal'>, context: Context): Gauge {
  const reports = cellReader(context.layout, 'scored', context.kind);
  const scores = cellReader(context.layout, 'scores', context.kind);
  const none = NONE[measure.whenNone];
  const mean = (tally: UnitTally) => shown(scores(tally), times(reports(tally), MILLION));
  return wholeYear(measure, context, {
    share: (tally) =>
      reports(tally) > 0 ? atMostOne(scores(tally), times(reports(tally), 100 * MILLION)) : none,
    show: (tally) => ({ actual: reports(tally) > 0 ? mean(tally) : 0, required: 100 }),
  });
}

const GAUGES: { [T in Measure['type']]: (measure: OfType<T>, context: Context) => Gauge } = {
  count,
  sum,
  coverage,
  variety,
  ratio,
  target,
  milestone,
  appraisal,
};

const build = <T extends Measure['type']>(measure: OfType<T>, context: Context): Gauge =>
  GAUGES[measure.type as T](measure, context);

/** Compiles a requirement's measure to what reads its attainment from a unit's tally. */
export const gaugeOf = ({ kind, measure }: Requirement, layout: Layout, view: View): Gauge =>
  build(measure, { kind, layout, view });
