import type { Plan } from '#schemas/plan.ts';
import { nextDue } from '#schemas/windows.ts';
import type { Words } from '../../locales/words.ts';

/** A requirement's clause, and the day by which something of it is due next, seen from a day. */
export function clauseAndDue(
  words: Words,
  { requirements }: Pick<Plan, 'requirements'>,
  { id, clause, year, on }: { id: string; clause: string; year: number; on: string },
): string {
  const measure = requirements.find((one) => one.id === id)?.measure;
  const due = measure ? nextDue(year, measure, on) : null;
  return [clause, ...(due ? [words.say('unit.dueBy', { day: words.day(due) })] : [])].join(' · ');
}
