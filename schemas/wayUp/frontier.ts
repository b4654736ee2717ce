import { add } from '#schemas/exact.ts';
import type { Whole } from '#schemas/tallies.ts';

/** What was chosen on the way to a point, as a tree, so that joining two costs nothing. */
export type Chosen<S> = null | { step: S } | { first: Chosen<S>; second: Chosen<S> };

/** What can be reached at an effort. */
export type Point<S> = { effort: number; value: Whole; chosen: Chosen<S> };

/** Points in ascending effort, each worth strictly more than all before it. */
export type Frontier<S> = readonly Point<S>[];

export const NOTHING: Frontier<never> = [{ effort: 0, value: 0, chosen: null }];

/** The steps of a choice, in the order in which they were offered. */
export function stepsOf<S>(chosen: Chosen<S>): S[] {
  if (!chosen) return [];
  return 'step' in chosen ? [chosen.step] : [...stepsOf(chosen.first), ...stepsOf(chosen.second)];
}

/** Leaves of equal effort the one worth most, and drops what is worth no more than something cheaper. */
export function frontierOf<S>(points: Iterable<Point<S>>): Frontier<S> {
  const best = new Map<number, Point<S>>();
  for (const point of points) {
    const known = best.get(point.effort);
    if (!known || point.value > known.value) best.set(point.effort, point);
  }
  const kept: Point<S>[] = [];
  for (const point of [...best.values()].sort((a, b) => a.effort - b.effort)) {
    const last = kept.at(-1);
    if (!last || point.value > last.value) kept.push(point);
  }
  return kept;
}

const joined = <S>(first: Chosen<S>, second: Chosen<S>): Chosen<S> =>
  first && second ? { first, second } : (first ?? second);

/** Of equal points the first comes to stand: the one that leans on what was offered earlier. */
function* pairs<S>(a: Frontier<S>, b: Frontier<S>): Generator<Point<S>> {
  for (const left of a.toReversed())
    for (const right of b)
      yield {
        effort: left.effort + right.effort,
        value: add(left.value, right.value),
        chosen: joined(left.chosen, right.chosen),
      };
}

/** The best of choosing one point of each, efforts and values adding up. */
export const combined = <S>(a: Frontier<S>, b: Frontier<S>): Frontier<S> => frontierOf(pairs(a, b));
