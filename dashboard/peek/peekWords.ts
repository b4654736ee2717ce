import { entryOf } from '#schemas/entries.ts';
import type { Plan } from '#schemas/plan.ts';
import { gapsOf } from '#schemas/presentation/answers/unit.ts';
import type { ActivityRow, RequirementRow, Standing } from '#schemas/results/results.ts';
import { dayOf } from '../composables/filters.ts';
import type { Words } from '../locales/words.ts';
import { dueWord } from '../pages/unit/gaps.ts';

/** The gaps that a short look has room for, those that cost most. */
const GAPS = 3;

export const largestGaps = (standing: Standing): RequirementRow[] => gapsOf(standing).slice(0, GAPS);

/** When a gap is due, or that it is over. */
export function dueText(words: Words, row: RequirementRow, on: string): string {
  const { text, hint, late } = dueWord(words, row, on);
  return late ? hint : text;
}

export const rankText = (words: Words, { row }: Standing): string =>
  row.rank === null
    ? words.say('unit.noRank')
    : words.say('peek.rank', { rank: words.count(row.rank), of: words.count(row.of) });

/** What was last sent in of the unit's own, and on which day. */
export function reportText(
  words: Words,
  last: Pick<ActivityRow, 'title' | 'history'> | null,
  timezone: string,
): string {
  const recorded = last?.history.at(-1)?.recordedtime;
  if (!last || !recorded) return words.say('peek.noReport');
  return words.say('peek.report', { day: words.day(dayOf(recorded, timezone)), title: last.title });
}

/** All of it in one sentence, for those who hear it. */
export function peekSentence(words: Words, plan: Pick<Plan, 'criteria'>, standing: Standing): string {
  const types = plan.criteria.map(
    ({ id, name }) => `${words.name(name)} ${words.score(entryOf(standing.row.criteria, id))}`,
  );
  const gaps = largestGaps(standing).map((row) =>
    [words.name(row.name), row.clause, words.loss(row.lost), dueText(words, row, standing.on)]
      .filter(Boolean)
      .join(' '),
  );
  return [
    words.say('peek.heard', {
      unit: standing.row.name,
      rank: rankText(words, standing),
      total: words.score(standing.row.total),
      types: words.list(types),
    }),
    gaps.length ? words.say('peek.heardGaps', { gaps: words.list(gaps) }) : words.say('peek.noGaps'),
  ].join(words.locale === 'en' ? ' ' : '');
}
