import type { Plan } from '#schemas/plan.ts';
import { moverFact } from '#schemas/presentation/answers/movement.ts';
import type { Obligation } from '#schemas/results/agenda.ts';
import type { Movements, Mover } from '#schemas/results/movement.ts';
import type { Overview } from '#schemas/results/overview.ts';
import { innerQuotes } from '../../locales/quotes.ts';
import type { Words } from '../../locales/words.ts';
import { ownWord } from '../unit/movementAnswer.ts';

/** Conditions may have no name of their own; their id stands for it. */
export const obligationName = (words: Words, { name, id }: Pick<Obligation, 'name' | 'id'>): string =>
  name ? words.name(name) : id;

/** The state of the zone in a few sentences: on course, due next, missed most, vetoed. */
export function overviewAnswer(words: Words, { course, dueSoon, misses, vetoed }: Overview): string[] {
  const { units, onCourse, many } = course;
  const sentences = [
    onCourse === units
      ? words.say('overview.answerAll', { units })
      : words.say('overview.answer', { units, onCourse, many }),
  ];
  const owed = dueSoon.filter(({ owing }) => owing > 0);
  const [next] = owed;
  if (next)
    sentences.push(
      words.say(
        'overview.answerDue',
        { day: words.day(next.due), name: innerQuotes(obligationName(words, next)) },
        owed.length,
      ),
    );
  const [miss] = misses;
  if (miss)
    sentences.push(
      words.say('overview.answerMiss', {
        name: innerQuotes(words.name(miss.name)),
        short: miss.short,
        counted: miss.counted,
      }),
    );
  if (vetoed.length > 0) sentences.push(words.say('overview.answerVeto', {}, vetoed.length));
  return sentences;
}

/** Most places first, as the api gives them. */
export const moversOf = ({ movers }: Pick<Movements, 'movers'>) => ({
  rose: movers.filter(({ places }) => places > 0),
  fell: movers.filter(({ places }) => places < 0),
});

export type Naming = Pick<Plan, 'requirements' | 'deductions' | 'vetoes'>;

const nameIn = (
  words: Words,
  list: readonly { id: string; name?: Plan['title'] | undefined }[],
  id: string | null,
): string => {
  const name = list.find((item) => item.id === id)?.name;
  return innerQuotes(name ? words.name(name) : (id ?? ''));
};

/** Why a unit moved, in a few words: the one thing that weighed most, or what others did beside its own total. */
export function reasonWord(words: Words, plan: Naming, mover: Mover): string {
  const { reason, change, crossed, rose } = moverFact(mover);
  const { because, id, effect } = reason;
  const points = words.signed(effect);
  if (because === 'requirement')
    return words.say('overview.because', { name: nameIn(words, plan.requirements, id), points });
  if (because === 'deduction')
    return words.say('overview.becauseDeduction', { name: nameIn(words, plan.deductions, id), points });
  if (because === 'veto')
    return words.say(effect > 0 ? 'overview.becauseVetoLifted' : 'overview.becauseVeto', {
      name: nameIn(words, plan.vetoes, id),
    });
  return words.say('overview.becauseOthers', {
    total: ownWord(words, change),
    others: words.say(rose ? 'moved.overtookShort' : 'moved.passedByShort', {}, crossed),
  });
}

export const vetoNames = (words: Words, plan: Naming, ids: readonly string[]): string =>
  words.list(ids.map((id) => nameIn(words, plan.vetoes, id)));
