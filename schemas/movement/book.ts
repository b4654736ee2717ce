import { MILLION } from '#schemas/exact.ts';
import type { Judge, Verdict } from '#schemas/scoring.ts';

/** What counts at a time, and what each requirement did from one time to another (`movement.ts` says how that is meant). */

/** A requirement that counts. */
type Part = { criterion: string; points: number; attainment: number };
type Whole = { weight: number; points: number };
/** What counts at a time: requirements, their criteria, and the weight of all of these. */
export type Book = { parts: Map<string, Part>; criteria: Map<string, Whole>; weight: number };

export const EMPTY: Book = { parts: new Map(), criteria: new Map(), weight: 0 };

/** What counts of a verdict. */
export function bookOf({ judge, verdict }: { judge: Judge; verdict: Verdict }): Book {
  const book: Book = { parts: new Map(), criteria: new Map(), weight: 0 };
  judge.criteria.forEach(({ id: criterion, requirements }, index) => {
    if (verdict.criteria[index] == null) return;
    const weight = judge.weights[index] ?? 0;
    const whole: Whole = { weight, points: 0 };
    for (const at of requirements) {
      const [requirement, millionths] = [judge.plan.requirements[at], verdict.attainments[at] ?? null];
      if (!requirement || millionths === null) continue;
      const { id, points } = requirement;
      book.parts.set(id, { criterion, points, attainment: millionths / MILLION });
      whole.points += points;
    }
    book.criteria.set(criterion, whole);
    book.weight += weight;
  });
  return book;
}

/** The mean attainment of some parts of a book, criteria weighed as in the plan; undefined of none. */
function levelOf({ parts, criteria }: Book, isIn: (id: string, part: Part) => boolean): number | undefined {
  const levels = new Map<string, { sum: number; points: number }>();
  for (const [id, part] of parts) {
    if (!isIn(id, part)) continue;
    const level = levels.get(part.criterion) ?? { sum: 0, points: 0 };
    levels.set(part.criterion, {
      sum: level.sum + part.points * part.attainment,
      points: level.points + part.points,
    });
  }
  let [sum, weights] = [0, 0];
  for (const [criterion, level] of levels) {
    const weight = criteria.get(criterion)?.weight ?? 0;
    sum += (weight * level.sum) / level.points;
    weights += weight;
  }
  return weights > 0 ? sum / weights : undefined;
}

/** What one part weighs in the total of its book. */
function shareOf({ criteria, weight }: Book, { criterion, points }: Part): number {
  const whole = criteria.get(criterion);
  return whole && weight > 0 ? (whole.weight / weight) * (points / whole.points) : 0;
}

/** Makes what finds the level beside which a part of a criterion came or went. */
function referenceOf(before: Book, after: Book): (criterion: string) => number {
  const all = levelOf(before, () => true) ?? 0;
  const total = levelOf(before, (_, { criterion }) => after.criteria.has(criterion)) ?? all;
  const known = new Map<string, number>();
  return (criterion) => {
    if (!before.criteria.has(criterion) || !after.criteria.has(criterion)) return total;
    const own = known.get(criterion) ?? levelInCriterion(before, after, criterion);
    known.set(criterion, own);
    return own;
  };
}

/** A criterion without what no longer counts; with it where nothing else is left. */
function levelInCriterion(before: Book, after: Book, criterion: string): number {
  const bare = { ...before, criteria: new Map([[criterion, { weight: 1, points: 1 }]]) };
  const isOwn = (part: Part) => part.criterion === criterion;
  return (
    levelOf(bare, (id, part) => isOwn(part) && after.parts.has(id)) ??
    levelOf(bare, (_, part) => isOwn(part)) ??
    0
  );
}

/** Of the weight that a criterion has among those of both times, what a part makes that no longer counts. */
function shareGone(before: Book, after: Book, part: Part): number {
  const whole = before.criteria.get(part.criterion);
  const now = after.criteria.get(part.criterion);
  if (!whole || !now) return shareOf(before, part);
  return after.weight > 0 ? (now.weight / after.weight) * (part.points / whole.points) : 0;
}

/** What each requirement did to the total, in ten-thousandths of a point. */
export function effectsById(before: Book, after: Book): Map<string, number> {
  const reference = referenceOf(before, after);
  const effects = new Map<string, number>();
  const note = (id: string, share: number, change: number) =>
    effects.set(id, (effects.get(id) ?? 0) + share * change * 1_000_000);
  for (const [id, part] of after.parts) {
    const was = before.parts.get(id)?.attainment ?? reference(part.criterion);
    note(id, shareOf(after, part), part.attainment - was);
  }
  for (const [id, part] of before.parts) {
    if (after.parts.has(id)) continue;
    note(id, shareGone(before, after, part), reference(part.criterion) - part.attainment);
  }
  return effects;
}
