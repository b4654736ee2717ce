import { cutAt } from '#schemas/cut.ts';
import type { Day } from './dates.ts';
import { halfUp, MILLION } from './exact.ts';
import { quantilesOf } from './middle.ts';
import { isModel } from './models.ts';
import type { Bilingual } from './plan.ts';
import type { Ranked } from './ranks.ts';
import type { Pair, Team, Topic, Unlisted } from './results/teaching.ts';
import { type Judge, pointsOf, type Verdict } from './scoring.ts';

/**
 * Who can teach whom: for each criterion and requirement the teams that excel, the teams that lag, and pairs of the
 * two that are alike. Levels are whole millionths of what can be reached: attainments are, and so are scores in
 * ten-thousandths of 100 points.
 */

/** How far behind those that excel a team lags. */
const DISTANCE = 150_000;
/** Teams that a team teaches in one topic, and in all of them before others of its group are preferred. */
const MOST_AT_ONCE = 2;
const MOST_LESSONS = 6;

/** What a unit did of a kind, or of several. */
export type Practised = { activities: number; verified: number; latest: Day | null };
export type PractisedBy = (unit: string, kinds: readonly string[]) => Practised;

/** One question of the meeting, before anybody is looked at. */
export type Subject = Pick<Topic, 'of' | 'id' | 'criterion' | 'name' | 'clause'> & {
  kinds: readonly string[];
  /** Requirements by their place in the plan: those of the criterion, or the one. */
  requirements: readonly number[];
  /** 0..1,000,000; null where it does not count. */
  levelOf(verdict: Verdict): number | null;
};

/** Each criterion, followed by its requirements. */
export function subjectsOf({ plan, criteria }: Judge): Subject[] {
  return plan.criteria.flatMap(({ id: criterion, name }, at): Subject[] => {
    const requirements = criteria[at]?.requirements ?? [];
    const kindOf = (index: number): string => plan.requirements[index]?.kind ?? '';
    const whole: Subject = {
      of: 'criterion',
      id: criterion,
      criterion,
      name,
      clause: null,
      kinds: [...new Set(requirements.map(kindOf))],
      requirements,
      levelOf: (verdict) => verdict.criteria[at] ?? null,
    };
    const each = requirements.flatMap((index): Subject[] => {
      const requirement = plan.requirements[index];
      if (!requirement) return [];
      const { id, name, clause, kind } = requirement;
      const levelOf = (verdict: Verdict) => verdict.attainments[index] ?? null;
      return [
        { of: 'requirement', id, criterion, name, clause, kinds: [kind], requirements: [index], levelOf },
      ];
    });
    return [whole, ...each];
  });
}

/** A ranked unit with the points that each of its gaps costs, in ten-thousandths. */
export type Lost = (verdict: Verdict) => readonly (number | null)[];

type Placed = {
  verdict: Verdict;
  rank: number | null;
  level: number;
  lost: number;
  /** Whether it may be shown as one to learn from. */
  model: boolean;
};

function placedAt(
  subject: Subject,
  { rows, verdicts }: Pick<Ranked, 'rows' | 'verdicts'>,
  lostOf: Lost,
): Placed[] {
  const placed: Placed[] = [];
  verdicts.forEach((verdict, place) => {
    const level = subject.levelOf(verdict);
    if (level === null) return;
    const costs = lostOf(verdict);
    const lost = subject.requirements.reduce((sum, index) => sum + (costs[index] ?? 0), 0);
    const row = rows[place];
    placed.push({ verdict, rank: row?.rank ?? null, level, lost, model: row !== undefined && isModel(row) });
  });
  return placed;
}

/** The level from which on a team excels: that of the best quarter, if that is anything at all. */
const floorOf = (placed: readonly Placed[]): number =>
  Math.max(1, quantilesOf(placed.map(({ level }) => level))?.upper ?? 1);

const lastIfNone = (rank: number | null): number => rank ?? Number.POSITIVE_INFINITY;

/** Only models teach, however good others are at one thing. */
const excellingOf = (placed: readonly Placed[], floor = floorOf(placed)): Placed[] =>
  placed.filter(({ level, model }) => level >= floor && model);

function laggingOf(placed: readonly Placed[], floor: number): Placed[] {
  return placed
    .filter(({ level }) => level <= floor - DISTANCE)
    .sort((a, b) => a.level - b.level || lastIfNone(b.rank) - lastIfNone(a.rank) || 0);
}

/** The models at a requirement, as the teaching has them: the best level first, then the better rank. */
export function modelsAt(judge: Judge, ranked: Pick<Ranked, 'rows' | 'verdicts'>, id: string) {
  const subject = subjectsOf(judge).find((one) => one.of === 'requirement' && one.id === id);
  if (!subject) return [];
  const nothing: number[] = [];
  return excellingOf(placedAt(subject, ranked, () => nothing))
    .sort((a, b) => b.level - a.level)
    .map(({ verdict: { tally }, rank }) => ({
      unit: tally.unit,
      name: tally.name,
      group: tally.group,
      rank,
    }));
}

/** Where there are many, so many of each group are looked at more closely. */
const LOOKED_AT = 25;

/** The teams of which to find out what they did before `topicOf` is asked, by unit. */
export function possibleTeachers(subject: Subject, ranked: Ranked): string[] {
  const nothing: number[] = [];
  const groups = new Map<string, number>();
  return excellingOf(placedAt(subject, ranked, () => nothing))
    .sort((a, b) => b.level - a.level || lastIfNone(a.rank) - lastIfNone(b.rank) || 0)
    .flatMap(({ verdict: { tally } }) => {
      const already = groups.get(tally.group) ?? 0;
      groups.set(tally.group, already + 1);
      return already < LOOKED_AT ? [tally.unit] : [];
    });
}

type Teacher = Placed & { did: Practised };

const share = ({ verified, activities }: Practised): number => (activities === 0 ? 0 : verified / activities);

/** Level, share of verified activities, the later activity, rank, unit. */
function byQuality(a: Teacher, b: Teacher): number {
  if (a.level !== b.level) return b.level - a.level;
  if (share(a.did) !== share(b.did)) return share(b.did) - share(a.did);
  const [first, second] = [a.did.latest ?? '', b.did.latest ?? ''];
  if (first !== second) return first < second ? 1 : -1;
  return lastIfNone(a.rank) - lastIfNone(b.rank) || (a.verdict.tally.unit < b.verdict.tally.unit ? -1 : 1);
}

/** How unlike two teams are in size: 0 for at most a quarter more, then in steps. */
function sizeSteps(a: number, b: number): number {
  const [less, more] = a < b ? [a, b] : [b, a];
  if (more * 4 <= less * 5) return 0;
  if (more * 2 <= less * 3) return 1;
  return more <= less * 2 ? 2 : 3;
}

function teamOf(subject: Subject, { verdict, rank, level, lost }: Placed, did: Practised | null): Team {
  const { unit, name, group, teamSize } = verdict.tally;
  return {
    unit,
    name,
    group,
    teamSize,
    rank,
    level: subject.of === 'criterion' ? pointsOf(level) : level / MILLION,
    lost: pointsOf(lost),
    activities: did?.activities ?? null,
    verified: did?.verified ?? null,
    latest: did?.latest ?? null,
  };
}

/** What the learner loses most on among that in which the teacher is well ahead. */
function practiceFor(
  { plan }: Judge,
  subject: Subject,
  learner: Placed,
  teacher: Placed,
  lostOf: Lost,
): Pair['practice'] {
  const costs = lostOf(learner.verdict);
  let best: { requirement: string; name: Bilingual; kind: string; cost: number } | null = null;
  for (const index of subject.requirements) {
    const requirement = plan.requirements[index];
    const [own, other] = [learner.verdict.attainments[index], teacher.verdict.attainments[index]];
    if (!requirement || own == null || other == null || other - own < DISTANCE) continue;
    const cost = costs[index] ?? 0;
    if (cost <= (best?.cost ?? 0)) continue;
    best = { requirement: requirement.id, name: requirement.name, kind: requirement.kind, cost };
  }
  if (!best) return null;
  const { cost: _, ...practice } = best;
  return practice;
}

export type TeachingParts = {
  judge: Judge;
  ranked: Ranked;
  lostOf: Lost;
  practisedBy: PractisedBy;
  /** Teams listed, and pairs made, in each topic. */
  most: number;
  /** Only learners of one group, and what they lose; teachers may come from anywhere. */
  group?: string | undefined;
};

/**
 * Makes the topics one by one, in the order of `subjectsOf`, so that the caller can pause between them. They share
 * the teachers' time, so the order matters.
 */
export function makeTeaching(parts: TeachingParts): (subject: Subject) => Topic {
  const { judge, ranked, lostOf, practisedBy, most, group } = parts;
  const lessons = new Map<string, number>();

  /** The most alike of those that have time: group first, then how busy, size, quality. */
  function teacherFor(learner: Placed, teachers: readonly Teacher[], busy: ReadonlyMap<string, number>) {
    const { tally } = learner.verdict;
    let best: { teacher: Teacher; unlike: number } | null = null;
    for (const teacher of teachers) {
      const other = teacher.verdict.tally;
      if (teacher.level - learner.level < DISTANCE) continue;
      const atLeast = (other.group === tally.group ? 0 : 100) + sizeSteps(tally.teamSize, other.teamSize);
      if ((best && atLeast >= best.unlike) || (busy.get(other.unit) ?? 0) >= MOST_AT_ONCE) continue;
      const unlike = atLeast + ((lessons.get(other.unit) ?? 0) >= MOST_LESSONS ? 10 : 0);
      if (!best || unlike < best.unlike) best = { teacher, unlike };
      if (best.unlike === 0) break;
    }
    return best?.teacher;
  }

  function pairsOf(subject: Subject, learners: readonly Placed[], teachers: readonly Teacher[]): Pair[] {
    const busy = new Map<string, number>();
    return learners.flatMap((learner): Pair[] => {
      const teacher = teacherFor(learner, teachers, busy);
      if (!teacher) return [];
      const { unit } = teacher.verdict.tally;
      busy.set(unit, (busy.get(unit) ?? 0) + 1);
      if (subject.of === 'requirement') lessons.set(unit, (lessons.get(unit) ?? 0) + 1);
      return [
        {
          learner: teamOf(subject, learner, null),
          teacher: teamOf(subject, teacher, teacher.did),
          sameGroup: teacher.verdict.tally.group === learner.verdict.tally.group,
          practice: practiceFor(judge, subject, learner, teacher, lostOf),
          activities: [],
        },
      ];
    });
  }

  return (subject) => {
    const placed = placedAt(subject, ranked, lostOf);
    const floor = floorOf(placed);
    const teachers = excellingOf(placed, floor)
      .map((one) => ({ ...one, did: practisedBy(one.verdict.tally.unit, subject.kinds) }))
      .sort(byQuality);
    const isOwn = ({ verdict }: Placed): boolean => group === undefined || verdict.tally.group === group;
    const own = placed.filter(isOwn);
    const lagging = laggingOf(placed, floor).filter(isOwn);
    const learners = cutAt(lagging, most, ({ level }) => level);
    const models = cutAt(teachers, most, ({ level }) => level);
    const lost = own.reduce((sum, one) => sum + one.lost, 0);
    const { of, id, criterion, name, clause } = subject;
    return {
      of,
      id,
      criterion,
      name,
      clause,
      counted: own.length,
      lost: own.length === 0 ? 0 : pointsOf(halfUp(lost, own.length)),
      excelling: models.shown.map((one) => teamOf(subject, one, one.did)),
      excellingUnlisted: { left: models.left, level: models.level },
      lagging: learners.shown.map((one) => teamOf(subject, one, null)),
      laggingUnlisted: { left: learners.left, level: learners.level },
      pairs: pairsOf(subject, learners.shown, teachers),
    };
  };
}

/**
 * The units that lag in a topic and stand in none of its first so many pairs, and how many of them are level with the
 * learner of the last of these. Those without a pair, for want of a teacher, count as any other.
 */
export function unpairedOf(
  { pairs, lagging, laggingUnlisted }: Pick<Topic, 'pairs' | 'lagging' | 'laggingUnlisted'>,
  told: number,
): Unlisted {
  const learners = pairs.slice(0, told).map(({ learner }) => learner);
  const paired = new Set(learners.map(({ unit }) => unit));
  const alone = lagging.filter(({ unit }) => !paired.has(unit));
  const last = learners.at(-1)?.level;
  const left = alone.length + laggingUnlisted.left;
  if (last === undefined) return { left, level: 0 };
  // Those that the topic itself leaves out are level with the last that it lists.
  const unsent = lagging.at(-1)?.level === last ? laggingUnlisted.level : 0;
  return { left, level: alone.filter(({ level }) => level === last).length + unsent };
}

/** Requirements with pairs, most points lost on average first. */
export const agendaOf = (topics: readonly Topic[]): string[] =>
  topics
    .filter(({ of, pairs }) => of === 'requirement' && pairs.length > 0)
    .sort((a, b) => b.lost - a.lost)
    .map(({ id }) => id);
