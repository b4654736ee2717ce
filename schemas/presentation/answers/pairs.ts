import type { Topic } from '#schemas/results/teaching.ts';

/**
 * Which pairs slides and documents tell: those of the types. Where no type has any, a requirement may have some all the
 * same, and what is told to have none would contradict the agenda: then they tell those of the agenda's first requirements.
 */

/** Pairs told of a topic, and requirements told where no type has pairs: pages and slides have room for all of them. */
export const PAIRS_TOLD = 2;
const REQUIREMENTS_TOLD = 5;

export type ToldTopics<T> = {
  of: Topic['of'];
  topics: T[];
  /** Requirements with pairs that are not told. */
  left: number;
};

type Paired = Pick<Topic, 'of' | 'id' | 'pairs'>;

/** `agenda`: ids of the requirements with pairs, most points lost first. */
export function toldTopics<T extends Paired>(topics: readonly T[], agenda: readonly string[]): ToldTopics<T> {
  const types = topics.filter(({ of, pairs }) => of === 'criterion' && pairs.length > 0);
  if (types.length > 0) return { of: 'criterion', topics: types, left: 0 };
  const byId = new Map(topics.flatMap((topic) => (topic.of === 'requirement' ? [[topic.id, topic]] : [])));
  const requirements = agenda.flatMap((id) => byId.get(id) ?? []);
  const told = requirements.slice(0, REQUIREMENTS_TOLD);
  return { of: 'requirement', topics: told, left: requirements.length - told.length };
}
