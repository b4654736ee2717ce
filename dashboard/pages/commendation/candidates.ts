import type { Plan } from '#schemas/plan.ts';
import {
  type CommendationFact,
  commendationFacts,
  groupsFact,
  isOverall,
} from '#schemas/presentation/answers/commendation.ts';
import type { FactOf } from '#schemas/presentation/answers/rows.ts';
import { NOTHING } from '#schemas/presentation/numbers.ts';
import { nameIn } from '#schemas/presentation/speech.ts';
import type { CandidateLine } from '#schemas/presentation/tables/meeting.ts';
import type { Candidate, Commendations, PassedOver } from '#schemas/results/commendations.ts';
import { someUnits } from '../../locales/someOf.ts';
import type { Words } from '../../locales/words.ts';

export type Shortlist = Pick<Commendations, 'quota' | 'candidates' | 'passedOver' | 'awards'>;

/** As much of a shortlist as concerns one group; its places in the zone, and how many are within them, stay the zone's. */
export function shortlistOf<B extends Shortlist>(shortlist: B, group: string | null): B & { inZone: number } {
  const inZone = shortlist.candidates.filter(isOverall).length;
  if (group === null) return { ...shortlist, inZone };
  return {
    ...shortlist,
    inZone,
    candidates: shortlist.candidates.filter(({ row }) => row.group === group),
    passedOver: shortlist.passedOver.filter((unit) => unit.group === group),
    awards: shortlist.awards.filter((award) => award.group === group),
  };
}

const NAMED = 3;

/** The first few by name. */
const fewNames = (words: Words, units: readonly { name: string }[]): string =>
  words.list(units.slice(0, NAMED).map(({ name }) => name));

type Fact<K extends CommendationFact['kind']> = FactOf<CommendationFact, K>;

function overall(words: Words, { places, units }: Fact<'overall'>): string {
  const named = { places, names: fewNames(words, units) };
  return units.length > NAMED
    ? words.say('commendation.answer', { ...named, n: units.length })
    : words.say('commendation.answerFew', named);
}

const SENTENCES: { [K in CommendationFact['kind']]: (words: Words, fact: Fact<K>) => string } = {
  'no-ranks': (words) => words.say('commendation.answerNoRanks'),
  none: (words) => words.say('commendation.answerNone'),
  overall,
  'groups-only': (words, { units }) =>
    words.say('commendation.answerGroupsOnly', { names: someUnits(words, units) }, units.length),
  'groups-too': (words, { units }) => words.say('commendation.answerGroups', {}, units.length),
  open: (words, { units, all }) =>
    words.say(all ? 'commendation.answerAllOpen' : 'commendation.answerOpen', {}, units.length),
  tied: (words, { beyond }) =>
    beyond === null
      ? words.say('commendation.answerTiedZone')
      : words.say('commendation.answerTied', {}, beyond),
  passed: (words, { units }) => words.say('commendation.answerPassed', {}, units.length),
};

const sentenceOf = <K extends CommendationFact['kind']>(words: Words, fact: Fact<K>): string =>
  (SENTENCES[fact.kind as K] as (words: Words, fact: Fact<K>) => string)(words, fact);

/** Who are candidates within the places of their groups alone, where nobody is within the zone's. */
const groupsOnly = (candidates: readonly Candidate[]): CommendationFact[] =>
  commendationFacts({
    quota: { places: 0, ranked: candidates.length },
    candidates,
    inZone: 0,
    passedOver: [],
  }).filter(({ kind }) => kind === 'groups-only');

/** Candidates besides those within the zone's places, or instead of them. */
export const besidesSentence = (words: Words, candidates: readonly Candidate[]): string[] =>
  [...groupsFact(candidates), ...groupsOnly(candidates)].map((fact) => sentenceOf(words, fact));

/** How many candidates there are besides those within the zone's places. */
export const groupsSentence = (words: Words, candidates: readonly Candidate[]): string[] =>
  groupsFact(candidates).map((fact) => sentenceOf(words, fact));

/** Of a whole year that is not over nobody is out yet: what is said to bar may still be met. */
function soFar(words: Words, fact: CommendationFact): string {
  if (fact.kind === 'none') return words.say('commendation.answerNoneYet');
  if (fact.kind === 'passed') return words.say('commendation.answerPassedYet', {}, fact.units.length);
  return sentenceOf(words, fact);
}

/**
 * Who can be commended, in a few sentences; of a whole year that is not over (`running`), so far. Of one group that is said
 * first, for places are of the whole zone.
 */
export function commendationAnswer(
  words: Words,
  shortlist: Shortlist & { inZone: number },
  { running = false, group = null }: { running?: boolean; group?: string | null } = {},
): string[] {
  const told = commendationFacts(shortlist).map((fact) =>
    running ? soFar(words, fact) : sentenceOf(words, fact),
  );
  return group === null ? told : [words.say('ranking.answerWithin', { group: words.term(group) }), ...told];
}

type Naming = Pick<Plan, 'criteria' | 'conditions' | 'vetoes'>;
export const criterionName = (words: Words, { criteria }: Naming, id: string): string =>
  nameIn(words, criteria, id);
export const conditionNames = (words: Words, { conditions }: Naming, ids: readonly string[]): string =>
  words.list(ids.map((id) => nameIn(words, conditions, id)));

/** What bars a unit that stands high enough; of a whole year that is not over (`running`), so far. */
export const barWords = (
  words: Words,
  plan: Naming,
  { vetoes, missed }: Pick<PassedOver, 'vetoes' | 'missed'>,
  running = false,
): string =>
  words.list([
    ...vetoes.map((id) => words.say('commendation.vetoed', { name: nameIn(words, plan.vetoes, id) })),
    ...missed.map((id) =>
      words.say(running ? 'commendation.unmet' : 'commendation.missed', {
        name: nameIn(words, plan.conditions, id),
      }),
    ),
  ]);

const criteriaNames = (words: Words, plan: Naming, ends: Candidate['strongest']): string =>
  words.list(ends.map(({ criterion }) => criterionName(words, plan, criterion)));

/** Where a unit is at its best, or its worst: the types that share the score, and the place in the zone where all have it. */
export function extremeWord(words: Words, plan: Naming, ends: Candidate['strongest']): string {
  const [first, ...others] = ends;
  if (!first) return NOTHING;
  const said = {
    criterion: criteriaNames(words, plan, ends),
    score: words.score(first.score),
    place: first.place,
  };
  if (others.some(({ place }) => place !== first.place)) return words.say('commendation.extremeEach', said);
  const isShared = ends.some(({ shared }) => shared > 1);
  return words.say(isShared ? 'commendation.extremeShared' : 'commendation.extreme', said);
}

/** A first sentence for the reason, which the department then writes on. */
export const suggestedReason = (words: Words, plan: Naming, { row, strongest }: Candidate): string =>
  words.say('commendation.suggestion', {
    total: words.score(row.total),
    rank: words.count(row.rank),
    criterion: strongest.length ? criteriaNames(words, plan, strongest) : NOTHING,
  });

export const withinWords = (words: Words, { within, tied }: Pick<Candidate, 'within' | 'tied'>): string =>
  words.list([
    ...within.map((one) => words.say(one === 'overall' ? 'commendation.inZone' : 'commendation.inGroup')),
    ...(tied ? [words.say('commendation.tied')] : []),
  ]);

/** The candidate as its table has it. */
export const lineOf = (words: Words, plan: Naming, candidate: Candidate): CandidateLine => ({
  ...candidate.row,
  why: withinWords(words, candidate),
  strongest: extremeWord(words, plan, candidate.strongest),
  weakest: extremeWord(words, plan, candidate.weakest),
  notable: words.list(candidate.notable.map(({ title }) => title)),
});
