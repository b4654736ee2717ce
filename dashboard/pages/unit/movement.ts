import { onlyRises } from '#schemas/measureTraits.ts';
import type { Measure, Plan } from '#schemas/plan.ts';
import { exactDifference, exactSum } from '#schemas/presentation/numbers.ts';
import type { Movement, MovementEvent } from '#schemas/results/movement.ts';
import type { WordKey, Words } from '../../locales/words.ts';

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
  /** What to say where no event explains the move. */
  otherwise: WordKey | null;
};

/** What moved the total without veto, and, where a veto is or was about, what its cap did besides. */
export type Effects = { own: Effect[]; veto: Effect | null };

export type Naming = Pick<Plan, 'requirements' | 'deductions' | 'vetoes'>;
type Named = { id: string; name?: Plan['title'] | undefined };

export const sumOf = (effects: readonly { effect: number }[]): number =>
  exactSum(effects.map(({ effect }) => effect));

/** The name of an item of a plan, which need not have one. */
export function nameIn(words: Words, list: readonly Named[], id: string): string {
  const name = list.find((item) => item.id === id)?.name;
  return name ? words.name(name) : id;
}

/** Whether what moved a requirement is none of its events: there are none, or they can only have raised what fell. */
function isByTime(
  measure: Measure | undefined,
  { effect, events }: { effect: number; events: readonly MovementEvent[] },
): boolean {
  if (events.length === 0) return true;
  return (
    effect < 0 &&
    measure !== undefined &&
    onlyRises(measure) &&
    events.every(({ type }) => type === 'activity.recorded')
  );
}

type Behind = (positions: readonly string[]) => MovementEvent[];

/**
 * Everything that changed the total, the greatest first, the remainder last. They add up to the change. `names` has what
 * only the plan compared with names, too: of that no page lists activities any more.
 */
export function effectsOf(words: Words, plan: Naming, movement: Movement, names = plan): Effects {
  const byPosition = new Map(movement.events.map((event) => [event.position, event]));
  const behind: Behind = (positions) => positions.flatMap((position) => byPosition.get(position) ?? []);
  // Another year has other reports and a plan of its own: nothing passed or was changed in between.
  const otherwise: WordKey =
    movement.compared.plan.year === movement.plan.year ? 'moved.noEvents' : 'moved.otherYear';
  const times = (n: number): string => words.say('moved.times', { n });
  const effects: Effect[] = [
    ...movement.requirements.map(({ before, after, events: positions, ...move }) => {
      const events = behind(positions);
      const own = plan.requirements.find(({ id }) => id === move.id);
      return {
        ...move,
        name: nameIn(words, names.requirements, move.id),
        list: own ? ('requirements' as const) : null,
        before: before === null ? words.say('moved.uncounted') : words.share(before),
        after: after === null ? words.say('moved.noLonger') : words.share(after),
        events,
        otherwise: isByTime(own?.measure, { effect: move.effect, events }) ? otherwise : null,
      };
    }),
    ...movement.deductions.map(({ before, after, events, ...move }) => ({
      ...move,
      name: nameIn(words, names.deductions, move.id),
      list: plan.deductions.some(({ id }) => id === move.id) ? ('incidents' as const) : null,
      before: times(before),
      after: times(after),
      events: behind(events),
      otherwise: null,
    })),
  ].filter(({ effect }) => effect !== 0);
  effects.sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
  const own = movement.rest === 0 ? effects : [...effects, remainder(words, movement.rest)];
  return { own, veto: vetoEffect(words, names, movement, behind) };
}

/** A veto caps the total once, however many there are: one effect for all of them. */
function vetoEffect(
  words: Words,
  plan: Naming,
  { vetoes, vetoEffect: effect, before, after }: Movement,
  behind: Behind,
): Effect | null {
  const stood = [before, after].some((place) => place && place.total !== place.totalWithoutVeto);
  if (vetoes.length === 0 && !stood) return null;
  const stand = (is: boolean): string => words.say(is ? 'moved.vetoStands' : 'moved.vetoNone');
  const [only] = vetoes;
  const names = words.list(vetoes.map(({ id }) => nameIn(words, plan.vetoes, id)));
  return {
    id: only?.id ?? 'veto',
    name: names ? words.labelled(words.say('moved.veto'), names) : words.say('moved.veto'),
    criterion: null,
    list: only ? 'incidents' : null,
    before: only ? stand(vetoes.some((veto) => veto.before)) : '',
    after: only ? stand(vetoes.some((veto) => veto.after)) : '',
    effect,
    events: behind([...new Set(vetoes.flatMap(({ events }) => events))]),
    otherwise: null,
  };
}

/** Nothing moved, and nothing is behind it. */
export const NO_EFFECT: Omit<Effect, 'id' | 'name'> = {
  criterion: null,
  list: null,
  before: '',
  after: '',
  effect: 0,
  events: [],
  otherwise: null,
};

const remainder = (words: Words, effect: number): Effect => ({
  ...NO_EFFECT,
  id: 'rest',
  name: words.say('moved.rest'),
  effect,
});

/** More than these stay folded on paper, too: the line above says how many there are. */
const LONG = 5;
export const isLong = (list: readonly unknown[] | null | undefined): boolean => (list?.length ?? 0) > LONG;

/** How many events, and how many of them bear each of the words that stand beside them: new, late, corrected. */
export function marksWord(words: Words, events: readonly Marked[]): string {
  const marks = (['new', 'late', 'corrected'] as const).flatMap((mark) =>
    events.filter((event) => event.mark === mark).map((event) => markWord(words, event)),
  );
  const counts = [...new Set(marks)].map((word) => `${word} ${marks.filter((mark) => mark === word).length}`);
  return [words.say('moved.events', {}, events.length), ...counts].join(' · ');
}

/** The difference of the totals; null where one of them is missing. */
export function changeOf({ before, after }: Pick<Movement, 'before' | 'after'>): number | null {
  if (!before || before.total === null || after.total === null) return null;
  return exactDifference(after.total, before.total);
}

/** Events that moved nothing, of what has happened between the two times. */
export function idleEvents(movement: Pick<Movement, 'events'>, { own, veto }: Effects): MovementEvent[] {
  const effects = veto ? [...own, veto] : own;
  const moved = new Set(effects.flatMap(({ events }) => events.map(({ position }) => position)));
  return movement.events.filter(({ position }) => !moved.has(position));
}

type Told = Pick<MovementEvent, 'type' | 'by'>;
type Marked = Told & Pick<MovementEvent, 'mark'>;

/** A unit reports; what the department enters is put on record. */
const isEntered = ({ type, by }: Told): boolean => type === 'activity.recorded' && by === 'organisation';

/** What became of an activity that was known is called what it is: a decision on it corrects nothing. */
export function markWord(words: Words, event: Marked): string {
  if (event.mark === 'corrected') return movementWord(words, event);
  return words.say(event.mark === 'late' && isEntered(event) ? 'moved.lateRecord' : `moved.${event.mark}`);
}

export const markMeaning = (words: Words, event: Marked): string =>
  words.say(event.mark === 'late' && isEntered(event) ? 'moved.lateRecordMeans' : `moved.${event.mark}Means`);

/** What an event did, in a word. */
export function movementWord(words: Words, event: Told): string {
  const { type } = event;
  if (isEntered(event)) return words.say('activities.byOrganisation');
  return words.event(type);
}
