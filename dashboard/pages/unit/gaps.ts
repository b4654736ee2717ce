import { dayNumber } from '#schemas/dates.ts';
import { exactSum } from '#schemas/presentation/numbers.ts';
import type { RankingRow, RequirementRow, WindowRow } from '#schemas/results/results.ts';
import { isExcluded } from '../../locales/uncountedWord.ts';
import type { Words } from '../../locales/words.ts';

export type DueWord = { text: string; hint: string; late: boolean };

/** When something of it can still be done, and what is past. */
export function dueWord(words: Words, row: RequirementRow, on: string): DueWord {
  const missed = row.windows.filter(({ status }) => status === 'missed');
  const past =
    row.windows.length > 1 && missed.length > 0
      ? words.say('unit.missedWindows', {
          windows: words.list(missed.map(({ label }) => words.window(label))),
        })
      : '';
  if (row.attainment !== null && row.attainment >= 1) return { text: '', hint: '', late: false };
  if (isExcluded(row))
    return {
      text: '',
      hint: words.say('unit.excludedMeans'),
      late: false,
    };
  if (row.due === null) return { text: past, hint: words.say('unit.overdue'), late: true };
  const days = dayNumber(row.due) - dayNumber(on);
  const left = days === 0 ? words.say('unit.dueToday') : words.say('unit.dueDays', {}, days);
  return { text: words.say('unit.dueBy', { day: words.day(row.due) }), hint: past || left, late: false };
}

/** Met, short, and not counted yet. */
export function tallyOf(requirements: readonly RequirementRow[]) {
  const uncounted = requirements.filter(({ attainment }) => attainment === null).length;
  const met = requirements.filter(({ attainment }) => attainment === 1).length;
  return { met, short: requirements.length - met - uncounted, uncounted };
}

/** How a type stands: its requirements, and what is taken off its score besides, for 90 with all met is no riddle then. */
export function typeWord(
  words: Words,
  requirements: readonly RequirementRow[],
  deductions: RankingRow['deductions'],
): { text: string; alarm: boolean } {
  const { short, uncounted } = tallyOf(requirements);
  const deducted = exactSum(deductions.map(({ points }) => points));
  const met =
    uncounted === 0
      ? 'unit.typeMet'
      : uncounted < requirements.length
        ? 'unit.typeMetSoFar'
        : 'unit.typeUncounted';
  const state = short > 0 ? words.say('unit.typeShort', {}, short) : words.say(met);
  const taken = deducted > 0 ? [words.say('unit.typeDeducted', { points: words.plain(deducted) })] : [];
  return { text: [state, ...taken].join(' · '), alarm: short > 0 || deducted > 0 };
}

/**
 * The window in which a gap is closed next: the one that is open; else the last that was missed, since what was done in
 * time can still be reported; else the first that is to come.
 */
export function closingWindow({ windows }: Pick<RequirementRow, 'windows'>): WindowRow | undefined {
  return (
    windows.find(({ status }) => status === 'open') ??
    windows.findLast(({ status }) => status === 'missed') ??
    windows.find(({ status }) => status === 'future')
  );
}
