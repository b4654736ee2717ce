import type { Distance, Step } from '#schemas/presentation/answers/neighbours.ts';
import type { Words } from '../../locales/words.ts';

/**
 * How far a row is from its neighbours, in words. `within`: a group alone is looked at, so that neighbours are named by
 * their places in it, while the column of ranks has those of the zone.
 */
export function apartWord(
  words: Words,
  { behind, ahead, level }: Distance,
  { within, decimals }: { within: boolean; decimals?: number | undefined },
): string {
  const step = ({ points, place }: Step) => ({
    points: words.score(points, decimals),
    place: words.count(place),
  });
  return words.list([
    ...(level > 0 ? [words.say('ranking.levelWith', {}, level)] : []),
    ...(behind ? [words.say(within ? 'ranking.behindInGroup' : 'ranking.behindBy', step(behind))] : []),
    ...(ahead ? [words.say(within ? 'ranking.aheadInGroup' : 'ranking.aheadBy', step(ahead))] : []),
  ]);
}
