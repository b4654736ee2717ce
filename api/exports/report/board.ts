import type { Bilingual } from '#schemas/plan.ts';
import type { Candidate } from '#schemas/results/commendations.ts';
import type { Topic, Unlisted } from '#schemas/results/teaching.ts';
import { unpairedOf } from '#schemas/teaching.ts';

/** Whom the pages of the meeting propose and who they pair: what documents say of it is found here and nowhere else. */

/** A candidate of the board of commendation, within the places of the zone, its group, or both. */
export type Proposed = { unit: string; within: readonly ('overall' | 'group')[] };
/** A pair of the meeting's agenda, at a criterion. */
export type Lesson = { criterion: string; learner: Side; teacher: Side; practice: Bilingual | null };
type Side = { name: string; level: number };

export type Board = {
  proposed: readonly Proposed[];
  lessons: readonly Lesson[];
  /** Of each criterion: the units that lag as well and stand in no pair here. */
  unpaired: readonly ({ criterion: string } & Unlisted)[];
};

/** Pairs that a document tells of a criterion: pages have room for all of them. */
export const PAIRS_TOLD = 2;

const sideOf = ({ name, level }: Side): Side => ({ name, level });

/** The board of a document, from what the pages of commendation and teaching show. */
export function boardFrom(
  candidates: readonly Pick<Candidate, 'row' | 'within'>[],
  topics: readonly Topic[],
): Board {
  const criteria = topics.filter(({ of }) => of === 'criterion');
  return {
    proposed: candidates.map(({ row, within }) => ({ unit: row.unit, within })),
    lessons: criteria.flatMap(({ id: criterion, pairs }) =>
      pairs.slice(0, PAIRS_TOLD).map(({ learner, teacher, practice }) => ({
        criterion,
        learner: sideOf(learner),
        teacher: sideOf(teacher),
        practice: practice?.name ?? null,
      })),
    ),
    unpaired: criteria.map((topic) => ({ criterion: topic.id, ...unpairedOf(topic, PAIRS_TOLD) })),
  };
}

/** Documents of one unit, of gaps and of a trial have no board, and must not ask for one. */
export function boardOf({ board }: { board?: Board | undefined }): Board {
  if (!board) throw new TypeError('what is said of commendation and of pairs needs the board of the meeting');
  return board;
}
