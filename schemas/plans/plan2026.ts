import { type Plan, plan } from '../plan.ts';
import clauses from './2026.clauses.json' with { type: 'json' };
import document from './2026.json' with { type: 'json' };

/**
 * The evaluation plan of 2026: every clause of the source text as a requirement, deduction, veto or condition, and the
 * text itself, clause by clause (the English is ours, and shorter).
 */
export const plan2026: Plan = plan.parse({ ...document, clauses });
