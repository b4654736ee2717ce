import type { Bilingual } from '#schemas/plan.ts';
import { PAIRS_TOLD, toldTopics } from '#schemas/presentation/answers/pairs.ts';
import type { Candidate } from '#schemas/results/commendations.ts';
import type { Teaching, Topic, Unlisted } from '#schemas/results/teaching.ts';
import { unpairedOf } from '#schemas/teaching.ts';

/** Whom the pages of the meeting propose and who they pair: what documents say of it is found here and nowhere else. */

/** A candidate of the board of commendation, within the places of the zone, its group, or both. */
export type Proposed = { unit: string; within: readonly ('overall' | 'group')[] };
/** A pair at a criterion, or at one of its requirements. */
export type Lesson = At & { learner: Side; teacher: Side; practice: Bilingual | null };
type At = { criterion: string; requirement: Bilingual | null };
type Side = { name: string; level: number };

export type Board = {
  proposed: readonly Proposed[];
  /** Whether pairs are of the types, or, where no type has any, of single requirements. */
  of: Topic['of'];
  lessons: readonly Lesson[];
  /** Of each of these: the units that lag as well and stand in no pair here. */
  unpaired: readonly (At & Unlisted)[];
  /** Requirements with pairs that are not told. */
  left: number;
};

const sideOf = ({ name, level }: Side): Side => ({ name, level });
const at = ({ of, criterion, name }: Topic): At => ({
  criterion,
  requirement: of === 'requirement' ? name : null,
});

/** The board of a document, from what the pages of commendation and teaching show. */
export function boardFrom(
  candidates: readonly Pick<Candidate, 'row' | 'within'>[],
  { topics, agenda }: Pick<Teaching, 'topics' | 'agenda'>,
): Board {
  const told = toldTopics(topics, agenda);
  // Types without pairs may have units that lag, too: nobody there is a model.
  const lagging = told.of === 'criterion' ? topics.filter(({ of }) => of === 'criterion') : told.topics;
  return {
    proposed: candidates.map(({ row, within }) => ({ unit: row.unit, within })),
    of: told.of,
    lessons: told.topics.flatMap((topic) =>
      topic.pairs.slice(0, PAIRS_TOLD).map(({ learner, teacher, practice }) => ({
        ...at(topic),
        learner: sideOf(learner),
        teacher: sideOf(teacher),
        practice: practice?.name ?? null,
      })),
    ),
    unpaired: lagging.map((topic) => ({ ...at(topic), ...unpairedOf(topic, PAIRS_TOLD) })),
    left: told.left,
  };
}

/** Documents of one unit, of gaps and of a trial have no board, and must not ask for one. */
export function boardOf({ board }: { board?: Board | undefined }): Board {
  if (!board) throw new TypeError('what is said of commendation and of pairs needs the board of the meeting');
  return board;
}
