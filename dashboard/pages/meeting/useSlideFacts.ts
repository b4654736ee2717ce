import { computed, type MaybeRefOrGetter, reactive, toValue } from 'vue';
import type { SealedYear } from '#schemas/freezes.ts';
import { filterSentence } from '../../components/filterWords.ts';
import { type Filters, referenceDay } from '../../composables/filters.ts';
import { fullRows } from '../../composables/groups.ts';
import { QUOTAS, useCommendations, useTeaching } from '../../composables/meetingQueries.ts';
import { useGaps, usePlanSeen, useRanking } from '../../composables/queries.ts';
import type { Words } from '../../locales/words.ts';
import { viewOf } from '../gaps/matrix.ts';
import type { SlideFacts } from './slides.ts';

/** What a seal looked at: the whole year, as known then. */
export const sealedFilters = (filters: Filters, { freeze }: Pick<SealedYear, 'freeze'>): Filters => ({
  ...filters,
  basis: 'year',
  on: null,
  compareTo: null,
  asOf: freeze.asOf,
});

/** The range that slides speak of, and whether they are live or a seal's. */
export function rangeSentence(
  words: Words,
  filters: Filters,
  { today, sealed }: { today: string; sealed: SealedYear | null },
): string {
  const source = sealed
    ? words.say('slides.sealed', { number: sealed.freeze.number })
    : words.say('slides.live');
  return `${filterSentence(words, filters, referenceDay(filters, today))} · ${source}`;
}

/** The figures that the slides are made of, live or a seal's: for those who show them, and who choose among them. */
export function useSlideFacts(given: MaybeRefOrGetter<Filters>, seal: MaybeRefOrGetter<SealedYear | null>) {
  const filters = computed(() => toValue(given));
  const ranking = reactive(useRanking(filters));
  const plan = reactive(usePlanSeen(filters));
  const gaps = reactive(useGaps(filters));
  const commendations = reactive(useCommendations(filters, QUOTAS));
  const teaching = reactive(useTeaching(filters));
  /** A seal comes before the awards, so with it are those of now; the past as it was known has those known then. */
  const decided = reactive(
    useCommendations(() => (toValue(seal) ? { ...filters.value, asOf: null } : filters.value), QUOTAS),
  );
  const all = [ranking, plan, gaps, commendations, teaching, decided];

  const facts = computed((): SlideFacts | null => {
    if (!ranking.data || !plan.data || !gaps.data) return null;
    if (!commendations.data || !teaching.data || !decided.data) return null;
    const sealed = toValue(seal);
    const rows = fullRows(sealed ? { rows: sealed.result } : ranking.data);
    const { group } = filters.value;
    const isWithin = (own: { group: string }): boolean => group === null || own.group === group;
    return {
      plan: plan.data.plan,
      group,
      rows: rows.filter(isWithin),
      gaps: viewOf(gaps.data, { group, criterion: null, order: 'plan' }),
      candidates: commendations.data.candidates.filter(({ row }) => isWithin(row)),
      awards: decided.data.awards.filter(isWithin),
      teaching: teaching.data,
      ...(!sealed && { versionThen: ranking.data.versionThen }),
    };
  });
  return {
    facts,
    /** The question that failed, else one that is not answered yet. */
    waiting: computed(() => all.find(({ data, error }) => error && !data) ?? all.find(({ data }) => !data)),
  };
}
