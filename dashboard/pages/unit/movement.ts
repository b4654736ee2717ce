import type { Plan } from '#schemas/plan.ts';
import { exactDifference, exactSum } from '#schemas/presentation/numbers.ts';
import type { Movement, MovementEvent } from '#schemas/results/movement.ts';
import { innerQuotes } from '../../locales/quotes.ts';
import type { Words } from '../../locales/words.ts';

/** One thing that moved the total, with the events behind it. */
export type Effect = {
  id: string;
  name: string;
  criterion: string | null;
  /** The list of the unit's activities that shows what it rests on. */
  list: 'requirements' | 'incidents' | null;
  before: string;
  after: string;
  effect: number;
  events: readonly MovementEvent[];
};

type Naming = Pick<Plan, 'requirements' | 'deductions' | 'vetoes'>;
type Named = { id: string; name?: Plan['title'] | undefined };

export const sumOf = (effects: readonly { effect: number }[]): number =>
  exactSum(effects.map(({ effect }) => effect));

/** Everything that changed the total, the greatest first, the remainder last. They add up to `changeOf`. */
export function effectsOf(words: Words, plan: Naming, movement: Movement): Effect[] {
  const { say } = words;
  const nameIn = (list: readonly Named[], id: string): string => {
    const name = list.find((item) => item.id === id)?.name;
    return name ? words.name(name) : id;
  };
  const byPosition = new Map(movement.events.map((event) => [event.position, event]));
  const behind = (positions: readonly string[]): MovementEvent[] =>
    positions.flatMap((position) => byPosition.get(position) ?? []);
  const times = (n: number): string => say('moved.times', { n });
  const effects: Effect[] = [
    ...movement.requirements.map(({ id, criterion, before, after, effect, events }) => ({
      id,
      name: nameIn(plan.requirements, id),
      criterion,
      list: 'requirements' as const,
      before: words.share(before),
      after: words.share(after),
      effect,
      events: behind(events),
    })),
    ...movement.deductions.map(({ id, criterion, before, after, effect, events }) => ({
      id,
      name: nameIn(plan.deductions, id),
      criterion,
      list: 'incidents' as const,
      before: times(before),
      after: times(after),
      effect,
      events: behind(events),
    })),
    ...vetoEffect(words, movement, (id) => nameIn(plan.vetoes, id), behind),
  ].filter(({ effect }) => effect !== 0);
  effects.sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
  return movement.rest === 0 ? effects : [...effects, remainder(words, movement.rest)];
}

/** A veto caps the total once, however many there are: one effect for all of them. */
function vetoEffect(
  words: Words,
  { vetoes, vetoEffect: effect }: Pick<Movement, 'vetoes' | 'vetoEffect'>,
  nameOf: (id: string) => string,
  behind: (positions: readonly string[]) => MovementEvent[],
): Effect[] {
  const stand = (is: boolean): string => words.say(is ? 'moved.vetoStands' : 'moved.vetoNone');
  const [only] = vetoes;
  const names = words.list(vetoes.map(({ id }) => nameOf(id)));
  return [
    {
      id: only?.id ?? 'veto',
      name: names ? words.labelled(words.say('moved.veto'), names) : words.say('moved.veto'),
      criterion: null,
      list: only ? 'incidents' : null,
      before: only ? stand(vetoes.some(({ before }) => before)) : '',
      after: only ? stand(vetoes.some(({ after }) => after)) : '',
      effect,
      events: behind([...new Set(vetoes.flatMap(({ events }) => events))]),
    },
  ];
}

const remainder = (words: Words, effect: number): Effect => ({
  id: 'rest',
  name: words.say('moved.rest'),
  criterion: null,
  list: null,
  before: '',
  after: '',
  effect,
  events: [],
});

/** How many events, and how many of them are new, late or corrected. */
export function marksWord(words: Words, events: readonly MovementEvent[]): string {
  const counts = (['new', 'late', 'corrected'] as const).flatMap((mark) => {
    const count = events.filter((event) => event.mark === mark).length;
    return count > 0 ? [`${words.say(`moved.${mark}`)} ${count}`] : [];
  });
  return [words.say('moved.events', {}, events.length), ...counts].join(' · ');
}

/** The difference of the totals; null where one of them is missing. */
export function changeOf({ before, after }: Pick<Movement, 'before' | 'after'>): number | null {
  if (!before || before.total === null || after.total === null) return null;
  return exactDifference(after.total, before.total);
}

/** Events that moved nothing, of what has happened between the two times. */
export function idleEvents(movement: Pick<Movement, 'events'>, effects: readonly Effect[]): MovementEvent[] {
  const moved = new Set(effects.flatMap(({ events }) => events.map(({ position }) => position)));
  return movement.events.filter(({ position }) => !moved.has(position));
}

/** From which place to which, and what weighed most. */
export function movementAnswer(
  words: Words,
  since: string,
  movement: Movement,
  effects: readonly Effect[],
): string[] {
  const { before, after } = movement;
  if (after.rank === null) return [words.say('moved.unranked', { since })];
  const change = changeOf(movement);
  if (!before || before.rank === null || change === null)
    return [words.say('moved.fresh', { since, after: after.rank, to: words.score(after.total) })];
  const kind = after.rank < before.rank ? 'rose' : after.rank > before.rank ? 'fell' : 'same';
  const sentence = words.say(`moved.${kind}`, {
    since,
    before: before.rank,
    after: after.rank,
    n: Math.abs(after.rank - before.rank),
    from: words.score(before.total),
    to: words.score(after.total),
    change: words.signed(change),
  });
  const [most] = effects.filter(({ id }) => id !== 'rest');
  if (most)
    return [
      sentence,
      words.say('moved.most', { name: innerQuotes(most.name), points: words.signed(most.effect) }),
    ];
  return [sentence, words.say(kind === 'same' ? 'moved.nothing' : 'moved.others')];
}

/** What an event did, in a word. */
export function movementWord(words: Words, type: string): string {
  const known = ['recorded', 'amended', 'retracted', 'verified', 'rejected', 'lodged'] as const;
  const [subject = '', step = ''] = type.split('.');
  if (subject === 'target') return words.say('moved.event.target');
  if (subject === 'unit') return words.say('moved.event.unit');
  if (subject === 'plan') return words.say('moved.event.plan');
  if (subject === 'selfinspection') return words.say('moved.event.inspection');
  if (type === 'appeal.decided') return words.say('moved.event.decided');
  return words.say(`activities.event.${known.find((name) => name === step) ?? 'other'}`);
}
