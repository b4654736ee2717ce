import type { Bilingual } from '#schemas/plan.ts';
import type { Pair, Topic } from '#schemas/results/teaching.ts';
import { greatest, type Named, namedOf } from './rows.ts';

/** Who can teach whom, found in the topics of the agenda. */
export type TeachingFact =
  | { kind: 'none' }
  /** How many topics there are, and on which of them units lose most, all that share it. */
  | { kind: 'agenda'; topics: number; worst: { id: string; name: Bilingual }[] }
  /** Of the one that loses most: who could learn from whom. */
  | { kind: 'pair'; learner: Named; teacher: Named };

type Told = Pick<Topic, 'id' | 'name' | 'lost'> & { pairs: readonly Pick<Pair, 'learner' | 'teacher'>[] };

/** `agenda`: the topics that have pairs, most points lost first. */
export function teachingFacts(agenda: readonly Told[]): TeachingFact[] {
  if (agenda.length === 0) return [{ kind: 'none' }];
  const { found } = greatest(agenda, ({ lost }) => lost);
  const worst = found.map(({ id, name }) => ({ id, name }));
  const pair = found.length === 1 ? found[0]?.pairs[0] : undefined;
  return [
    { kind: 'agenda', topics: agenda.length, worst },
    ...(pair
      ? [{ kind: 'pair' as const, learner: namedOf(pair.learner), teacher: namedOf(pair.teacher) }]
      : []),
  ];
}
