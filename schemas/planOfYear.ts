import type { Plan } from './plan.ts';

/** A plan as the first of another year: its title names the year that it is for. */
export const inAnotherYear = (plan: Plan, year: number): Pick<Plan, 'year' | 'version' | 'title'> => ({
  year,
  version: 1,
  title: {
    zh: plan.title.zh.replaceAll(String(plan.year), String(year)),
    en: plan.title.en.replaceAll(String(plan.year), String(year)),
  },
});
