// A seeded source of choices: the same seed makes the same history.
import { mulberry32 } from './bands.ts';

export type Random = {
  /** Whole, from low to high, both included. */
  whole: (low: number, high: number) => number;
  chance: (probability: number) => boolean;
  pick: <T>(items: readonly T[]) => T;
  /** Between 1 and `most` different items, in their order. */
  some: <T>(items: readonly T[], most?: number) => T[];
};

export function seeded(seed: number): Random {
  const next = mulberry32(seed);
  const unit = () => next() / 2 ** 32;
  const whole = (low: number, high: number) => low + Math.floor(unit() * (high - low + 1));
  const pick = <T>(items: readonly T[]): T => {
    const item = items[whole(0, items.length - 1)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  const some = <T>(items: readonly T[], most = items.length): T[] => {
    const wanted = whole(1, Math.min(most, items.length));
    const left = items.map((_, index) => index);
    while (left.length > wanted) left.splice(whole(0, left.length - 1), 1);
    return items.filter((_, index) => left.includes(index));
  };
  return { whole, chance: (probability) => unit() < probability, pick, some };
}
