import type { Standing } from '#schemas/results.ts';
import type { Words } from '../../locales/words.ts';
import { gapRows } from './gaps.ts';

/** The sentences that answer "what is still missing?": how much, the nearest day, and the best single way up. */
export function unitAnswer(words: Words, standing: Standing): string[] {
  const gaps = gapRows(standing);
  const { name, rank } = standing.row;
  if (standing.requirements.every(({ attainment }) => attainment === null))
    return [words.say('unit.answerNothing', { unit: name })];
  const [worst] = gaps;
  if (!worst) return [words.say('unit.answerFull', { unit: name })];
  const lost = gaps.reduce((sum, gap) => sum + (gap.lost ?? 0), 0);
  const sentences = [
    words.say(
      'unit.answerGaps',
      { unit: name, lost: words.score(lost), worst: words.name(worst.name), points: words.score(worst.lost) },
      gaps.length,
    ),
  ];
  const next = gaps
    .filter(({ due }) => due !== null && due >= standing.on)
    .sort((a, b) => (a.due ?? '').localeCompare(b.due ?? ''))[0];
  if (next?.due)
    sentences.push(words.say('unit.answerDue', { day: words.day(next.due), name: words.name(next.name) }));
  const climb = gaps
    .filter((gap) => gap.rankIfCaughtUp !== null && rank !== null && gap.rankIfCaughtUp < rank)
    .sort((a, b) => (a.rankIfCaughtUp ?? 0) - (b.rankIfCaughtUp ?? 0))[0];
  if (climb && rank !== null)
    sentences.push(
      words.say('unit.answerClimb', {
        name: words.name(climb.name),
        rank: climb.rankIfCaughtUp ?? rank,
        now: rank,
      }),
    );
  return sentences;
}
