import { othersOf, toldAbove } from '#schemas/others.ts';
import type { Plan } from '#schemas/plan.ts';
import type { Words } from '../../locales/words.ts';

/** What units see of each other under a plan: where it has a veto, no totals at its cap or below (`#schemas/others.ts`). */
export function othersRule(words: Words, plan: Pick<Plan, 'others' | 'vetoes'>): string {
  const others = othersOf(plan);
  const bar = others === 'rank-and-total' ? toldAbove(plan) : null;
  return bar === null
    ? words.say(`plan.others.${others}`)
    : words.say('plan.othersAbove', { bar: words.plain(bar) });
}
