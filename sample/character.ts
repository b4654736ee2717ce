import type { Day } from '#schemas/dates.ts';
import { fractionOfYear } from './calendar.ts';
import { type Random, randomFor } from './random.ts';
import type { Character, UnitSpec } from './units.ts';

/** How well a team works, 0..1, for a criterion on a day. */
export type Quality = (criterion: string, day: Day) => number;

/** Level at the beginning and end of last year, then of this year. */
const LEVELS: Record<Character, readonly [number, number, number, number]> = {
  strong: [0.965, 0.97, 0.955, 0.96],
  good: [0.9, 0.9, 0.91, 0.91],
  middle: [0.8, 0.81, 0.81, 0.82],
  uneven: [0.86, 0.86, 0.86, 0.86],
  rising: [0.55, 0.74, 0.8, 0.97],
  falling: [0.95, 0.86, 0.8, 0.52],
  weak: [0.54, 0.52, 0.54, 0.57],
};

const CRITERIA = ['learning', 'unity', 'innovation', 'integrity', 'development'];

/** What lifts or lowers single criteria: a little for everybody, a lot for the uneven. */
function biases(unit: UnitSpec, random: Random): Map<string, number> {
  const spread = unit.character === 'strong' ? 0.015 : 0.05;
  const bias = new Map(CRITERIA.map((criterion) => [criterion, random.between(-spread, spread)]));
  if (unit.character !== 'uneven') return bias;
  const [best, good, poor, worst] = random.some(CRITERIA, 4);
  for (const [criterion, shift] of [
    [best, 0.1],
    [good, 0.06],
    [poor, -0.2],
    [worst, -0.38],
  ] as const)
    if (criterion) bias.set(criterion, shift);
  return bias;
}

/** A team's quality through both years, from its character and its own ups and downs. */
export function qualityOf(seed: number, unit: UnitSpec, firstYear: number): Quality {
  const random = randomFor(seed, unit.id, 'character');
  const bias = biases(unit, random);
  const own = random.between(-0.02, 0.015);
  const [a, b, c, d] = LEVELS[unit.character];
  return (criterion, day) => {
    const [from, to] = Number(day.slice(0, 4)) <= firstYear ? [a, b] : [c, d];
    const level = from + (to - from) * fractionOfYear(day) + own + (bias.get(criterion) ?? 0);
    return Math.min(0.99, Math.max(0.08, level));
  };
}
