import type { Day } from './dates.ts';
import { add, decimalOf, halfUp, least, MILLION, type Ratio, scaled, scaledMean, times } from './exact.ts';
import type { Basis, WindowRow } from './results/results.ts';
import type { UnitTally, Whole } from './tallies.ts';
import { hasEnded, isTooLate, type Outlook, type Window } from './windows.ts';

/** From where a year is looked at: `to-date` on a day, or as a whole. */
export type View = Readonly<{ year: number; basis: Basis } & Outlook>;

/** What the pages show of a requirement beside its attainment. */
export type Prospect = {
  windows: WindowRow[];
  /** The attainment in millionths if everything that can still be done is done; null where nothing can. */
  best: number | null;
  /** The nearest day by which something is still to be done; null where nothing can. */
  due: Day | null;
};

/** One requirement's measure, compiled for a view. */
export type Gauge = {
  /** Attainment in millionths, half up; null = not counted yet, or excluded. */
  attain(tally: UnitTally): number | null;
  prospect(tally: UnitTally): Prospect;
  /** In order, those of `prospect`. */
  windows: readonly Window[];
  /** Whether one of the windows is met, which is all that counting asks; null where nothing is asked of the unit. */
  isMet(tally: UnitTally, window: number): boolean | null;
};

/** How a measure with windows reads a tally. */
export type WindowedReader = {
  windows: readonly Window[];
  required(tally: UnitTally): Whole;
  amount(tally: UnitTally, window: number): Whole;
  /** An amount as a number in the measure's unit. */
  show(amount: Whole): number;
};

/** How a measure over the whole year reads a tally. */
export type YearReader = {
  span: Window;
  /** The ratio within 0..1 that is the attainment, or ratios whose mean is; null where the unit is excluded. */
  share(tally: UnitTally): Ratio | readonly Ratio[] | null;
  show(tally: UnitTally): { actual: number; required: number };
};

function statusOf(window: Window, full: boolean, outlook: Outlook): WindowRow['status'] {
  if (full) return 'met';
  if (isTooLate(window.to, outlook)) return 'missed';
  return window.from > outlook.on ? 'future' : 'open';
}

/**
 * Mean over the windows that count: all of them at year end; to date those that have ended or are full already.
 */
export function overWindows(reader: WindowedReader, view: View): Gauge {
  const { basis, on } = view;
  const { windows, required, amount, show } = reader;
  const ended = windows.map((window) => hasEnded(window, on));
  const counts = ended.map((has) => basis === 'year' || has);

  function attain(tally: UnitTally): number | null {
    const needed = required(tally);
    let held: Whole = 0;
    let counted = 0;
    for (let index = 0; index < counts.length; index++) {
      const actual = amount(tally, index);
      if (actual >= needed) held = add(held, needed);
      else if (counts[index]) held = add(held, actual);
      else continue;
      counted++;
    }
    return counted ? scaled({ num: held, den: times(needed, counted) }, MILLION) : null;
  }

  function prospect(tally: UnitTally): Prospect {
    const needed = required(tally);
    const actuals = windows.map((_, index) => amount(tally, index));
    // What ends today counts already and still can be done: all that is said of it follows the one rule.
    const late = windows.map(({ to }) => isTooLate(to, view));
    const isOpen = (index: number) => !late[index] && (actuals[index] ?? 0) < needed;
    const open = windows.filter((_, index) => isOpen(index));
    const held = actuals.reduce<Whole>(
      (sum, actual, index) => add(sum, late[index] ? least(actual, needed) : needed),
      0,
    );
    return {
      windows: windows.map((window, index) => {
        const actual = actuals[index] ?? 0;
        const status = statusOf(window, actual >= needed, view);
        return { ...window, actual: show(actual), required: show(needed), status };
      }),
      best: open.length ? scaled({ num: held, den: times(needed, windows.length) }, MILLION) : null,
      due: open[0]?.to ?? null,
    };
  }
  const isMet = (tally: UnitTally, window: number): boolean => amount(tally, window) >= required(tally);
  return { attain, prospect, windows, isMet };
}

const isMany = (share: Ratio | readonly Ratio[]): share is readonly Ratio[] => Array.isArray(share);

const isFull = (share: Ratio | readonly Ratio[]): boolean =>
  isMany(share) ? share.every(isFull) : share.num >= share.den;

/** Counts at year end; to date from its last day on, or as soon as it is exactly 1. */
export function overYear({ span, share, show }: YearReader, view: View): Gauge {
  const { basis, on } = view;
  const ended = hasEnded(span, on);
  const counts = basis === 'year' || ended;

  function attain(tally: UnitTally): number | null {
    const own = share(tally);
    if (!own || !(counts || isFull(own))) return null;
    return isMany(own) ? scaledMean(own, MILLION) : scaled(own, MILLION);
  }

  function prospect(tally: UnitTally): Prospect {
    const own = share(tally);
    // Where the unit is excluded nothing is asked of it, so there is nothing met or missed.
    if (!own) return { windows: [], best: null, due: null };
    const full = isFull(own);
    const open = !full && !isTooLate(span.to, view);
    return {
      windows: [{ ...span, ...show(tally), status: statusOf(span, full, view) }],
      best: open ? MILLION : null,
      due: open ? span.to : null,
    };
  }
  function isMet(tally: UnitTally): boolean | null {
    const own = share(tally);
    return own && isFull(own);
  }
  return { attain, prospect, windows: [span], isMet };
}

/** num / den in the measure's unit, for people: 6 decimals. */
export const shown = (num: Whole, den: Whole): number => decimalOf(halfUp(times(num, MILLION), den));
