import { dueNext, lateOf } from '#schemas/presentation/answers/late.ts';
import { greatest } from '#schemas/presentation/answers/rows.ts';
import type { RequirementRow, Standing } from '#schemas/results.ts';
import { innerQuotes } from '../../locales/quotes.ts';
import { someOf } from '../../locales/someOf.ts';
import type { Words } from '../../locales/words.ts';
import { gapRows } from './gaps.ts';

type Item = Pick<Standing['conditions'][number], 'id' | 'name'>;
const nameOf = (words: Words, { id, name }: Item): string => (name ? words.name(name) : id);

function gapSentence(words: Words, name: string, gaps: readonly RequirementRow[]): string {
  const lost = gaps.reduce((sum, gap) => sum + Math.round((gap.lost ?? 0) * 10_000), 0) / 10_000;
  const { most, found } = greatest(gaps, (gap) => gap.lost ?? 0);
  if (found.length === 0) return words.say('unit.answerGapsFree', { unit: name }, gaps.length);
  const worst = someOf(
    words,
    found.map((gap) => words.say('table.quoted', { name: innerQuotes(words.name(gap.name)) })),
  );
  return words.say(
    found.length > 1 ? 'unit.answerGapsEqual' : 'unit.answerGaps',
    { unit: name, lost: words.score(lost), worst, points: words.score(most) },
    gaps.length,
  );
}

/** Conditions that were missed: the rest of what the unit is late with. */
function missedSentence(words: Words, standing: Standing): string[] {
  const { conditions, all } = lateOf(standing);
  if (conditions.length === 0) return [];
  const key = standing.basis === 'to-date' ? 'unit.answerMissedOf' : 'unit.answerMissed';
  return [words.say(key, { all }, conditions.length)];
}

function dueSentence(words: Words, standing: Standing): string[] {
  const next = dueNext(standing);
  if (!next) return [];
  const name = someOf(
    words,
    next.items.map((item) => nameOf(words, item)),
  );
  return [words.say('unit.answerDue', { day: words.day(next.due), name })];
}

function climbSentence(words: Words, gaps: readonly RequirementRow[], rank: number | null): string[] {
  const climb = gaps
    .filter((gap) => gap.rankIfCaughtUp !== null && rank !== null && gap.rankIfCaughtUp < rank)
    .sort((a, b) => (a.rankIfCaughtUp ?? 0) - (b.rankIfCaughtUp ?? 0))[0];
  if (!climb || rank === null) return [];
  const named = { name: words.name(climb.name), rank: climb.rankIfCaughtUp ?? rank, now: rank };
  return [words.say('unit.answerClimb', named)];
}

/** The sentences that answer "what is still missing?": how much, the nearest day, and the best single way up. */
export function unitAnswer(words: Words, standing: Standing): string[] {
  const gaps = gapRows(standing);
  const { name, rank } = standing.row;
  const counted = standing.requirements.some(({ attainment }) => attainment !== null);
  const head = gaps.length
    ? gapSentence(words, name, gaps)
    : words.say(counted ? 'unit.answerFull' : 'unit.answerNothing', { unit: name });
  return [
    head,
    ...missedSentence(words, standing),
    ...dueSentence(words, standing),
    ...climbSentence(words, gaps, rank),
  ];
}
