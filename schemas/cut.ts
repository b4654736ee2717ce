/**
 * Where a list ends, one rule for screen and paper: it shows at most so many, and where some behind the last one shown
 * stand level with it, it says how many they are. A list that breaks off among equals without a word tells a difference
 * that there is not.
 */
export type Cut<T> = {
  shown: T[];
  /** How many are left out, and how many of these are level with the last one shown. */
  left: number;
  level: number;
};

/** What a list is in the order of: equal where nothing puts one before the other. */
export type Standing = string | number | null;

/** How many behind the first so many are level with the last of them. `unsent`: those that were left out before. */
export function levelBehind(standings: readonly Standing[], shown: number, unsent = 0): number {
  if (shown === 0) return 0;
  const last = standings[shown - 1];
  const behind = standings.slice(shown).filter((standing) => standing === last).length;
  return behind + (standings.at(-1) === last ? unsent : 0);
}

/** The first so many and all that are level with the last of them, for lists that are short however many that are. */
export const firstAndLevel = <T>(items: readonly T[], most: number, standingOf: (item: T) => Standing): T[] =>
  items.slice(0, most + cutAt(items, most, standingOf).level);

/** The first so many of a list that is in order. `unsent`: how many level with its own last were left out before. */
export function cutAt<T>(
  items: readonly T[],
  most: number,
  standingOf: (item: T) => Standing,
  unsent = 0,
): Cut<T> {
  const shown = items.slice(0, most);
  const level = levelBehind(items.map(standingOf), shown.length, unsent);
  return { shown, left: items.length - shown.length + unsent, level };
}
