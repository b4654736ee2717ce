import { type Plan, plan } from '../plan.ts';
import document from './2026.json' with { type: 'json' };

/** The evaluation plan of 2026: every clause of the source text as a requirement, deduction, veto or condition. */
export const plan2026: Plan = plan.parse(document);
