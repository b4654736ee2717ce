import type { Day } from '#schemas/dates.ts';
import type { Owed, OwedList } from '#schemas/owed.ts';
import type { Plan } from '#schemas/plan.ts';
import { exactSum } from '#schemas/presentation/numbers.ts';
import type { ReportHints } from '#schemas/results/reportHints.ts';
import type { Words } from '../../locales/words.ts';

/** What is owed, in words. */

export const nameOf = (words: Words, { row }: Owed): string => (row.name ? words.name(row.name) : row.id);

/** Unlike for rows that are made anew, the same window keeps its place on the page. */
export const keyOf = (item: Owed): string =>
  item.of === 'requirement' ? `${item.row.id}/${item.window.label}` : item.row.id;

const sumOf = (items: readonly Owed[]): number =>
  exactSum(items.map((item) => (item.of === 'requirement' ? (item.worth ?? 0) : 0)));

/** Where nothing falls due this month, that is said, with the day of the next batch and how many it has. */
function nothingNow(words: Words, today: Day, { open, ahead }: OwedList): string[] {
  const dues = [...open, ...ahead].map(({ due }) => due).sort();
  const [next] = dues;
  if (next === undefined || next.slice(0, 7) <= today.slice(0, 7)) return [];
  const day = next.slice(0, 4) === today.slice(0, 4) ? words.day(next) : words.fullDay(next);
  return [words.say('desk.nothingNow', { day }, dues.filter((due) => due === next).length)];
}

/** What can still be done and by when, conditions besides, and what was missed: every row is in a sentence. */
export function owedAnswer(
  words: Words,
  { year, today }: { year: number; today: Day },
  owed: OwedList,
): string[] {
  const { open, ahead, missed } = owed;
  const windows = open.filter(({ of }) => of === 'requirement');
  const lost = missed.filter(({ of }) => of === 'requirement');
  const first = open[0];
  if (open.length + ahead.length + missed.length === 0) return [words.say('desk.none', { year })];
  return [
    ...nothingNow(words, today, owed),
    ...(windows[0]
      ? [
          words.say(
            'desk.answer',
            { points: words.score(sumOf(windows)), day: words.day(windows[0].due) },
            windows.length,
          ),
          ...(open.length > windows.length
            ? [words.say('desk.answerConditionsToo', {}, open.length - windows.length)]
            : []),
        ]
      : first
        ? [words.say('desk.answerConditions', { day: words.day(first.due) }, open.length)]
        : ahead.length === 0
          ? [words.say('desk.nothingOpen', { year })]
          : []),
    ...(lost.length
      ? [words.say('desk.answerMissed', { points: words.score(sumOf(lost)) }, lost.length)]
      : []),
    ...(missed.length > lost.length
      ? [words.say('desk.answerMissedConditions', {}, missed.length - lost.length)]
      : []),
  ];
}

/** The forms of a variety that are not there yet; none where all are, since the measure names them. */
export function formsMissing(plan: Plan, hints: ReportHints | undefined, item: Owed): string[] {
  if (item.of !== 'requirement' || !hints) return [];
  const measure = plan.requirements.find(({ id }) => id === item.row.id)?.measure;
  if (measure?.type !== 'variety') return [];
  const there = hints.forms.find(({ kind }) => kind === item.row.kind)?.forms ?? [];
  const missing = measure.forms.filter((form) => !there.includes(form));
  return missing.length < measure.forms.length ? missing : [];
}
