import type { MainReason, Movement } from '#schemas/results/movement.ts';

/** What moved a unit most, in a word: something of its own, or others. */

type Effects = Pick<Movement, 'requirements' | 'deductions' | 'vetoes' | 'vetoEffect' | 'rest'> & {
  /** The two times have another plan: what is left is not rounding alone, but other weights and points. */
  otherPlan: boolean;
};

type Ref = { year: number; version: number };
export const isOtherPlan = (one: Ref, other: Ref): boolean =>
  one.year !== other.year || one.version !== other.version;

const byEffect = (a: MainReason, b: MainReason): number => Math.abs(b.effect) - Math.abs(a.effect);

/** The greatest effect on the total in a direction; undefined where nothing went that way. */
export function greatestEffect(effects: Effects, direction: number): MainReason | undefined {
  const { requirements, deductions, vetoes, vetoEffect, rest, otherPlan } = effects;
  const veto = vetoes.find(({ before, after }) => before !== after) ?? vetoes[0];
  const moves: MainReason[] = [
    ...requirements.map(({ id, effect }) => ({ because: 'requirement' as const, id, effect })),
    ...deductions.map(({ id, effect }) => ({ because: 'deduction' as const, id, effect })),
    ...(veto ? [{ because: 'veto' as const, id: veto.id, effect: vetoEffect }] : []),
    ...(otherPlan ? [{ because: 'rest' as const, id: null, effect: rest }] : []),
  ];
  const [greatest, ...others] = moves.filter(({ effect }) => effect * direction > 0).sort(byEffect);
  const level = others.filter(({ effect }) => effect === greatest?.effect).length;
  return greatest && level > 0 ? { ...greatest, level } : greatest;
}

type Move = { places: number; own: number; change: number };

/**
 * Why a rank moved: the greatest effect in the direction of the move, where at least half the places are the unit's
 * own doing. Otherwise others did it, with what the unit's own total did beside: a gain is no reason for a fall.
 */
export function mainReasonOf(effects: Effects, { places, own, change }: Move): MainReason {
  const others: MainReason = { because: 'others', id: null, effect: change };
  if (change * places <= 0 || own * places <= 0 || Math.abs(own) * 2 < Math.abs(places)) return others;
  return greatestEffect(effects, places) ?? others;
}
