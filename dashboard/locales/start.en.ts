import type { startZh } from './start.zh-CN.ts';

/** What an empty system begins with; hardly anybody sees it twice. */
export const startEn: typeof startZh = {
  empty: {
    title: 'Begin here',
    lead: 'There are no units yet, and no plan for {year}. Begin with any of these:',
    others: 'There is no data yet. The organisation department imports the units and adopts the plan.',
    units: 'Import units',
    unitsMeans: 'From an Excel or CSV sheet, one unit a line: id, name, group, team size, id of the head.',
    unitsChoose: 'Import units',
    plan: 'Adopt the plan',
    planMeans:
      'The five-type plan as set out in the implementing opinion, {requirements} ⟨requirement/requirements⟩; every number can be edited later.',
    planAdopt: 'Adopt the plan for {year}',
    planDone: 'The plan for {year} is adopted.',
    sample: 'Load the sample',
    sampleMeans:
      '48 invented units with last year and this year so far, to get to know the system. Not for a real database.',
    sampleLoad: 'Load the sample',
    sampleDone: 'The sample is loaded and being computed.',
    working: 'Working…',
    noUnits: 'The plan for {year} is adopted, but no unit is ranked yet. Next: import the units.',
  },
};
