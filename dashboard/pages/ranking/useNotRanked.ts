import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import type { RankingFact } from '#schemas/presentation/answers/ranking.ts';
import { whyNotRanked } from '../../components/whyNotRanked.ts';
import { useUnit } from '../../composables/queries.ts';
import { useSession } from '../../composables/session.ts';
import { useWords } from '../../composables/useWords.ts';

/** A unit that the year does not rank is told why: it sees ranks of others without names, and none of its own. */
export function useNotRanked(
  facts: MaybeRefOrGetter<readonly RankingFact[]>,
  year: MaybeRefOrGetter<number>,
) {
  const words = useWords();
  const { ownUnit } = useSession();
  const own = useUnit(() => ownUnit.value ?? '');
  return computed((): string[] => {
    const found = own.data.value;
    if (!found || !toValue(facts).some(({ kind }) => kind === 'no-units')) return [];
    const why = whyNotRanked(words.value, { unit: found.unit, year: toValue(year), found });
    return why === null ? [] : [why];
  });
}
