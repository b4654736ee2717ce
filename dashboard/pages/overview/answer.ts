import type { Plan } from '#schemas/plan.ts';
import { moverFact } from '#schemas/presentation/answers/movement.ts';
import { type OverviewFact, overviewFacts } from '#schemas/presentation/answers/overview.ts';
import type { Obligation } from '#schemas/results/agenda.ts';
import type { Mover } from '#schemas/results/movement.ts';
import type { Overview } from '#schemas/results/overview.ts';
import { quotedNames } from '../../locales/obligationWords.ts';
import type { Words } from '../../locales/words.ts';
import { ownWord } from '../unit/movementAnswer.ts';

/** One obligation for each name: windows of one requirement that are due on one day are told once. */
const told = (items: readonly Obligation[]): Obligation[] => [
  ...new Map(items.map((item) => [`${item.of} ${item.id}`, item])).values(),
];

type Fact<K extends OverviewFact['kind']> = Extract<OverviewFact, { kind: K }>;

const SENTENCES: { [K in OverviewFact['kind']]: (words: Words, fact: Fact<K>) => string } = {
  'nothing-due': (words, { units }) => words.say('overview.answerNothing', { units }),
  'all-on-course': (words, { units }) => words.say('overview.answerAll', { units }),
  course: (words, { kind: _kind, ...classes }) => words.say('overview.answer', classes),
  due: (words, { obligations, done, first: { due, items } }) =>
    words.say(
      items.length === obligations - done ? 'overview.answerDueOn' : 'overview.answerDue',
      { done, day: words.day(due), names: quotedNames(words, told(items)) },
      obligations,
    ),
  'next-batch': (words, { due, obligations, soon }) =>
    words.say(soon ? 'overview.answerThen' : 'overview.answerLater', { day: words.day(due) }, obligations),
  missed: (words, { misses }) => {
    const [first] = misses;
    const isAll = first !== undefined && first.short === first.counted;
    const many = isAll ? 'overview.answerMissEqualAll' : 'overview.answerMissEqual';
    return words.say(misses.length > 1 ? many : 'overview.answerMiss', {
      name: quotedNames(words, misses),
      short: first?.short ?? 0,
      counted: first?.counted ?? 0,
      share: words.share(first ? first.short / first.counted : 0),
    });
  },
  vetoed: (words, { units }) => words.say('overview.answerVeto', {}, units.length),
};

const sentenceOf = <K extends OverviewFact['kind']>(words: Words, fact: Fact<K>): string =>
  (SENTENCES[fact.kind as K] as (words: Words, fact: Fact<K>) => string)(words, fact);

/** The state of the zone in a few sentences: on course, due next, missed most, vetoed. */
export const overviewAnswer = (words: Words, overview: Overview): string[] =>
  overviewFacts(overview).map((fact) => sentenceOf(words, fact));

export type Naming = Pick<Plan, 'requirements' | 'deductions' | 'vetoes'>;

const nameIn = (
  words: Words,
  list: readonly { id: string; name?: Plan['title'] | undefined }[],
  id: string | null,
): string => {
  const name = list.find((item) => item.id === id)?.name;
  return name ? words.name(name) : (id ?? '');
};

/** Why a unit moved, in a few words: the one thing that weighed most, or what others did beside its own total. */
export function reasonWord(words: Words, plan: Naming, mover: Mover): string {
  const { reason, change, crossed, rose } = moverFact(mover);
  const { because, id, effect, level = 0 } = reason;
  const points = words.signed(effect);
  const mainly = (name: string): string =>
    level > 0
      ? words.say('overview.becauseSome', { name, points }, level)
      : words.say('overview.because', { name, points });
  if (because === 'requirement') return mainly(nameIn(words, plan.requirements, id));
  if (because === 'deduction') {
    const name = nameIn(words, plan.deductions, id);
    return level > 0 ? mainly(name) : words.say('overview.becauseDeduction', { name, points });
  }
  if (because === 'veto')
    return words.say(effect > 0 ? 'overview.becauseVetoLifted' : 'overview.becauseVeto', {
      name: nameIn(words, plan.vetoes, id),
    });
  if (because === 'rest') return mainly(words.say('moved.rest'));
  return words.say('overview.becauseOthers', {
    total: ownWord(words, change),
    others: words.say(rose ? 'moved.overtookShort' : 'moved.passedByShort', {}, crossed),
  });
}

export const vetoNames = (words: Words, plan: Naming, ids: readonly string[]): string =>
  words.list(ids.map((id) => nameIn(words, plan.vetoes, id)));

/** Where nothing falls due soon: of a year that is over nothing does any more, whatever the next one asks. */
export const nothingDue = (words: Words, year: number, on: string): string =>
  on > `${year}-12-31`
    ? words.say('overview.allPast', { year })
    : words.say('overview.nothingDue', { day: words.day(on) });
