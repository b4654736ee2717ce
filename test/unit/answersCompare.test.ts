import { describe, expect, test } from 'vitest';
import { entryOf } from '#schemas/entries.ts';
import { compareFacts } from '#schemas/presentation/answers/compare.ts';
import { innerQuotes } from '#schemas/presentation/names.ts';
import { totalDecimals } from '#schemas/presentation/numbers.ts';
import { standingOf } from '#schemas/standing.ts';
import { seeded } from '#test/reference/random.ts';
import { randomZone, ZONES } from '#test/support/randomZone.ts';
import { numberOf, strayWords, writtenApart } from '#test/support/sentences.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { compareAnswer } from '../../dashboard/pages/compare/answer.ts';
import { compareRows, differencesOf, fileTitle, MOST } from '../../dashboard/pages/compare/comparison.ts';

/** As many units as a page compares, from none on, in any order. */
const comparisons = Array.from({ length: ZONES }, (_, seed) => {
  const { plan, now } = randomZone(seed);
  const { judge, ranked } = now;
  const random = seeded(seed);
  const start = seed % Math.max(1, ranked.rows.length);
  const many = random.pick([0, 1, 2, 2, 3, MOST]);
  const places = [...ranked.rows.keys()].slice(start).concat([...ranked.rows.keys()].slice(0, start));
  const chosen = places.slice(0, many);
  const rows = chosen.flatMap((place) => ranked.rows[place] ?? []);
  const verdicts = chosen.flatMap((place) => ranked.verdicts[place] ?? []);
  const differences = differencesOf(verdicts.map((verdict) => standingOf(judge, verdict, ranked)));
  return { seed, plan, rows, differences };
});

const tenThousandths = (value: number): number => Math.round(value * 1e4);
const known = (values: readonly (number | null | undefined)[]): number[] =>
  values.flatMap((value) => (value === null || value === undefined ? [] : [tenThousandths(value)]));
const apart = (values: readonly (number | null | undefined)[]): number => {
  const all = known(values);
  return all.length < 2 ? 0 : Math.max(...all) - Math.min(...all);
};

describe('what is said of units compared follows from what stands under it', () => {
  test('who leads and by how much, all that share it; and nobody where all are equal', () => {
    const seen = { lead: 0, equal: 0, shared: 0 };
    for (const { seed, rows } of comparisons) {
      const facts = compareFacts(rows, [], []);
      const fact = facts.find(({ kind }) => kind !== 'unranked' && kind !== 'capped');
      // Who has no total is named as such: the others' sentence does not speak of it.
      const without = rows.filter(({ total }) => total === null);
      expect(facts.filter(({ kind }) => kind === 'unranked')).toEqual(
        rows.length > 1 && without.length > 0 ? [{ kind: 'unranked', units: without }] : [],
      );
      const totals = known(rows.map(({ total }) => total));
      const [most, least] = [Math.max(...totals), Math.min(...totals)];
      const at = (end: number) => rows.filter(({ total }) => total !== null && tenThousandths(total) === end);
      if (rows.length < 2) expect(fact, `seed ${seed}`).toEqual({ kind: rows.length ? 'one' : 'none' });
      else if (totals.length < 2) expect(fact, `seed ${seed}`).toBeUndefined();
      else if (most === least) {
        seen.equal++;
        expect(fact, `seed ${seed}`).toEqual({ kind: 'all-equal', units: at(most), total: most / 1e4 });
      } else {
        seen.lead++;
        if (at(most).length > 1) seen.shared++;
        const decimals = totalDecimals(rows);
        const lead = numberOf(writtenApart(most / 1e4, least / 1e4, decimals)[2] ?? '');
        const ends = { highest: at(most), lowest: at(least), total: most / 1e4, lead, decimals };
        expect(fact, `seed ${seed}`).toEqual({ kind: 'lead', ...ends });
        expect(lead).toBeGreaterThan(0);
      }
    }
    expect(seen.lead).toBeGreaterThan(50);
    expect(seen.equal).toBeGreaterThan(5);
  });

  test('whose total a veto caps, and who would lead without it', () => {
    const seen = { capped: 0, other: 0 };
    for (const { seed, rows } of comparisons) {
      const facts = compareFacts(rows, [], []);
      const units = rows.filter(({ total, totalWithoutVeto }) => total !== totalWithoutVeto);
      const fact = facts.find((one) => one.kind === 'capped');
      expect(fact?.units, `seed ${seed}`).toEqual(
        known(rows.map(({ total }) => total)).length > 1 && units.length > 0 ? units : undefined,
      );
      if (!fact) continue;
      seen.capped++;
      // What is said then is what would be said of them with the totals that they would have.
      const free = rows.map((row) => ({ ...row, total: row.totalWithoutVeto }));
      const lead = compareFacts(free, [], []).find((one) => one.kind === 'lead');
      expect(fact.uncapped?.lead, `seed ${seed}`).toBe(lead?.lead);
      expect(fact.uncapped?.highest.map(({ unit }) => unit)).toEqual(lead?.highest.map(({ unit }) => unit));
      const now = facts.find((one) => one.kind === 'lead');
      if (lead?.lead !== now?.lead) seen.other++;
    }
    expect(seen.capped).toBeGreaterThan(10);
    expect(seen.other).toBeGreaterThan(5);
  });

  test('what sets them apart most is all that sets them apart as much', () => {
    const words = wordsOf('en');
    const seen = { one: 0, several: 0, requirements: 0, shared: 0 };
    for (const { seed, plan, rows, differences } of comparisons) {
      if (rows.length < 2) continue;
      const criteria = compareRows(words, plan, rows);
      const facts = compareFacts(rows, criteria, differences);
      const widest = Math.max(0, ...criteria.map(({ scores }) => apart(scores)));
      const wide = criteria.filter(({ scores }) => apart(scores) === widest);
      const one = facts.find((fact) => fact.kind === 'criterion');
      const several = facts.find((fact) => fact.kind === 'criteria');
      expect(one !== undefined, `seed ${seed}`).toBe(widest > 0 && wide.length === 1);
      if (one?.kind === 'criterion') {
        seen.one++;
        expect(one.criterion).toEqual(wide[0]);
        for (const { row, score } of [...one.highest, ...one.lowest])
          expect(entryOf(row.criteria, one.criterion.criterion)).toBe(score);
      }
      expect(several, `seed ${seed}`).toEqual(
        widest > 0 && wide.length > 1
          ? { kind: 'criteria', criteria: wide, spread: widest / 1e4 }
          : undefined,
      );
      if (several) seen.several++;
      const lost = differences.map(({ sides }) => apart(sides.map((side) => side?.lost)));
      const furthest = Math.max(0, ...lost);
      const found = differences.filter((_, index) => lost[index] === furthest);
      expect(
        facts.find(({ kind }) => kind === 'requirements'),
        `seed ${seed}`,
      ).toEqual(
        furthest > 0 ? { kind: 'requirements', differences: found, spread: furthest / 1e4 } : undefined,
      );
      if (furthest > 0) seen.requirements++;
      if (furthest > 0 && found.length > 1) seen.shared++;
    }
    expect(seen.one).toBeGreaterThan(50);
    expect(seen.requirements).toBeGreaterThan(50);
    expect(seen.shared).toBeGreaterThan(0);
  });

  test('what a sum of doubles would part is told as shared', () => {
    const rows = [{ total: 60 }, { total: 60 }];
    const criteria = [
      { name: 'a', scores: [0.3, 0.1] },
      { name: 'b', scores: [0.8, 1] },
      { name: 'c', scores: [50, null] },
    ];
    const differences = [{ spread: 3 }, { spread: 3 }, { spread: 1 }, { spread: null }];
    expect(compareFacts(rows, criteria, differences)).toEqual([
      { kind: 'all-equal', units: rows, total: 60 },
      { kind: 'criteria', criteria: criteria.slice(0, 2), spread: 0.2 },
      { kind: 'requirements', differences: differences.slice(0, 2), spread: 3 },
    ]);
  });

  test.each(['zh-CN', 'en'] as const)('every number and name in %s stands under it', (locale) => {
    const words = wordsOf(locale);
    for (const { seed, plan, rows, differences } of comparisons) {
      if (rows.length < 2) continue;
      const criteria = compareRows(words, plan, rows);
      const said = compareAnswer(words, rows, criteria, differences);
      const totals = rows.map(({ total }) => total);
      const reached = totals.flatMap((total) => total ?? []);
      const uncapped = rows.flatMap(({ totalWithoutVeto }) => totalWithoutVeto ?? []);
      const figures = [
        ...totals.map((total) => words.score(total)),
        ...(uncapped.length > 0
          ? writtenApart(Math.max(...uncapped), Math.min(...uncapped), totalDecimals(rows))
          : []),
        ...(reached.length > 0
          ? writtenApart(Math.max(...reached), Math.min(...reached), totalDecimals(rows))
          : []),
        ...criteria.flatMap(({ scores }) => [
          ...scores.map((score) => words.score(score)),
          words.gap(apart(scores) / 1e4),
        ]),
        ...differences.map(({ spread }) => words.gap(spread)),
        ...Array.from({ length: differences.length + 1 }, (_, n) => n),
      ];
      const names = [
        ...rows.map(({ name }) => name),
        ...criteria.map(({ name }) => name),
        ...differences.map(({ requirement }) => innerQuotes(words.name(requirement.name))),
      ];
      expect(strayWords(said, names, figures), `seed ${seed}: ${said.join('')}`).toEqual([]);
    }
  });
});

test('a file names the units whose figures it holds, and four long names have room in a file name', () => {
  const named = (names: readonly string[]): string =>
    fileTitle(
      wordsOf('zh-CN'),
      '各型得分对比',
      names.map((name) => ({ name })),
    );
  expect(named(['东城社区', '第一中学'])).toBe('各型得分对比 东城社区、第一中学');
  const long = named(
    Array.from({ length: MOST }, (_, at) => `${at}${'北大荒农垦集团建三江分公司'.repeat(3)}`),
  );
  expect(new TextEncoder().encode(long).length).toBeLessThan(180);
});
