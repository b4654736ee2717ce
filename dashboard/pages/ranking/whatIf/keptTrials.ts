import { z } from 'zod';

/** A trial that somebody gave a name, on this device: weights as the address has them. */
const keptTrial = z.object({ year: z.int(), name: z.string(), weights: z.string() });
export const keptTrials = z.array(keptTrial).catch([]);
export type KeptTrial = z.infer<typeof keptTrial>;

/** So many stand side by side on a screen. */
export const MOST_TRIALS = 6;
export const LONGEST_NAME = 24;

/** With one more: one of the same name and year is replaced where it stands. */
export function withTrial(kept: readonly KeptTrial[], trial: KeptTrial): KeptTrial[] {
  const same = (other: KeptTrial): boolean => other.year === trial.year && other.name === trial.name;
  return kept.some(same) ? kept.map((other) => (same(other) ? trial : other)) : [...kept, trial];
}

export const withoutTrial = (
  kept: readonly KeptTrial[],
  { year, name }: Omit<KeptTrial, 'weights'>,
): KeptTrial[] => kept.filter((other) => other.year !== year || other.name !== name);

export const trialsOf = (kept: readonly KeptTrial[], year: number): KeptTrial[] =>
  kept.filter((trial) => trial.year === year).slice(0, MOST_TRIALS);
