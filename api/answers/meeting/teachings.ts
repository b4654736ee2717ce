import { askRanking, stillOn } from '#api/answers/asked.ts';
import { headed, type PageParts, snapshotOf } from '#api/answers/pages/parts.ts';
import type { Cacheable, Seen } from '#api/ports.ts';
import { practisedBy as askPractised } from '#api/queries/deeds.ts';
import { COUNTING } from '#api/queries/tallies.ts';
import type { RankingAnswer } from '#api/ranking-cache/rankingCache.ts';
import { calmly } from '#ingest/process/calmly.ts';
import { formatWatermark } from '#schemas/position.ts';
import type { Teaching, Topic } from '#schemas/results/teaching.ts';
import type { Verdict } from '#schemas/scoring.ts';
import { pointsLost } from '#schemas/standing.ts';
import {
  agendaOf,
  makeTeaching,
  type Practised,
  type PractisedBy,
  possibleTeachers,
  type Subject,
  subjectsOf,
} from '#schemas/teaching.ts';
import { shownDeeds } from './commendations.ts';

/** `group`: learners of one group only; `limit`: teams and pairs in each topic. */
export type TeachingQuestion = Seen & { group?: string | undefined; limit: number };

export type TeachingReads = { teaching(question: TeachingQuestion): Promise<Cacheable<Teaching>> };

/** What is shown of the practice that a pair passes on. */
const EACH = 3;

const add = (sum: Practised, { activities, verified, latest }: Practised): Practised => ({
  activities: sum.activities + activities,
  verified: sum.verified + verified,
  latest: sum.latest === null || (latest !== null && latest > sum.latest) ? latest : sum.latest,
});

export function createTeachings(parts: PageParts): TeachingReads {
  const { ask, cache, cached, offsets, now } = parts;

  /** What those who might teach did, of each kind. */
  async function practised(answer: RankingAnswer, subjects: readonly Subject[]): Promise<PractisedBy> {
    const units = new Set<string>();
    await calmly(subjects, (subject) => {
      for (const unit of possibleTeachers(subject, answer.ranked)) units.add(unit);
    });
    const { plan, basis, on } = answer;
    const rows = await askPractised(ask, {
      snapshot: snapshotOf(answer),
      year: plan.year,
      units: [...units],
      kinds: [...new Set(plan.requirements.map(({ kind }) => kind))],
      states: COUNTING[plan.counts],
      on: basis === 'to-date' ? on : `${plan.year}-12-31`,
    });
    const known = new Map<string, Map<string, Practised>>();
    for (const { unit, kind, ...did } of rows) {
      const own = known.get(unit) ?? new Map<string, Practised>();
      known.set(unit, own.set(kind, did));
    }
    return (unit, kinds) =>
      kinds.reduce<Practised>((sum, kind) => add(sum, known.get(unit)?.get(kind) ?? NOTHING), NOTHING);
  }

  async function lostIn({ judge, ranked }: RankingAnswer) {
    const lost = new Map<Verdict, readonly (number | null)[]>();
    await calmly(ranked.verdicts, (verdict) => lost.set(verdict, pointsLost(judge, verdict)));
    return (verdict: Verdict) => lost.get(verdict) ?? [];
  }

  /** Lays what the teacher did beside each pair. */
  async function withActivities(answer: RankingAnswer, topics: readonly Topic[]): Promise<Topic[]> {
    const pairs = topics.flatMap((topic) => topic.pairs);
    const shown = await shownDeeds(parts, answer, {
      units: [...new Set(pairs.map(({ teacher }) => teacher.unit))],
      kinds: [...new Set(pairs.flatMap(({ practice }) => practice?.kind ?? []))],
      ofKind: EACH,
      ofUnit: 1_000,
    });
    const of = (unit: string, kind: string | undefined) =>
      (shown.get(unit) ?? []).filter((deed) => deed.kind === kind);
    return topics.map((topic) => ({
      ...topic,
      pairs: topic.pairs.map((pair) => ({
        ...pair,
        activities: of(pair.teacher.unit, pair.practice?.kind),
      })),
    }));
  }

  async function topicsFor(answer: RankingAnswer, { limit, group }: TeachingQuestion): Promise<Topic[]> {
    const subjects = subjectsOf(answer.judge);
    const [practisedBy, lostOf] = await Promise.all([practised(answer, subjects), lostIn(answer)]);
    const { judge, ranked } = answer;
    const topicOf = makeTeaching({ judge, ranked, lostOf, practisedBy, most: limit, group });
    const topics: Topic[] = [];
    await calmly(subjects, (subject) => topics.push(topicOf(subject)));
    return withActivities(answer, topics);
  }

  return {
    teaching: (question) =>
      cached(['teaching', question], formatWatermark(offsets()), async () => {
        const { year, basis, on, asOf } = question;
        const answer = await askRanking(cache, { year, basis, on, asOf });
        const topics = await topicsFor(answer, question);
        const value = { topics, agenda: agendaOf(topics), ...(await headed(parts, question, answer)) };
        return { value, isCurrent: stillOn(question, answer, now), isWhole: true };
      }),
  };
}

const NOTHING: Practised = { activities: 0, verified: 0, latest: null };
