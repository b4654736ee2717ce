import type { Bilingual, Measure, Plan } from '#schemas/plan.ts';

/** What the activities on the page are evidence of: a requirement, an incident (deduction or veto), or a condition. */
export type Subject = {
  list: 'requirements' | 'incidents' | 'conditions';
  id: string;
  kind: string;
  clause: string;
  name?: Bilingual | undefined;
  measure?: Measure;
};

/** Finds it in the plan; undefined where the address names nothing of it. */
export function subjectOf(plan: Plan, list: string, id: string): Subject | undefined {
  if (list === 'requirements') {
    const found = plan.requirements.find((item) => item.id === id);
    return found && { ...found, list };
  }
  if (list !== 'incidents' && list !== 'conditions') return undefined;
  const items = list === 'conditions' ? plan.conditions : [...plan.vetoes, ...plan.deductions];
  const found = items.find((item) => item.id === id);
  return found && { list, id, kind: found.kind, clause: found.clause, name: found.name };
}

/** How the api is asked for them. */
export const scopeOf = ({ list, id, kind }: Subject): { requirement: string } | { kind: string } =>
  list === 'requirements' ? { requirement: id } : { kind };
