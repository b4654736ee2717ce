import { entryOf } from '#schemas/entries.ts';
import type { Plan } from '#schemas/plan.ts';
import { roundedTo } from '#schemas/presentation/numbers.ts';

/** Weights by criterion, as the address and the api write them: `learning:20,unity:30`. */
export type WeightMap = Record<string, number>;

type Criteria = Pick<Plan, 'criteria'>;

const DECIMALS = 6;
const LIMIT = 1e6;

export const plannedWeights = ({ criteria }: Criteria): WeightMap =>
  Object.fromEntries(criteria.map(({ id, weight }) => [id, weight]));

/** What is malformed, unknown or left out weighs what the plan says, so that a mistyped address still opens. */
export function parseWeights(text: string, plan: Criteria): WeightMap {
  const weights = plannedWeights(plan);
  for (const part of text.split(',')) {
    const at = part.lastIndexOf(':');
    const id = part.slice(0, at);
    const value = Number(part.slice(at + 1) || Number.NaN);
    if (at > 0 && Object.hasOwn(weights, id) && value >= 0 && value < LIMIT)
      weights[id] = roundedTo(value, DECIMALS);
  }
  return weights;
}

/** In plan order, all of them: whoever gets the address sees the same, even after the plan has changed. */
export const formatWeights = (weights: WeightMap, { criteria }: Criteria): string =>
  criteria.map(({ id, weight }) => `${id}:${entryOf(weights, id) ?? weight}`).join(',');

export const isPlanned = (weights: WeightMap, { criteria }: Criteria): boolean =>
  criteria.every(({ id, weight }) => entryOf(weights, id) === weight);

const HEADROOM = 3;

/** The slider's upper end: the same for all criteria, with room for thrice the greatest, in whole steps. */
export function weightScale(weights: WeightMap, { criteria }: Criteria): { max: number; step: number } {
  const greatest = Math.max(...criteria.map(({ weight }) => weight));
  const step = greatest >= 10 ? 1 : 10 ** Math.floor(Math.log10(greatest) - 1);
  const needed = Math.max(greatest * HEADROOM, ...Object.values(weights));
  return { max: roundedTo(Math.ceil(needed / step) * step, DECIMALS), step };
}
