import { holds, type Principal } from '#api/access/principal.ts';
import { Problem } from '#api/http/problem.ts';
import type { InboxQuestion } from '#api/ports.ts';
import type { Plan } from '#schemas/plan.ts';
import { kindsReviewed } from '#schemas/reviewed.ts';

/** The kinds that somebody decides on; undefined for all of them. */
function mayDecide(who: Principal, plan: Plan): ReadonlySet<string> | undefined {
  if (holds(who, ['organisation'])) return undefined;
  return kindsReviewed(who.reviews ?? { criteria: [], kinds: [] }, plan);
}

/** The kinds that a question is about: those of the asker, and of these the one that a requirement or filter asks for. */
export function kindsOf(
  who: Principal,
  plan: Plan,
  { requirement, of }: Partial<InboxQuestion>,
): string[] | undefined {
  const mine = mayDecide(who, plan);
  const asked = requirement === undefined ? of : plan.requirements.find(({ id }) => id === requirement)?.kind;
  if (requirement !== undefined && asked === undefined)
    throw new Problem('not-found', `"${requirement}" is no requirement of the plan for ${plan.year}.`);
  if (asked === undefined) return mine && [...mine];
  return mine && !mine.has(asked) ? [] : [asked];
}
