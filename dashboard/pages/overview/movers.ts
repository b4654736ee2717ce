import { type Cut, cutAt } from '#schemas/cut.ts';
import type { Movements, Mover } from '#schemas/results/movement.ts';
import type { Words } from '../../locales/words.ts';

/** Who rose and who fell furthest, at most so many each: each list ends at a place of its own. */
export const sidesOf = ({ rose, fell }: Pick<Movements, 'rose' | 'fell'>, most: number): Cut<Mover>[] =>
  [rose, fell].map(({ movers, level }) => cutAt(movers, most, ({ places }) => places, level));

/** Which list breaks off among equals, in a sentence each. */
export const levelNotes = (words: Words, sides: readonly Cut<Mover>[]): string[] =>
  sides.flatMap(({ shown, level }) => {
    const places = shown.at(-1)?.places ?? 0;
    const key = places > 0 ? 'overview.levelRose' : 'overview.levelFell';
    return level > 0 ? [words.say(key, { places: words.count(Math.abs(places)) }, level)] : [];
  });
