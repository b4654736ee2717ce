import { type Board, boardFrom } from '#api/exports/report/board.ts';
import { candidatesOf } from '#schemas/candidates.ts';
import type { Ranked } from '#schemas/ranks.ts';
import type { Topic } from '#schemas/results/teaching.ts';
import type { Judge } from '#schemas/scoring.ts';
import { pointsLost } from '#schemas/standing.ts';
import { agendaOf, makeTeaching, subjectsOf } from '#schemas/teaching.ts';

/** What the pages of the meeting would show of these rows, where nobody's activities are known. */

type Asked = { judge: Judge; ranked: Ranked; group?: string | undefined; most?: number };

/** The topics as the page of teaching has them: of the learners of a group, or of all; so many of each listed. */
export function teachingIn({ judge, ranked, group, most = 5 }: Asked): { topics: Topic[]; agenda: string[] } {
  const topicOf = makeTeaching({
    judge,
    ranked,
    lostOf: (verdict) => pointsLost(judge, verdict),
    practisedBy: () => ({ activities: 0, verified: 0, latest: null }),
    most,
    group,
  });
  const topics = subjectsOf(judge).map(topicOf);
  return { topics, agenda: agendaOf(topics) };
}

export function boardIn(judge: Judge, ranked: Ranked, group?: string): Board {
  const { candidates } = candidatesOf(judge, ranked, { quota: { share: 100_000 }, perGroup: { places: 1 } });
  return boardFrom(candidates, teachingIn({ judge, ranked, group }));
}
