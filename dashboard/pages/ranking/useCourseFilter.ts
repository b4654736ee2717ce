import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import { COURSES, type CourseName } from '#schemas/course.ts';
import type { Plan } from '#schemas/plan.ts';
import { isFull, type Row } from '#schemas/presentation/answers/rows.ts';
import { useCourses } from '../../composables/historyQueries.ts';
import { useFilters } from '../../composables/useFilters.ts';
import { useWords } from '../../composables/useWords.ts';

const WORDS = {
  onCourse: 'overview.onCourse',
  held: 'overview.held',
  few: 'overview.few',
  many: 'overview.many',
  behind: 'ranking.courseBehind',
} as const;

type Options = {
  plan: MaybeRefOrGetter<Pick<Plan, 'criteria'> | undefined>;
  /** Whether all units may be seen. */
  open: MaybeRefOrGetter<boolean>;
};

/** The rows that a number of the overview stands for, as the address has it: how they stand with what was due. */
export function useCourseFilter({ plan, open }: Options) {
  const words = useWords();
  const { filters, extra } = useFilters();
  const [course, type] = [extra('course'), extra('type')];
  const chosen = computed(() => {
    const found = [...COURSES, 'behind' as const].find((name) => name === course.value);
    return toValue(open) ? found : undefined;
  });
  const criterion = computed(() => toValue(plan)?.criteria.find(({ id }) => id === type.value));
  /** Behind is whoever is not on course. */
  const which = computed((): CourseName | null =>
    chosen.value === 'behind' ? 'onCourse' : (chosen.value ?? null),
  );
  const { data } = useCourses(filters, {
    criterion: () => criterion.value?.id ?? null,
    which,
    enabled: computed(() => chosen.value !== undefined && toValue(plan) !== undefined),
  });
  const listed = computed(() => (data.value?.units ? new Set(data.value.units) : null));
  return {
    /** What the rows are narrowed to, in words; null where they are not. */
    said: computed(() => {
      const name = chosen.value;
      if (!name) return null;
      const word = words.value.say(WORDS[name]);
      return criterion.value ? words.value.labelled(words.value.name(criterion.value.name), word) : word;
    }),
    keep(rows: readonly Row[]): readonly Row[] {
      const units = listed.value;
      if (!chosen.value || !units) return rows;
      return rows.filter((row) => isFull(row) && units.has(row.unit) !== (chosen.value === 'behind'));
    },
  };
}
