import type { OverYearFact } from '#schemas/presentation/answers/overYear.ts';
import type { History } from '#schemas/results/history.ts';
import { someUnits } from '../../locales/someOf.ts';
import { type Unbegun, unbegunUnits } from '../../locales/unbegun.ts';
import type { Words } from '../../locales/words.ts';

/** Of units that are shown those that began after the first month's end, by name. */
export function unbegunIn(
  units: readonly { unit: string; name: string }[],
  { unbegun = [] }: Pick<History, 'unbegun'>,
): Unbegun[] {
  const since = new Map(unbegun.map((one) => [one.unit, one.since]));
  return units.flatMap(({ unit, name }) => {
    const day = since.get(unit);
    return day === undefined ? [] : [{ name, since: day }];
  });
}

/**
 * Who rose and fell furthest since a day, and how many kept their place; with which knowledge that is told, and, where
 * the ranking has moves since a day, with which those are.
 */
export function trendsAnswer(
  words: Words,
  facts: readonly OverYearFact[],
  {
    from,
    compared,
    known,
    unbegun,
  }: { from: string; compared: string | null; known: string; unbegun: readonly Unbegun[] },
): string[] {
  const told = facts.map((fact, index) => {
    if (fact.kind === 'no-months') return words.say('trends.noMonths');
    if (fact.kind === 'kept') {
      if (fact.of === 0) return words.say('trends.onNeither', { day: words.day(from) });
      return fact.count === fact.of
        ? words.say('trends.keptAll', { since: words.day(from) }, fact.of)
        : words.say('trends.kept', { of: fact.of }, fact.count);
    }
    const [only] = fact.units;
    const key = fact.kind === 'rose' ? 'trends.rose' : 'trends.fell';
    const way =
      fact.units.length === 1 && only
        ? words.say('trends.way', { from: words.count(only.from), to: words.count(only.to) })
        : words.moves(fact.kind === 'rose' ? fact.places : -fact.places);
    const moved = words.say(key, { units: someUnits(words, fact.units), way });
    // Since when stands before the first of them, whether somebody rose or nobody did.
    return index === 0 ? words.say('trends.since', { since: words.day(from), told: moved }) : moved;
  });
  if (facts.every(({ kind }) => kind === 'no-months')) return told;
  return [
    ...told,
    words.say('trends.knownNow', { known }),
    ...(unbegun.length > 0 ? [words.say('trends.unbegun', { units: unbegunUnits(words, unbegun) })] : []),
    // Since which day is not what was asked for, or nothing was: why it is this one.
    ...(from === compared ? [] : [words.say('trends.monthEnds', { day: words.day(from) })]),
    ...(compared === null ? [] : [words.say('trends.movedThen')]),
  ];
}
