import type { Bilingual } from '#schemas/plan.ts';
import type { FactOf } from '#schemas/presentation/answers/rows.ts';
import { type UnitFact, unitFacts } from '#schemas/presentation/answers/unit.ts';
import type { Standing } from '#schemas/results/results.ts';
import { someOf } from '../../locales/someOf.ts';
import type { Words } from '../../locales/words.ts';

type Fact<K extends UnitFact['kind']> = FactOf<UnitFact, K>;
type Item = { id: string; name?: Bilingual | undefined };

const nameOf = (words: Words, { id, name }: Item): string => (name ? words.name(name) : id);

/** Each in quotation marks, the first few of many; all of them, or one of them. */
const quotedNames = (words: Words, items: readonly Item[], { either = false } = {}): string =>
  someOf(
    words,
    items.map((item) => words.say('table.quoted', { name: nameOf(words, item) })),
    either ? 'table.orMore' : 'table.andMore',
  );

function gaps(words: Words, name: string, { gaps: count, lost, worst, points }: Fact<'gaps'>): string {
  if (worst.length === 0) return words.say('unit.answerGapsFree', { unit: name }, count);
  return words.say(
    worst.length > 1 ? 'unit.answerGapsEqual' : 'unit.answerGaps',
    { unit: name, lost: words.score(lost), worst: quotedNames(words, worst), points: words.score(points) },
    count,
  );
}

const missed = (words: Words, { conditions, all }: Fact<'missed'>): string =>
  all === null
    ? words.say('unit.answerMissed', {}, conditions)
    : words.say('unit.answerMissedOf', { all }, conditions);

const due = (words: Words, { due: day, items }: Fact<'due'>): string =>
  words.say('unit.answerDue', {
    day: words.day(day),
    name: quotedNames(words, items),
  });

const climb = (words: Words, { items, rank, now }: Fact<'climb'>): string =>
  words.say(items.length > 1 ? 'unit.answerClimbAny' : 'unit.answerClimb', {
    names: quotedNames(words, items, { either: true }),
    rank,
    now,
  });

const vetoed = (words: Words, { vetoes, total, uncapped }: Fact<'vetoed'>): string =>
  total === null
    ? words.say('unit.answerVetoed', {}, vetoes)
    : words.say('unit.answerCapped', { total: words.score(total), uncapped: words.score(uncapped) }, vetoes);

function sentence(words: Words, name: string, fact: UnitFact): string {
  if (fact.kind === 'nothing') return words.say('unit.answerNothing', { unit: name });
  if (fact.kind === 'full') return words.say('unit.answerFull', { unit: name });
  if (fact.kind === 'gaps') return gaps(words, name, fact);
  if (fact.kind === 'still-open') return words.say('unit.answerOpen', {}, fact.open);
  if (fact.kind === 'deducted')
    return words.say(fact.floored ? 'unit.answerFloored' : 'unit.answerDeducted', {
      points: words.plain(fact.points),
    });
  if (fact.kind === 'vetoed') return vetoed(words, fact);
  if (fact.kind === 'missed') return missed(words, fact);
  return fact.kind === 'due' ? due(words, fact) : climb(words, fact);
}

/** The sentences that answer "what is still missing?": how much, the nearest day, and the best single way up. */
export const unitAnswer = (words: Words, standing: Standing): string[] =>
  unitFacts(standing).map((fact) => sentence(words, standing.row.name, fact));
