import type { Prospect } from '#schemas/attainment.ts';
import { add, least, MILLION, minus, scaled, scaledMean, shrink, times } from '#schemas/exact.ts';
import { targetShare } from '#schemas/measures.ts';
import { micros } from '#schemas/numbers.ts';
import type { Measure, Requirement } from '#schemas/plan.ts';
import type { Basis, WindowRow } from '#schemas/results/results.ts';
import type { UnitTally, Whole } from '#schemas/tallies.ts';

/** How far a gap can still be closed, and what that takes. */
export type Level = {
  actions: number;
  results: number;
  /** Millionths. */
  attainment: number;
  windows: readonly WindowRow[];
};

type Gap = {
  kind: string;
  tally: UnitTally;
  windows: readonly WindowRow[];
  basis: Basis;
};

/** A gap is shown in at most so many levels, however many things are missing. */
const MOST = 64;

const exact = (shown: number): Whole => shrink(micros(shown));

/** Whole things that are missing of a decimal number of them. */
const missingOf = ({ actual, required }: WindowRow): number =>
  Math.max(1, Math.ceil(Number(minus(exact(required), exact(actual))) / MILLION));

const isClosable = ({ status }: WindowRow): boolean => status === 'open' || status === 'future';

/** One by one where few are missing, else in equal strides. */
function stridesTo(missing: number): number[] {
  const strides = Math.min(missing, MOST);
  return Array.from({ length: strides }, (_, index) => Math.ceil(((index + 1) * missing) / strides));
}

/** Of the open windows the first that hold so many missing activities. */
function firstHolding(open: readonly WindowRow[], actions: number): WindowRow[] {
  let held = 0;
  return open.filter((window) => {
    const before = held;
    held += missingOf(window);
    return before < actions;
  });
}

const sumOf = (rows: readonly WindowRow[], of: (row: WindowRow) => Whole): Whole =>
  rows.reduce<Whole>((sum, row) => add(sum, of(row)), 0);

/** At year end every activity counts, in whichever window it is done: those that end first are filled first. */
function activityLevels({ windows }: Gap): Level[] {
  const needed = windows[0]?.required ?? 1;
  const held = windows.reduce((sum, { actual }) => sum + Math.min(actual, needed), 0);
  const open = windows.filter(isClosable);
  return stridesTo(open.reduce((sum, window) => sum + missingOf(window), 0)).map((actions) => ({
    actions,
    results: 0,
    attainment: scaled({ num: held + actions, den: needed * windows.length }, MILLION),
    windows: firstHolding(open, actions),
  }));
}

/** At year end a window brings what it lacks: those that lack most first. */
function quantityLevels({ windows }: Gap): Level[] {
  const needed = exact(windows[0]?.required ?? 1);
  const lacking = ({ actual }: WindowRow): Whole => minus(needed, exact(actual));
  const held = sumOf(windows, ({ actual }) => least(exact(actual), needed));
  const open = windows.filter(isClosable).sort((a, b) => Number(lacking(b)) - Number(lacking(a)));
  return open.map((_, index) => {
    const filled = open.slice(0, index + 1);
    const num = add(held, sumOf(filled, lacking));
    const attainment = scaled({ num, den: times(needed, windows.length) }, MILLION);
    return { actions: filled.length, results: 0, attainment, windows: filled };
  });
}

/** To date a window counts once it is full: those that take least first. */
function fullWindowLevels(gap: Gap, effort: (window: WindowRow) => number): Level[] {
  const needed = exact(gap.windows[0]?.required ?? 1);
  const counted = gap.windows.filter((window) => !isClosable(window));
  const held = sumOf(counted, ({ actual }) => least(exact(actual), needed));
  const open = gap.windows.filter(isClosable).sort((a, b) => effort(a) - effort(b));
  return open.map((_, index) => {
    const filled = open.slice(0, index + 1);
    const num = add(held, times(needed, filled.length));
    const attainment = scaled({ num, den: times(needed, counted.length + filled.length) }, MILLION);
    const actions = filled.reduce((sum, window) => sum + effort(window), 0);
    return { actions, results: 0, attainment, windows: filled };
  });
}

/** Members or forms, one after the other. */
function pieceLevels({ windows }: Gap): Level[] {
  const [span] = windows;
  if (!span) return [];
  const required = exact(span.required);
  return stridesTo(missingOf(span)).map((actions) => {
    const num = least(add(exact(span.actual), times(actions, MILLION)), required);
    return { actions, results: 0, attainment: scaled({ num, den: required }, MILLION), windows };
  });
}

/** Indicators, the furthest from its target first. */
function targetLevels({ tally, kind, windows }: Gap): Level[] {
  const shares = tally.targets.filter((one) => one.kind === kind).map(targetShare);
  shares.sort((a, b) => Number(a.num) / Number(a.den) - Number(b.num) / Number(b.den));
  const short = shares.filter(({ num, den }) => num < den).length;
  return stridesTo(short).map((results) => {
    const reached = shares.map((share, index) => (index < results ? { num: 1, den: 1 } : share));
    return { actions: 0, results, attainment: scaledMean(reached, MILLION), windows };
  });
}

const whole = (effort: { actions: number; results: number }, { windows }: Gap): Level[] => [
  { ...effort, attainment: MILLION, windows },
];

const LEVELS: Record<Measure['type'], (gap: Gap) => Level[]> = {
  count: (gap) => (gap.basis === 'year' ? activityLevels(gap) : fullWindowLevels(gap, missingOf)),
  sum: (gap) => (gap.basis === 'year' ? quantityLevels(gap) : fullWindowLevels(gap, () => 1)),
  coverage: pieceLevels,
  variety: pieceLevels,
  ratio: (gap) => {
    const [span] = gap.windows;
    return whole({ actions: span ? missingOf(span) : 1, results: 0 }, gap);
  },
  target: targetLevels,
  milestone: (gap) => whole({ actions: 1, results: 0 }, gap),
  appraisal: (gap) => whole({ actions: 0, results: 1 }, gap),
};

/**
 * How far a requirement that is counted can still be raised, in ascending effort. Empty where nothing can be added
 * any more. What is to be done is counted in activities (`count`), windows (`sum`), members (`coverage`), forms
 * (`variety`) or matters (`ratio`); indicators and appraisals are results that others measure.
 */
export function levelsOf(
  { kind, measure }: Requirement,
  {
    tally,
    prospect,
    attainment,
    basis,
  }: { tally: UnitTally; prospect: Prospect; attainment: number; basis: Basis },
): Level[] {
  if (prospect.best === null || prospect.best <= attainment) return [];
  const found = LEVELS[measure.type]({ kind, tally, windows: prospect.windows, basis });
  return found.filter((level) => level.attainment > attainment);
}

/** One number to compare efforts by: results outweigh any number of actions. */
const RESULT = 2 ** 32;
export const effortOf = ({ actions, results }: Pick<Level, 'actions' | 'results'>): number =>
  results * RESULT + actions;
export const ofEffort = (effort: number): Pick<Level, 'actions' | 'results'> => ({
  actions: effort % RESULT,
  results: Math.floor(effort / RESULT),
});
