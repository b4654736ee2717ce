import { z } from 'zod';

/**
 * Which year opens where nobody asks for one. In the first weeks of a year the one before is evaluated, and the new
 * one has nothing to show: until it has ranks, or the one before is sealed, the one before opens.
 */
export const opening = z.strictObject({
  /** The year that opens. */
  year: z.int(),
  /** The year that today lies in, how many units have a rank in it, and whether it is sealed before its end. */
  current: z.strictObject({ year: z.int(), ranked: z.int(), sealed: z.boolean() }),
  /** The year before; null where there was no plan or nobody. Not looked at once the new year has ranks. */
  before: z.strictObject({ year: z.int(), sealed: z.boolean() }).nullable(),
  /** In which today is the day that it is. */
  timezone: z.string(),
  watermark: z.string(),
});
export type Opening = z.infer<typeof opening>;

export const openingYear = ({
  current,
  before,
}: {
  current: Pick<Opening['current'], 'year' | 'ranked'>;
  before: Opening['before'];
}): number => (current.ranked > 0 || before === null || before.sealed ? current.year : before.year);
