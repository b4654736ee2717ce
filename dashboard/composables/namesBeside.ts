import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import { isOtherPlan } from '#schemas/movement/reason.ts';
import type { Plan } from '#schemas/plan.ts';
import type { Movement } from '#schemas/results/movement.ts';
import { usePlan } from './queries.ts';

type Naming = Pick<Plan, 'requirements' | 'deductions' | 'vetoes'>;
const NONE: Naming = { requirements: [], deductions: [], vetoes: [] };
type Compared = Pick<Movement, 'compared' | 'plan'>;

const onlyIn = <T extends { id: string }>(other: readonly T[], own: readonly T[]): T[] =>
  other.filter(({ id }) => !own.some((item) => item.id === id));

/** What two plans name: all of the one, and what only the other has. */
export const namesOfBoth = (own: Naming, other: Naming | undefined): Naming =>
  other
    ? {
        requirements: [...own.requirements, ...onlyIn(other.requirements, own.requirements)],
        deductions: [...own.deductions, ...onlyIn(other.deductions, own.deductions)],
        vetoes: [...own.vetoes, ...onlyIn(other.vetoes, own.vetoes)],
      }
    : own;

/** The names for what moved units: where another plan is compared with, what that one alone names has its name, too. */
export function useNamesBeside(
  plan: () => Naming | undefined,
  moved: MaybeRefOrGetter<Compared | null | undefined>,
) {
  const other = computed(() => {
    const answer = toValue(moved);
    return answer && isOtherPlan(answer.compared.plan, answer.plan) ? answer.compared : null;
  });
  const { data } = usePlan(() => other.value?.plan.year ?? 0, {
    asOf: () => other.value?.asOf ?? null,
    enabled: () => other.value !== null,
  });
  return computed(() => namesOfBoth(plan() ?? NONE, other.value ? data.value?.plan : undefined));
}
