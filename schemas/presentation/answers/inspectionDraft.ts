import type { Day } from '#schemas/dates.ts';
import { entryOf } from '#schemas/entries.ts';
import type { Bilingual, Plan } from '#schemas/plan.ts';
import type { RankingRow, RequirementRow, Standing } from '#schemas/results/results.ts';
import { exactDifference, exactSum } from '../numbers.ts';

/**
 * What a self-inspection may say, found in the record: a score, shortcomings and remedies for each criterion. The unit edits
 * it; nothing here is made up.
 */

type Named = { id: string; name: Bilingual };

/** A requirement that is not met in full, and the windows that were missed. */
export type Shortcoming = Named & { attainment: number; lost: number; missed: string[] };

/** What can still be done: until when, and in which window. */
export type Remedy = Named & { due: Day; window: string };

export type DraftedCriterion = {
  criterion: string;
  /** As recorded; null where nothing of it is counted. */
  score: number | null;
  /** What costs most first. */
  shortcomings: Shortcoming[];
  /** Those that are not named, together. */
  others: { count: number; lost: number } | null;
  deductions: RankingRow['deductions'];
  /** The nearest deadline first. */
  remedies: Remedy[];
  /** Gaps that nothing can be done about in the year any more. */
  closed: Named[];
};

/** More than these nobody reads, and a field holds only so much. */
const MOST_SHORTCOMINGS = 8;
const MOST_REMEDIES = 8;

const named = ({ id, name }: RequirementRow): Named => ({ id, name });

const shortIn = (rows: readonly RequirementRow[]): RequirementRow[] =>
  rows
    .filter(({ attainment }) => attainment !== null && attainment < 1)
    .sort((a, b) => (b.lost ?? 0) - (a.lost ?? 0));

const shortcomingOf = (row: RequirementRow): Shortcoming => ({
  ...named(row),
  attainment: row.attainment ?? 0,
  lost: row.lost ?? 0,
  missed: row.windows.filter(({ status }) => status === 'missed').map(({ label }) => label),
});

/** Also what is met so far may have a window to come. */
function remedyOf(row: RequirementRow, on: Day): Remedy[] {
  const window = row.windows.find(({ to, status }) => to > on && status !== 'met');
  return window ? [{ ...named(row), due: window.to, window: window.label }] : [];
}

function othersOf(rest: readonly RequirementRow[]): DraftedCriterion['others'] {
  if (rest.length === 0) return null;
  return { count: rest.length, lost: exactSum(rest.map(({ lost }) => lost ?? 0)) };
}

export function draftedInspection(
  { row, requirements, on }: Pick<Standing, 'row' | 'requirements' | 'on'>,
  plan: Pick<Plan, 'criteria' | 'deductions'>,
): DraftedCriterion[] {
  return plan.criteria.map(({ id }) => {
    const own = requirements.filter(({ criterion }) => criterion === id);
    const short = shortIn(own);
    const remedies = own.flatMap((one) => remedyOf(one, on));
    const open = new Set(remedies.map((one) => one.id));
    const deducts = new Set(plan.deductions.filter(({ criterion }) => criterion === id).map((one) => one.id));
    return {
      criterion: id,
      score: entryOf(row.criteria, id) ?? null,
      shortcomings: short.slice(0, MOST_SHORTCOMINGS).map(shortcomingOf),
      others: othersOf(short.slice(MOST_SHORTCOMINGS)),
      deductions: row.deductions.filter((one) => deducts.has(one.id)),
      remedies: remedies.sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0)).slice(0, MOST_REMEDIES),
      closed: short
        .filter((one) => !open.has(one.id))
        .slice(0, MOST_SHORTCOMINGS)
        .map(named),
    };
  });
}

/** Points from which on an own score is far from the record: a reader of both will ask why. */
export const FAR = 5;

export type OwnScore = { criterion: string; own: number | null; record: number | null };
export type Distance = OwnScore & { difference: number | null; far: boolean };

/** Own scores beside the record's. */
export const distances = (scores: readonly OwnScore[]): Distance[] =>
  scores.map((score) => {
    const { own, record } = score;
    const difference = own === null || record === null ? null : exactDifference(own, record);
    return { ...score, difference, far: difference !== null && Math.abs(difference) >= FAR };
  });
