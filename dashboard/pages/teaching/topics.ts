import { PAIRS_TOLD, toldTopics } from '#schemas/presentation/answers/pairs.ts';
import { teachingFacts } from '#schemas/presentation/answers/teaching.ts';
import { type Table, tableAt } from '#schemas/presentation/table.ts';
import { type PairLine, pairTable } from '#schemas/presentation/tables/meeting.ts';
import type { Pair, Teaching, Team, Topic, Unlisted } from '#schemas/results/teaching.ts';
import { unpairedOf } from '#schemas/teaching.ts';
import { someOf } from '../../locales/someOf.ts';
import type { Words } from '../../locales/words.ts';

/** The topics of the agenda, in its order. */
export function agendaTopics({ topics, agenda }: Pick<Teaching, 'topics' | 'agenda'>): Topic[] {
  const byId = new Map(topics.flatMap((topic) => (topic.of === 'requirement' ? [[topic.id, topic]] : [])));
  return agenda.flatMap((id) => byId.get(id) ?? []);
}

/** One pair a topic, with learners that were not named before where there are any: the last of all lags everywhere. */
export function featuredPairs(topics: readonly Topic[]): { topic: Topic; pair: Pair }[] {
  const named = new Set<string>();
  return topics.flatMap((topic) => {
    const pair = topic.pairs.find(({ learner }) => !named.has(learner.unit)) ?? topic.pairs[0];
    if (!pair) return [];
    named.add(pair.learner.unit);
    return [{ topic, pair }];
  });
}

/** The pairs that slides tell, one a topic: of those that documents tell, so that the two do not differ. */
export function pairsTold({
  topics,
  agenda,
}: Pick<Teaching, 'topics' | 'agenda'>): ReturnType<typeof featuredPairs> {
  const told = toldTopics(topics, agenda).topics;
  return featuredPairs(told.map((topic) => ({ ...topic, pairs: topic.pairs.slice(0, PAIRS_TOLD) })));
}

/** What is passed on in a pair: the practice, where the topic does not say it already, and what the teacher did of it. */
export const practiceWord = (words: Words, topic: Topic, { practice, activities }: Pair): string =>
  [
    ...(practice && practice.requirement !== topic.id ? [words.name(practice.name)] : []),
    ...activities.slice(0, 1).map(({ title }) => title),
  ].join(' · ');

/** How many topics there are, where units lose most, and who could learn from whom there; of one group that is said first. */
export const teachingAnswer = (
  words: Words,
  teaching: Pick<Teaching, 'topics' | 'agenda'>,
  group: string | null = null,
): string[] => [
  ...(group === null ? [] : [words.say('ranking.answerWithin', { group: words.term(group) })]),
  ...teachingFacts(agendaTopics(teaching)).map((fact) => {
    if (fact.kind === 'none') return words.say('teaching.answerNone');
    if (fact.kind === 'pair')
      return words.say('teaching.answerPair', { learner: fact.learner.name, teacher: fact.teacher.name });
    if (fact.worst.length === 0) return words.say('teaching.answerFree', {}, fact.topics);
    const names = fact.worst.map(({ name }) => words.say('table.quoted', { name: words.name(name) }));
    return words.say('teaching.answer', { names: someOf(words, names) }, fact.topics);
  }),
];

/** The score at a criterion, the share at a requirement. */
export const levelWord = (words: Words, { of }: Pick<Topic, 'of'>, { level }: Pick<Team, 'level'>): string =>
  of === 'criterion' ? words.score(level) : words.share(level);

/** Whether of those that are left out none, some or all are level with the last one that is not. */
const levelAmong = (left: number, level: number): 'none' | 'some' | 'all' => {
  if (level === 0) return 'none';
  return level === left ? 'all' : 'some';
};

const LEFT = { none: 'teaching.more', some: 'teaching.moreLevel', all: 'teaching.moreAllLevel' } as const;
const UNPAIRED = {
  none: 'teaching.unpaired',
  some: 'teaching.unpairedLevel',
  all: 'teaching.unpairedAllLevel',
} as const;

/** What a list of teams leaves out. */
export const leftWord = (words: Words, { left, level }: Unlisted): string =>
  words.say(LEFT[levelAmong(left, level)], { level: words.count(level) }, left);

/** How many units are behind in a topic and stand in none of its pairs; nothing where all do. */
export function unpairedWord(words: Words, topic: Topic): string {
  const { left, level } = unpairedOf(topic, topic.pairs.length);
  if (left === 0) return '';
  // Whoever lags is paired where there is a model at all.
  if (topic.pairs.length === 0) return words.say('teaching.unpairedAll', {}, left);
  return words.say(UNPAIRED[levelAmong(left, level)], { level: words.count(level) }, left);
}

/** What is behind a team's level: how much of it is verified, and how fresh it is. */
export function didWord(words: Words, { activities, verified, latest }: Team): string {
  if (activities === null) return '';
  const did = words.say('teaching.did', { verified: verified ?? 0 }, activities);
  const last = latest ? [words.say('teaching.latest', { day: words.day(latest) })] : [];
  return [did, ...last].join(' · ');
}

/** A pair as its table has it. */
export type PairRow = PairLine & {
  pair: Pair;
  learner: Omit<Team, 'level'> & PairLine['learner'];
  teacher: Omit<Team, 'level'> & PairLine['teacher'];
};

export const pairLines = (words: Words, topics: readonly Topic[]): PairRow[] =>
  topics.flatMap((topic) =>
    topic.pairs.map((pair) => ({
      pair,
      topic: words.name(topic.name),
      learner: { ...pair.learner, level: levelWord(words, topic, pair.learner) },
      teacher: { ...pair.teacher, level: levelWord(words, topic, pair.teacher) },
      practice: words.list([
        ...(pair.practice ? [words.name(pair.practice.name)] : []),
        ...pair.activities.map(({ title }) => title),
      ]),
    })),
  );

/** The pairs of some topics, which are all of types or all of requirements, as a file has them. */
export const pairSheet = (words: Words, topics: readonly Topic[]): Table =>
  tableAt(
    pairTable<PairRow>(words, { of: topics[0]?.of ?? 'requirement' }),
    pairLines(words, topics),
    'sheet',
  );
