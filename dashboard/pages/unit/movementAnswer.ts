import type { MovementFact } from '#schemas/presentation/answers/movement.ts';
import type { FactOf, Named } from '#schemas/presentation/answers/rows.ts';
import type { TrendFact } from '#schemas/presentation/answers/trend.ts';
import { someUnits } from '../../locales/someOf.ts';
import type { Words } from '../../locales/words.ts';
import { type Naming, nameIn } from './movement.ts';

/** What the sentences need beside their facts: the plan's names, and what is compared with, in words. */
export type Setting = {
  plan: Naming;
  /** `与 9 月 30 日相比（按当时资料）`. */
  since: string;
  /** The day that is compared with, in words. */
  day: string;
};

type Fact<K extends MovementFact['kind']> = FactOf<MovementFact, K>;
type Say<K extends MovementFact['kind']> = (words: Words, fact: Fact<K>, setting: Setting) => string;

/** `升 3 名`, `降 1 名`, `不动`. */
export const placesWord = (words: Words, places: number): string => {
  if (places === 0) return words.say('moved.noPlace');
  return words.say(places > 0 ? 'moved.placesUp' : 'moved.placesDown', {}, Math.abs(places));
};

/** What the unit's own total did: `自身总分下降 0.35 分`. */
export const ownWord = (words: Words, change: number, decimals?: number): string => {
  if (change === 0) return words.say('moved.totalSame');
  return words.say(change > 0 ? 'moved.totalUp' : 'moved.totalDown', {
    points: words.gap(Math.abs(change), decimals),
  });
};

/** Two totals and what lies between them, so that they subtract. */
function totals(words: Words, { totalFrom, totalTo, change, decimals }: Omit<Fact<'uncapped'>, 'kind'>) {
  const [from, to] = [words.score(totalFrom, decimals), words.score(totalTo, decimals)];
  return { from, to, change: words.signed(change, decimals) };
}

/** What the total did; one that stayed is not told as going from itself to itself. */
function totalTold(words: Words, fact: Fact<'rose' | 'fell' | 'same'>): string {
  if (fact.change !== 0) return words.say('moved.totalWent', totals(words, fact));
  return words.say(fact.held ? 'moved.totalHeld' : 'moved.totalStayed', { total: words.score(fact.totalTo) });
}

/** A rank that others have as well is told as shared. */
const rankWord = (words: Words, rank: number, shared: boolean): string =>
  words.say(shared ? 'moved.sharedRank' : 'moved.rank', { rank: words.count(rank) });

const moved = (words: Words, fact: Fact<'rose' | 'fell' | 'same'>, { since }: Setting): string =>
  words.say(`moved.${fact.kind}`, {
    since,
    before: rankWord(words, fact.from, fact.shared.from),
    after: rankWord(words, fact.to, fact.shared.to),
    n: fact.places,
    total: totalTold(words, fact),
  });

/** How many, and where they may be told, who. */
function crowd(
  words: Words,
  key: 'moved.passedBy' | 'moved.overtook',
  { count, units }: { count: number; units: readonly Named[] | null },
): string {
  if (units === null) return words.say(`${key}Count`, {}, count);
  return words.say(key, { names: someUnits(words, units) }, count);
}

function main(words: Words, { reason, hidden }: Fact<'main'>, { plan }: Setting): string {
  const { because, id, effect, level = 0 } = reason;
  const lists = {
    requirement: plan.requirements,
    deduction: plan.deductions,
    veto: plan.vetoes,
    rest: [],
    others: [],
  };
  const item = because === 'rest' ? words.say('moved.rest') : nameIn(words, lists[because], id ?? '');
  const name = because === 'veto' ? words.labelled(words.say('moved.veto'), item) : item;
  const way = effect > 0 ? 'raised' : 'lowered';
  const what = words.say(hidden ? 'moved.totalHidden' : 'moved.totalOwn');
  const told = { name, what, points: words.signed(effect) };
  return level > 0 ? words.say(`moved.${way}By`, told, level) : words.say(`moved.${way}`, told);
}

function takingPart(words: Words, { from, to, joined, left }: Fact<'of'>): string {
  const told = (key: 'moved.joined' | 'moved.left', { count, units }: Fact<'of'>['joined']): string[] => {
    if (count === 0) return [];
    return [units ? words.say(key, { names: someUnits(words, units) }) : words.say(`${key}Count`, {}, count)];
  };
  const who = words.phrases([...told('moved.joined', joined), ...told('moved.left', left)]);
  return words.say(from === to ? 'moved.ofSame' : 'moved.of', { from, to, who });
}

const SENTENCES: { [K in MovementFact['kind']]: Say<K> } = {
  'no-rank-now': (words, _, { since }) => words.say('moved.unranked', { since }),
  'no-rank-then': (words, { rank, total }, { since }) =>
    words.say('moved.fresh', { since, after: rank, to: words.score(total) }),
  'not-begun-then': (words, { since: begun, rank, total }, { since }) =>
    words.say('moved.begun', { since, day: words.fullDay(begun), after: rank, to: words.score(total) }),
  rose: moved,
  fell: moved,
  same: moved,
  uncapped: (words, fact) =>
    fact.change === 0
      ? words.say('moved.uncappedStayed', { total: words.score(fact.totalTo) })
      : words.say('moved.uncapped', totals(words, fact)),
  split: (words, { own, others, change, decimals }) =>
    words.say(change === 0 && own === 0 ? 'moved.splitSame' : 'moved.split', {
      total: ownWord(words, change, decimals),
      own: placesWord(words, own),
      others: placesWord(words, others),
    }),
  'passed-by': (words, fact) => crowd(words, 'moved.passedBy', fact),
  overtook: (words, fact) => crowd(words, 'moved.overtook', fact),
  main,
  'no-effect': (words) => words.say('moved.nothing'),
  recast: (words, { rank, late, since }, { day }) =>
    words.say('moved.recast', {
      day,
      rank,
      late: placesWord(words, late),
      since: placesWord(words, since),
    }),
  of: takingPart,
  plan: (words, { from, to }) => words.say('moved.planChanged', { from, to }),
};

/** What is compared with is said inside of the filters' sentence, too; at the head of a sentence it begins with a capital. */
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const sentenceOf = <K extends MovementFact['kind']>(words: Words, fact: Fact<K>, setting: Setting): string =>
  (SENTENCES[fact.kind as K] as Say<K>)(words, fact, setting);

/** From which place to which, whose doing that is, what weighed most, and what is not as it was. */
export const movementAnswer = (words: Words, facts: readonly MovementFact[], setting: Setting): string[] =>
  facts.map((fact) => sentenceOf(words, fact, { ...setting, since: capital(setting.since) }));

/** What a reader of the trend must know beside its line. */
export const trendAnswer = (words: Words, facts: readonly TrendFact[]): string[] =>
  facts.map(({ runs }) =>
    words.say('trend.ofChanges', {
      runs: words.list(runs.map(({ on, of }) => words.say('trend.ofFrom', { day: words.day(on), of }))),
    }),
  );
