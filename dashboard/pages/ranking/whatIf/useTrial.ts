import { computed, type MaybeRefOrGetter, shallowRef, toValue } from 'vue';
import type { Plan } from '#schemas/plan.ts';
import { TRIAL_MARK } from '#schemas/presentation/trial.ts';
import { useFilters } from '../../../composables/useFilters.ts';
import { useWords } from '../../../composables/useWords.ts';
import { planWeights } from '../bar.ts';
import type { Preview } from './preview.ts';
import { formatWeights } from './weights.ts';

type Options = {
  plan: MaybeRefOrGetter<Plan | undefined>;
  /** Whoever sees only some of the rows has nothing to rank anew. */
  open: MaybeRefOrGetter<boolean>;
};

/** Other weights, tried while the address has them. */
export function useTrial({ plan, open }: Options) {
  const words = useWords();
  const { set, extra } = useFilters();
  const weights = extra('weights');
  const preview = shallowRef<Preview | null>(null);
  const criteria = computed(() => toValue(plan)?.criteria ?? []);
  /** Weights come from the plan; whoever tries others hands these on instead. */
  const weightOf = computed(() => preview.value?.weightOf ?? planWeights({ criteria: criteria.value }));
  function toggle(): void {
    const planned = toValue(plan);
    set({ weights: weights.value || !planned ? null : formatWeights({}, planned) });
  }
  /** The weights tried, in plan order: on paper nothing else would tell them. */
  const tried = computed(() =>
    words.value.list(
      criteria.value.map(
        ({ id, name }) => `${words.value.name(name)} ${words.value.plain(weightOf.value(id))}`,
      ),
    ),
  );
  /** A trial says so on screen and on paper, and its files do, in name and first line. */
  const mark = computed(() => (weights.value && toValue(open) ? TRIAL_MARK[words.value.locale] : undefined));
  /** A trial in which nothing weighs has no ranks, for another reason than that nothing is due. */
  const weightless = computed(
    () => criteria.value.length > 0 && criteria.value.every(({ id }) => weightOf.value(id) === 0),
  );
  return { weights, preview, weightOf, toggle, tried, mark, weightless };
}
