import { type Board, boardFrom } from '#api/exports/report/board.ts';
import { candidatesOf } from '#schemas/candidates.ts';
import type { Ranked } from '#schemas/ranks.ts';
import type { Topic } from '#schemas/results/teaching.ts';
import type { Judge } from '#schemas/scoring.ts';
import { pointsLost } from '#schemas/standing.ts';
import { makeTeaching, subjectsOf } from '#schemas/teaching.ts';

/** What the pages of the meeting would show of these rows, where nobody's activities are known. */

/** The topics of whole criteria, as documents ask for them: of the learners of a group, or of all; so many of each. */
export function criterionTopics(judge: Judge, ranked: Ranked, group?: string, most = 5): Topic[] {
  const topicOf = makeTeaching({
    judge,
    ranked,
    lostOf: (verdict) => pointsLost(judge, verdict),
    practisedBy: () => ({ activities: 0, verified: 0, latest: null }),
    most,
    group,
  });
  return subjectsOf(judge).flatMap((subject) => (subject.of === 'criterion' ? [topicOf(subject)] : []));
}

export function boardIn(judge: Judge, ranked: Ranked, group?: string): Board {
  const { candidates } = candidatesOf(judge, ranked, { quota: { share: 100_000 }, perGroup: { places: 1 } });
  return boardFrom(candidates, criterionTopics(judge, ranked, group));
}
