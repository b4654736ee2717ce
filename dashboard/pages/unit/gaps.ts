import { dayNumber } from '#schemas/dates.ts';
import type { RequirementRow, WindowRow } from '#schemas/results/results.ts';
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
