import { canonicalJson } from './canonical.ts';
import { formsOf } from './measureTraits.ts';
import { type Plan, SELF_INSPECTION } from './plan.ts';

/**
 * What is odd about a plan that its shape allows: it could hardly be met, or says two things at once. Whoever adopts it
 * is told so first.
 */
export type PlanFinding =
  /** What is asked for would itself be held against a unit: to meet the one is to fall under the other. */
  | { code: 'asked-and-punished'; list: 'requirements' | 'conditions'; id: string; other: string }
  /** Two requirements look at the same activities in the same way: what is done once counts twice. */
  | { code: 'asked-twice'; list: 'requirements'; id: string; other: string }
  /** Two requirements measure the same kind by the same rule with other numbers. */
  | { code: 'measured-twice'; list: 'requirements'; id: string; other: string }
  /** A deduction whose single incident is above its own maximum. */
  | { code: 'above-maximum'; list: 'deductions'; id: string }
  /** A criterion that asks for nothing never has a score; its weight and its deductions count for nothing. */
  | { code: 'asks-nothing'; list: 'criteria'; id: string }
  /** A requirement that a submitted self-inspection was meant for: no activity has that kind. */
  | { code: 'no-activity'; list: 'requirements'; id: string }
  /** The number of a clause whose text is missing, where others have theirs. */
  | {
      code: 'no-clause';
      list: 'requirements' | 'deductions' | 'vetoes' | 'conditions';
      id: string;
      clause: string;
    };

export type PlanFindingCode = PlanFinding['code'];

function punished(plan: Plan): PlanFinding[] {
  const incidents = new Map([...plan.vetoes, ...plan.deductions].map(({ kind, id }) => [kind, id]));
  return (['requirements', 'conditions'] as const).flatMap((list) =>
    plan[list].flatMap(({ id, kind }): PlanFinding[] => {
      const other = incidents.get(kind);
      return other === undefined ? [] : [{ code: 'asked-and-punished', list, id, other }];
    }),
  );
}

function twice({ requirements }: Plan): PlanFinding[] {
  const whole = new Map<string, string>();
  const byRule = new Map<string, string>();
  return requirements.flatMap(({ id, kind, measure }): PlanFinding[] => {
    const exact = canonicalJson({ kind, measure });
    const rule = canonicalJson({ kind, type: measure.type, ...('per' in measure && { per: measure.per }) });
    const [same, alike] = [whole.get(exact), byRule.get(rule)];
    if (same === undefined) whole.set(exact, id);
    if (alike === undefined) byRule.set(rule, id);
    if (same !== undefined) return [{ code: 'asked-twice', list: 'requirements', id, other: same }];
    // Lists of forms look at different things, and a head's own activities are part of all.
    const isRefined = formsOf(measure).length > 0 || ('ledByHead' in measure && measure.ledByHead === true);
    if (alike === undefined || isRefined) return [];
    return [{ code: 'measured-twice', list: 'requirements', id, other: alike }];
  });
}

function withoutText(plan: Plan): PlanFinding[] {
  if (!plan.clauses?.length) return [];
  const known = new Set(plan.clauses.map(({ id }) => id));
  return (['requirements', 'deductions', 'vetoes', 'conditions'] as const).flatMap((list) =>
    plan[list]
      .filter(({ clause }) => !known.has(clause))
      .map(({ id, clause }): PlanFinding => ({ code: 'no-clause', list, id, clause })),
  );
}

/** In the order in which they weigh. */
export function planFindings(plan: Plan): PlanFinding[] {
  const asking = new Set(plan.requirements.map(({ criterion }) => criterion));
  return [
    ...punished(plan),
    ...plan.requirements
      .filter(({ kind }) => kind === SELF_INSPECTION)
      .map(({ id }): PlanFinding => ({ code: 'no-activity', list: 'requirements', id })),
    ...plan.criteria
      .filter(({ id }) => !asking.has(id))
      .map(({ id }): PlanFinding => ({ code: 'asks-nothing', list: 'criteria', id })),
    ...plan.deductions
      .filter(({ points, max }) => points > max)
      .map(({ id }): PlanFinding => ({ code: 'above-maximum', list: 'deductions', id })),
    ...twice(plan),
    ...withoutText(plan),
  ];
}
