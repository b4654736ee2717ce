import type { Way, WayStep, WayUp } from '#schemas/results/wayUp.ts';
import { windowName } from '../../locales/windowWords.ts';
import type { WordKey, Words } from '../../locales/words.ts';

/** What a way takes, in a few words: things to do, and results that others measure. */
export function effortWord(words: Words, { actions, results }: Pick<Way, 'actions' | 'results'>): string {
  return words.list([
    ...(actions > 0 ? [words.say('wayUp.actions', {}, actions)] : []),
    ...(results > 0 ? [words.say('wayUp.results', {}, results)] : []),
  ]);
}

const OBSTACLES: Record<NonNullable<WayUp['obstacle']>, WordKey> = {
  first: 'wayUp.first',
  veto: 'wayUp.veto',
  'nothing-left': 'wayUp.nothingLeft',
  'out-of-reach': 'wayUp.outOfReach',
};

/** How to gain the next place and which is the best one left, or why there is none. */
export function wayUpAnswer(words: Words, { rank, next, best, obstacle }: WayUp): string[] {
  if (rank === null) return [words.say('wayUp.unranked')];
  if (!next) return obstacle ? [words.say(OBSTACLES[obstacle])] : [];
  const named = (way: Way) => ({
    effort: effortWord(words, way),
    total: words.score(way.total),
    rank: way.rank,
    now: rank,
  });
  const sentence = words.say('wayUp.answer', named(next), next.steps.length);
  if (!best) return [sentence];
  return [
    sentence,
    best.rank === next.rank
      ? words.say('wayUp.bestIsNext')
      : words.say('wayUp.best', named(best), best.steps.length),
  ];
}

/** What is to be done to take a step, as its measure counts it. */
export function doingWord(words: Words, step: WayStep): string {
  const { say } = words;
  const windows = words.list(step.windows.map(({ label }) => windowName(words, label)).filter(Boolean));
  switch (step.measure) {
    case 'count':
      return windows ? say('wayUp.countIn', { windows }, step.actions) : say('wayUp.count', {}, step.actions);
    case 'sum': {
      const missing = step.windows.reduce((sum, { actual, required }) => sum + required - actual, 0);
      return say('wayUp.sumIn', {
        windows: windows || say('measure.per.year'),
        missing: words.plain(missing),
      });
    }
    case 'coverage':
    case 'variety':
    case 'ratio':
      return say(`wayUp.${step.measure}`, {}, step.actions);
    case 'target':
      return say('wayUp.target', {}, step.results);
    default:
      return say(step.measure === 'appraisal' ? 'wayUp.appraisal' : 'wayUp.milestone');
  }
}
