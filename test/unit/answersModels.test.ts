import { describe, expect, test } from 'vitest';
import { isModel } from '#schemas/models.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import { pointsLost } from '#schemas/standing.ts';
import { makeTeaching, modelsAt, subjectsOf } from '#schemas/teaching.ts';
import { randomZone, ZONES } from '#test/support/randomZone.ts';
import { guideEn } from '../../dashboard/locales/guide.en.ts';
import { guideZh } from '../../dashboard/locales/guide.zh-CN.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';

/** Whoever is shown as one to learn from is no vetoed unit and none ranked low, by one rule wherever it is shown. */
const zones = Array.from({ length: ZONES }, (_, seed) => randomZone(seed));

const inBetterHalf = ({ rank }: RankingRow, of: number): boolean =>
  rank !== null && rank <= Math.ceil(of / 2);

describe('models to learn from', () => {
  test.each([
    [47, 24],
    [48, 24],
    [2, 1],
    [1, 1],
  ])(
    'of %d ranked the %dth is the last that stands in the better half, as is said where models are',
    (of, last) => {
      const ranks = Array.from({ length: of }, (_, index) => index + 1);
      expect(ranks.filter((rank) => isModel({ rank, of, vetoes: [] })).at(-1)).toBe(last);
      for (const [locale, middle] of [
        ['zh-CN', /前一半（含正中一名）/],
        ['en', /better half of the ranking \(the middle place included\)/],
      ] as const) {
        expect(wordsOf(locale).say('requirement.bestMeans')).toMatch(middle);
        for (const page of ['requirement', 'teaching'] as const)
          expect((locale === 'en' ? guideEn : guideZh)[page].made).toMatch(middle);
      }
    },
  );

  test('in every random zone: none is vetoed or ranked low, and the agenda teaches by the same ones', () => {
    let shown = 0;
    for (const { seed, now } of zones) {
      const { judge, ranked } = now;
      const rows = new Map(ranked.rows.map((row) => [row.unit, row]));
      const topicOf = makeTeaching({
        judge,
        ranked,
        lostOf: (verdict) => pointsLost(judge, verdict),
        practisedBy: () => ({ activities: 0, verified: 0, latest: null }),
        most: ranked.rows.length,
      });
      for (const subject of subjectsOf(judge)) {
        const { excelling, pairs } = topicOf(subject);
        for (const { unit } of [...excelling, ...pairs.map(({ teacher }) => teacher)]) {
          const row = rows.get(unit);
          expect(row?.vetoes, `seed ${seed}, ${subject.id}`).toEqual([]);
          expect(row && inBetterHalf(row, ranked.totals.length), `seed ${seed}, ${subject.id}`).toBe(true);
        }
        if (subject.of !== 'requirement') continue;
        const models = modelsAt(judge, ranked, subject.id).map(({ unit }) => unit);
        expect(new Set(models), `seed ${seed}, ${subject.id}`).toEqual(
          new Set(excelling.map(({ unit }) => unit)),
        );
        shown += models.length;
      }
    }
    expect(shown).toBeGreaterThan(ZONES);
  });
});
