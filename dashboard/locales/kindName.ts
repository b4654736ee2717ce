import type { Plan } from '#schemas/plan.ts';
import { nameIn } from '#schemas/presentation/speech.ts';
import type { Words } from './words.ts';

/** A kind by the names of what it counts for, or is held against: it has none of its own. */
export function kindName(words: Words, plan: Plan, kind: string): string {
  const items = [...plan.requirements, ...plan.conditions, ...plan.deductions, ...plan.vetoes];
  const own = items.filter((item) => item.kind === kind);
  const names = [...new Set(own.map(({ id }) => nameIn(words, items, id)))];
  return names.length ? names.join(words.locale === 'en' ? ' / ' : '／') : words.term(kind);
}
