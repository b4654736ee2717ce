import type { Plan } from '#schemas/plan.ts';
import { plan2026 } from '#schemas/plans/plan2026.ts';

const titled = (year: number): Plan['title'] => ({
  zh: plan2026.title.zh.replace('2026', String(year)),
  en: plan2026.title.en.replace('2026', String(year)),
});

/** This year's plan: the 2026 table. */
export const planOfThisYear = (year: number): Plan => ({ ...plan2026, year, title: titled(year) });

/** Last year's plan asked more of development and less of innovation. */
export function planOfLastYear(year: number): Plan {
  const weights: Readonly<Record<string, number>> = { innovation: 15, development: 25 };
  const criteria = plan2026.criteria.map((criterion) => ({
    ...criterion,
    weight: weights[criterion.id] ?? criterion.weight,
  }));
  return { ...planOfThisYear(year), criteria };
}
