import type { Way, WayStep, WayUp } from '#schemas/results/wayUp.ts';
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
export function wayUpAnswer(words: Words, { rank, next, best, obstacle, plan: { year } }: WayUp): string[] {
  if (rank === null) return [words.say('wayUp.unranked')];
  if (!next) return obstacle ? [words.say(OBSTACLES[obstacle], { year })] : [];
  const named = (way: Way) => ({
    effort: effortWord(words, way),
    total: words.score(way.total),
    rank: way.rank,
    now: rank,
    year,
  });
  const sentence = words.say('wayUp.answer', named(next), next.steps.length);
  if (!best) return [sentence];
  return [
    sentence,
    best.rank === next.rank
      ? words.say('wayUp.bestIsNext', { year })
      : words.say('wayUp.best', named(best), best.steps.length),
  ];
}

const windowsWord = (words: Words, { windows }: WayStep): string =>
  words.list(windows.map(({ label }) => words.window(label)).filter(Boolean));

const pieces =
  (key: WordKey & `wayUp.${string}`) =>
  ({ say }: Words, { actions }: WayStep): string =>
    say(key, {}, actions);

const DOING: Record<WayStep['measure'], (words: Words, step: WayStep) => string> = {
  count(words, step) {
    const windows = windowsWord(words, step);
    return windows
      ? words.say('wayUp.countIn', { windows }, step.actions)
      : words.say('wayUp.count', {}, step.actions);
  },
  sum(words, step) {
    const missing = step.windows.reduce((sum, { actual, required }) => sum + required - actual, 0);
    const windows = windowsWord(words, step) || words.say('measure.per.year');
    return words.say('wayUp.sumIn', { windows, missing: words.plain(missing) });
  },
  coverage: pieces('wayUp.coverage'),
  variety: pieces('wayUp.variety'),
  ratio: pieces('wayUp.ratio'),
  target: ({ say }, { results }) => say('wayUp.target', {}, results),
  milestone: ({ say }) => say('wayUp.milestone'),
  appraisal: ({ say }) => say('wayUp.appraisal'),
};

/** What is to be done to take a step, as its measure counts it. */
export const doingWord = (words: Words, step: WayStep): string => DOING[step.measure](words, step);
