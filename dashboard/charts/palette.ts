import { entryOf } from '#schemas/entries.ts';

/** The five types have the same colour everywhere; criteria that a plan adds take further ones in plan order. */
const KNOWN: Record<string, string> = {
  learning: 'learning',
  unity: 'unity',
  innovation: 'innovation',
  integrity: 'integrity',
  development: 'development',
};
const FURTHER = ['type-6', 'type-7', 'type-8'];

/** The name of each criterion's colour token, in the order given. */
export function typeTokens(criteria: readonly string[]): Map<string, string> {
  let next = 0;
  return new Map(
    criteria.map((id) => {
      const known = entryOf(KNOWN, id);
      if (known) return [id, known];
      const token = FURTHER[next % FURTHER.length] ?? 'type-8';
      next += 1;
      return [id, token];
    }),
  );
}

/** Upper edges of the five steps of attainment; 1 is a step of its own, so that "nearly" never looks like "done". */
export const ATTAINMENT_STEPS = [0.25, 0.5, 0.75, 1] as const;

/** 0..4, light to dark. */
export function attainmentStep(attainment: number): number {
  if (attainment >= 1) return 4;
  return ATTAINMENT_STEPS.findIndex((edge) => attainment < edge);
}
