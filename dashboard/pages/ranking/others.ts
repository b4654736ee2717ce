import { othersOf, toldAbove } from '#schemas/others.ts';
import type { Plan } from '#schemas/plan.ts';
import type { Words } from '../../locales/words.ts';

/** What a unit is shown of the others, and what not, as the plan has it. */
export function othersSentence(words: Words, plan: Pick<Plan, 'others' | 'vetoes'>): string {
  const others = othersOf(plan);
  if (others === 'none') return words.say('ranking.othersNone');
  if (others === 'rank-only') return words.say('ranking.othersRank');
  const bar = toldAbove(plan);
  return bar === null
    ? words.say('ranking.othersTotal')
    : words.say('ranking.othersTotalAbove', { bar: words.plain(bar) });
}
