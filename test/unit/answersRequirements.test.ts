import { describe, expect, test } from 'vitest';
import { gapMatrixOf } from '#schemas/gaps.ts';
import { criterionFacts } from '#schemas/presentation/answers/criterion.ts';
import { gapFacts } from '#schemas/presentation/answers/gaps.ts';
import { requirementFacts } from '#schemas/presentation/answers/requirement.ts';
import { innerQuotes } from '#schemas/presentation/names.ts';
import type { GapMatrix } from '#schemas/results/results.ts';
import { randomZone, ZONES } from '#test/support/randomZone.ts';
import { strayWords } from '#test/support/sentences.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { criterionAnswer, missesOf, scoredUnits } from '../../dashboard/pages/criterion/scores.ts';
import { gapsAnswer } from '../../dashboard/pages/gaps/answer.ts';
import { viewOf } from '../../dashboard/pages/gaps/matrix.ts';
import { requirementAnswer, requirementView } from '../../dashboard/pages/requirement/distribution.ts';
import { leftWord } from '../../dashboard/pages/teaching/topics.ts';

/** The pages of gaps, of one requirement and of one criterion, of the zone or the group that is chosen. */
const zones = Array.from({ length: ZONES }, (_, seed) => {
  const { plan, now, group } = randomZone(seed);
  const { judge, ranked } = now;
  const matrix = gapMatrixOf(judge, ranked) as GapMatrix;
  const criterion = seed % 3 === 0 ? (plan.criteria[seed % plan.criteria.length]?.id ?? null) : null;
  const view = viewOf(matrix, { group, criterion, order: 'pattern' });
  const requirements = plan.requirements.map(({ id }, index) => ({
    id,
    view: requirementView({
      units: view.units.map(({ unit, name, group: own, rank, attainments, lost, open }) => ({
        unit,
        name,
        group: own,
        rank,
        attainment: attainments[index] ?? null,
        lost: lost[index] ?? null,
        windows: [],
        ...(open?.includes(index) && { open: true as const }),
      })),
    }),
  }));
  const criteria = plan.criteria.map(({ id, name }) => ({
    name,
    scored: scoredUnits(ranked.rows, plan, id, group),
    misses: missesOf(matrix, id, group),
  }));
  return { seed, plan, view, requirements, criteria };
});

const percent = (share: string): string => share.replace(/[<>%\s]/g, '');
const isSame = (some: readonly unknown[], others: readonly unknown[]): boolean =>
  some.length === others.length && some.every((one) => others.includes(one));
const upTo = (most: number): number[] => Array.from({ length: most + 1 }, (_, n) => n);

describe('what is said of gaps follows from the table under it', () => {
  test('all that share the greatest share are named, then all that share the next', () => {
    const seen = { equal: 0, next: 0, met: 0, nothing: 0, rareAndCostly: 0, same: 0 };
    for (const { seed, view } of zones) {
      const shares = view.requirements.flatMap(({ short, counted }) => (counted ? [short / counted] : []));
      const [most = 0, second = 0] = [...new Set(shares)].sort((a, b) => b - a);
      const at = (share: number) =>
        view.requirements.filter((one) => one.counted && one.short / one.counted === share);
      const lost = Math.max(0, ...view.requirements.map((one) => one.lost));
      const costliest = view.requirements.filter((one) => one.counted && one.lost === lost);
      const isOpen = view.requirements.some(({ open }) => open > 0);
      const expected =
        shares.length === 0
          ? [{ kind: 'nothing-due' }]
          : most === 0 && !isOpen
            ? [{ kind: 'all-met' }]
            : [
                most > 0 ? { kind: 'most', misses: at(most) } : { kind: 'none-missed' },
                ...(second > 0 ? [{ kind: 'next', misses: at(second) }] : []),
                ...(lost > 0
                  ? [
                      {
                        kind: 'costliest',
                        misses: costliest,
                        lost,
                        same: isSame(costliest, at(most)),
                        ofMissed: false,
                      },
                    ]
                  : []),
                ...(isOpen ? [{ kind: 'still-open' }] : []),
              ];
      expect(gapFacts(view.requirements), `seed ${seed}`).toEqual(expected);
      if (shares.length === 0) seen.nothing++;
      else if (most === 0) seen.met++;
      else if (at(most).length > 1) seen.equal++;
      if (second > 0) seen.next++;
      if (lost > 0 && isSame(costliest, at(most))) seen.same++;
      if (costliest.some((one) => one.short > 0 && !at(most).includes(one))) seen.rareAndCostly++;
    }
    for (const [kind, times] of Object.entries(seen)) expect(times, kind).toBeGreaterThan(0);
  });

  test.each(['zh-CN', 'en'] as const)('every number and name in %s stands in the table', (locale) => {
    const words = wordsOf(locale);
    for (const { seed, view } of zones) {
      const said = gapsAnswer(words, view.requirements);
      const figures = view.requirements.flatMap(({ short, counted, mean, lost }) => [
        words.score(lost),
        short,
        counted,
        percent(words.share(mean)),
        ...(counted ? [percent(words.share(short / counted))] : []),
      ]);
      const names = view.requirements.map(({ name }) => innerQuotes(words.name(name)));
      const stray = strayWords(said, names, [...figures, ...upTo(view.requirements.length)]);
      expect(stray, `seed ${seed}: ${said.join('')}`).toEqual([]);
      // Of all nobody says how many of them they are.
      expect(said.join('')).not.toMatch(
        /of the ([2-9]|\d{2,}) units for which it counts, \1 fall|([2-9]|\d{2,}) 个单位中有 \2 个|各有 100%|100% fall short/,
      );
    }
  });

  test('of teams that are left out of a list all are level with its last, or some, or none', () => {
    const told = (locale: 'zh-CN' | 'en', level: number) => leftWord(wordsOf(locale), { left: 4, level });
    expect(told('zh-CN', 4)).toBe('另有 4 个，没有列出，都与所列最后一个相同。');
    expect(told('zh-CN', 3)).toBe('另有 4 个，没有列出，其中 3 个与所列最后一个相同。');
    expect(told('en', 4)).toContain('all of them are level');
    expect(told('en', 0)).toBe('4 more are not listed.');
  });
});

describe('what is said of a requirement follows from the units under it', () => {
  test('all that lose most are named, or where it costs nobody anything, all that attain least', () => {
    const seen = { costly: 0, free: 0, shared: 0, alike: 0, alone: 0 };
    for (const { seed, requirements } of zones)
      for (const { view } of requirements) {
        const [met, worst] = requirementFacts(view);
        const short = view.counted.filter(({ attainment }) => attainment < 1);
        if (short.length === 0) {
          expect(met?.kind, `seed ${seed}`).toBe(view.counted.length ? 'all-met' : 'nothing-due');
          expect(worst).toBeUndefined();
          continue;
        }
        const full = view.counted.length - short.length;
        expect(met).toEqual({ kind: 'met', counted: view.counted.length, full, short: short.length });
        const cost = Math.max(...short.map((unit) => unit.cost));
        const least = Math.min(...short.map((unit) => unit.attainment));
        const kind = cost > 0 ? 'costs-most' : 'attain-least';
        const named = short.filter((unit) => (cost > 0 ? unit.cost === cost : unit.attainment === least));
        // Where all are short by the same, or there is but one, nobody is worse than another.
        if (named.length === view.counted.length) {
          expect(worst?.kind, `seed ${seed}`).toBe(named.length > 1 ? 'alike' : undefined);
          seen[named.length > 1 ? 'alike' : 'alone']++;
          continue;
        }
        if (worst?.kind !== kind) throw new Error(`seed ${seed}: ${worst?.kind}`);
        expect(new Set(worst.units), `seed ${seed}`).toEqual(new Set(named));
        // In the order of the list.
        expect(worst.units, `seed ${seed}`).toEqual(view.behind.filter((unit) => named.includes(unit)));
        if (cost > 0) seen.costly++;
        else seen.free++;
        if (named.length > 1) seen.shared++;
      }
    expect(seen.costly).toBeGreaterThan(100);
    expect(seen.shared).toBeGreaterThan(20);
    expect(seen.free).toBeGreaterThan(0);
    expect(Math.min(seen.alike, seen.alone)).toBeGreaterThan(5);
  });

  test.each(['zh-CN', 'en'] as const)('every number and name in %s stands in the list', (locale) => {
    const words = wordsOf(locale);
    for (const { seed, requirements } of zones)
      for (const { view } of requirements) {
        const said = requirementAnswer(words, view);
        const { counted, behind, mean } = view;
        const figures = [
          counted.length,
          behind.length,
          counted.length - behind.length,
          percent(words.share(mean)),
          ...upTo(behind.length),
        ];
        const stray = strayWords(
          said,
          behind.map(({ name }) => name),
          figures,
        );
        expect(stray, `seed ${seed}: ${said.join('')}`).toEqual([]);
      }
  });
});

describe('what is said of a criterion follows from its scores and requirements', () => {
  test('the requirements that cost most are all that cost as much', () => {
    let shared = 0;
    for (const { seed, criteria } of zones)
      for (const { scored, misses } of criteria) {
        const cost = criterionFacts(scored, misses).find(({ kind }) => kind === 'costs-most');
        const points = Math.max(0, ...misses.map(({ lost }) => Math.round(lost * 1e4)));
        const found = misses.filter(({ lost }) => Math.round(lost * 1e4) === points);
        if (points === 0 || scored.length === 0) expect(cost, `seed ${seed}`).toBeUndefined();
        else
          expect(cost, `seed ${seed}`).toEqual({ kind: 'costs-most', misses: found, points: points / 1e4 });
        if (cost && found.length > 1) shared++;
      }
    expect(shared).toBeGreaterThan(0);
  });

  test.each(['zh-CN', 'en'] as const)('every number and name in %s stands in the lists', (locale) => {
    const words = wordsOf(locale);
    for (const { seed, criteria } of zones)
      for (const { name, scored, misses } of criteria) {
        const said = criterionAnswer(words, words.name(name), scored, misses);
        const exact =
          scored.reduce((sum, { score }) => sum + Math.round(score * 1e4), 0) / (scored.length || 1);
        const figures = [
          ...scored.map(({ score }) => words.score(score)),
          words.score(Math.floor(exact + 0.5) / 1e4),
          ...misses.map(({ lost }) => words.score(lost).replaceAll(',', '')),
          ...upTo(Math.max(scored.length, misses.length)),
        ];
        const names = [
          words.name(name),
          ...scored.map((unit) => unit.name),
          ...misses.map((miss) => innerQuotes(words.name(miss.name))),
        ];
        expect(strayWords(said, names, figures), `seed ${seed}: ${said.join('')}`).toEqual([]);
      }
  });
});
