import { type RequirementFact, requirementFacts } from '#schemas/presentation/answers/requirement.ts';
import { attainmentStep } from '#schemas/presentation/palette.ts';
import type { RequirementPage } from '#schemas/results/practice.ts';
import type { WindowRow } from '#schemas/results/results.ts';
import type { Dot } from '../../charts/dotplot.ts';
import type { ChartTheme } from '../../charts/theme.ts';
import { someUnits } from '../../locales/someOf.ts';
import type { Words } from '../../locales/words.ts';

/** A unit and how far it meets one requirement. */
export type Met = {
  unit: string;
  name: string;
  group: string;
  rank: number | null;
  attainment: number;
  cost: number;
  windows: readonly WindowRow[];
  /** It lacks nothing but what ends today. */
  open?: boolean | undefined;
};

export type RequirementView = {
  /** Over the units shown; null where it counts for none of them. */
  mean: number | null;
  /** Those for which it counts. */
  counted: Met[];
  /** Who falls short, and not by what ends today alone: most points lost first, then least attainment, then the worse rank. */
  behind: Met[];
  /** How many units of the selection it does not count for. */
  uncounted: number;
};

const worseFirst = (a: Met, b: Met): number =>
  b.cost - a.cost || a.attainment - b.attainment || (b.rank ?? 0) - (a.rank ?? 0);

/** One requirement over the units that were asked for. */
export function requirementView({ units }: Pick<RequirementPage, 'units'>): RequirementView {
  const counted = units.flatMap(({ attainment, lost, ...unit }): Met[] =>
    attainment === null ? [] : [{ ...unit, attainment, cost: lost ?? 0 }],
  );
  const sum = counted.reduce((total, { attainment }) => total + attainment, 0);
  return {
    mean: counted.length ? sum / counted.length : null,
    counted,
    behind: counted.filter(({ attainment, open }) => attainment < 1 && !open).sort(worseFirst),
    uncounted: units.length - counted.length,
  };
}

/** `about`: the requirement's clause and deadline, which stand in every dot's words with the unit's rank. */
export const attainmentDots = (
  words: Words,
  theme: ChartTheme,
  counted: readonly Met[],
  about: string,
): Dot[] =>
  counted.map(({ unit, name, rank, attainment, cost }) => ({
    unit,
    name,
    value: attainment * 100,
    color: theme.attainment[attainmentStep(attainment)] ?? theme.accent,
    says: [
      words.say('requirement.tooltip', {
        unit: name,
        share: words.share(attainment),
        points: words.score(cost),
      }),
      [about, ...(rank === null ? [] : [words.say('finder.rank', { rank: words.count(rank) })])].join(' · '),
    ].join('\n'),
  }));

function sentenceOf(words: Words, fact: RequirementFact<Met>, mean: number | null): string {
  if (fact.kind === 'nothing-due') return words.say('requirement.answerNone');
  if (fact.kind === 'all-met') return words.say('requirement.answerAll', {}, fact.counted);
  if (fact.kind === 'met') {
    const { counted, full, short } = fact;
    return words.say('requirement.answer', { counted, full, short, mean: words.share(mean) });
  }
  if (fact.kind === 'still-open') return words.say('requirement.answerOpen', {}, fact.units);
  if (fact.kind === 'alike') return words.say('requirement.answerAlike');
  const key = fact.kind === 'costs-most' ? 'requirement.answerWorst' : 'requirement.answerLeast';
  return words.say(key, { names: someUnits(words, fact.units) });
}

/** How a requirement is doing over the zone: how many meet it, how far on average, and who loses most by it. */
export const requirementAnswer = (words: Words, view: RequirementView): string[] =>
  requirementFacts(view).map((fact) => sentenceOf(words, fact, view.mean));

/** What is said where nobody falls short: of units for which it does not count yet nothing can be told. */
export function noneBehind(words: Words, { counted, uncounted }: RequirementView): string {
  if (counted.length === 0) return words.say('requirement.nobodyCounted');
  return uncounted > 0 && !counted.some(({ open }) => open)
    ? words.say('requirement.nobodyOfCounted', {}, counted.length)
    : words.say('requirement.nobodyBehind');
}
