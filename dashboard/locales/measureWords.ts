import type { Measure } from '#schemas/plan.ts';
import type { Words } from './words.ts';

type Of<T extends Measure['type']> = Extract<Measure, { type: T }>;

const SENTENCES: { [T in Measure['type']]: (words: Words, measure: Of<T>) => string } = {
  count: (words, { per, atLeast, ledByHead }) =>
    words.say(
      ledByHead ? 'measure.countLed' : 'measure.count',
      { per: words.say(`measure.per.${per}`) },
      atLeast,
    ),
  sum: (words, { per, atLeast, perMember }) =>
    words.say(perMember ? 'measure.sumEach' : 'measure.sum', {
      per: words.say(`measure.per.${per}`),
      amount: words.plain(atLeast),
    }),
  coverage: (words, { share }) =>
    share === 1
      ? words.say('measure.everyone')
      : words.say('measure.coverage', { share: words.share(share) }),
  variety: (words, { forms, atLeast }) => {
    const list = words.list(forms.map(words.term));
    return atLeast === forms.length
      ? words.say('measure.varietyAll', { list })
      : words.say('measure.variety', { list }, atLeast);
  },
  ratio: (words) => words.say('measure.ratio'),
  target: (words) => words.say('measure.target'),
  milestone: (words, { by }) => words.say('measure.milestone', { day: words.day(`2000-${by}`) }),
  appraisal: (words) => words.say('measure.appraisal'),
};

/** What a requirement asks for, as a clerk would say it. */
export const measureSentence = <T extends Measure['type']>(words: Words, measure: Of<T>): string =>
  SENTENCES[measure.type as T](words, measure);
