import { entryOf } from '#schemas/entries.ts';
import { isModel } from '#schemas/models.ts';
import type { Bilingual } from '#schemas/plan.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import { type Frame, type Lesson, scoresOf } from './frame.ts';

type Scored = { row: RankingRow; score: number };

/** Who may learn a criterion from whom, and the practice to pass on (null: the criterion as a whole). */
export type Pair = {
  criterion: Frame['criteria'][number];
  learner: Scored;
  teacher: Scored;
  practice: Bilingual | null;
};

/** Learners and teachers a criterion, and how far apart a pair has to be. */
const LEARNERS = 2;
const DISTANCE = 15;
/** A teacher stands among the best third at the criterion, and is a model as everywhere. */
const TEACHING_SHARE = 3;

/** What the learner loses most on and the teacher has in full. */
function practiceFor({ gaps }: Frame, criterion: string, learner: string, teacher: string): Bilingual | null {
  if (!gaps) return null;
  const [pupil, master] = [learner, teacher].map((unit) => gaps.units.find((row) => row.unit === unit));
  if (!pupil || !master) return null;
  let found: { name: Bilingual; lost: number } | null = null;
  gaps.requirements.forEach((requirement, index) => {
    const lost = pupil.lost[index] ?? 0;
    if (requirement.criterion !== criterion || master.attainments[index] !== 1) return;
    if (lost > (found?.lost ?? 0)) found = { name: requirement.name, lost };
  });
  return (found as { name: Bilingual } | null)?.name ?? null;
}

/** The pairs of the agenda, those whose units are both among the rows. */
function lessonsOf(frame: Frame, lessons: readonly Lesson[]): Pair[] {
  const rows = new Map(frame.rows.map((row) => [row.unit, row]));
  return lessons.flatMap(({ criterion: id, practice, ...of }): Pair[] => {
    const criterion = frame.criteria.find((one) => one.id === id);
    const [learner, teacher] = [of.learner, of.teacher].map((unit): Scored[] => {
      const row = rows.get(unit);
      const score = entryOf(row?.criteria, id);
      return row && score != null ? [{ row, score }] : [];
    });
    if (!criterion || !learner?.[0] || !teacher?.[0]) return [];
    return [{ criterion, learner: learner[0], teacher: teacher[0], practice }];
  });
}

/**
 * For each criterion the units that lag most, each with a teacher that is well ahead: of the same group where one
 * is, else of the zone; only models teach, and nobody twice within a criterion.
 */
export function pairsOf(frame: Frame): Pair[] {
  if (frame.lessons) return lessonsOf(frame, frame.lessons);
  return frame.criteria.flatMap((criterion) => {
    const scores = scoresOf(frame.rows, criterion.id);
    const leaders = scores
      .slice(0, Math.max(1, Math.ceil(scores.length / TEACHING_SHARE)))
      .filter(({ row }) => isModel(row));
    const busy = new Set<string>();
    return scores
      .slice(-LEARNERS)
      .reverse()
      .flatMap((learner): Pair[] => {
        const free = leaders.filter(
          ({ row, score }) => !busy.has(row.unit) && score - learner.score >= DISTANCE,
        );
        const teacher = free.find(({ row }) => row.group === learner.row.group) ?? free[0];
        if (!teacher) return [];
        busy.add(teacher.row.unit);
        const practice = practiceFor(frame, criterion.id, learner.row.unit, teacher.row.unit);
        return [{ criterion, learner, teacher, practice }];
      });
  });
}
