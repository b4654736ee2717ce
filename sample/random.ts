import { mulberry32 } from '#schemas/mulberry32.ts';

/** A seeded source of randomness: the same keys give the same draws on any machine. */
export type Random = {
  /** 0 ≤ x < 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  /** A number from `low` to `high`. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** `count` different items in random order, or all where there are fewer. */
  some<T>(list: readonly T[], count: number): T[];
};

/** FNV-1a over the UTF-16 code units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}

/** Randomness for one purpose. Keyed draws keep one team's story the same whatever is told of the others. */
export function randomFor(...keys: readonly (string | number)[]): Random {
  // One word of state is plenty for draws that are keyed apart by unit, year and purpose.
  const words = mulberry32(hash(keys.join('\u0000')));
  const next = () => words() / 2 ** 32;
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    int,
    between: (low, high) => low + next() * (high - low),
    chance: (probability) => next() < probability,
    pick: (list) => {
      if (list.length === 0) throw new RangeError('nothing to pick from');
      return list[int(0, list.length - 1)] as (typeof list)[number];
    },
    some: (list, count) => {
      const rest = [...list];
      const taken: typeof rest = [];
      while (taken.length < count && rest.length) taken.push(...rest.splice(int(0, rest.length - 1), 1));
      return taken;
    },
  };
}
