import { describe, expect, test } from 'vitest';
import type { RankingRow } from '#schemas/results/results.ts';
import { pointsLost } from '#schemas/standing.ts';
import { makeTeaching, modelsAt, subjectsOf } from '#schemas/teaching.ts';
import { randomZone, ZONES } from '#test/support/randomZone.ts';

/** Whoever is shown as one to learn from is no vetoed unit and none ranked low, by one rule wherever it is shown. */
const zones = Array.from({ length: ZONES }, (_, seed) => randomZone(seed));

const inBetterHalf = ({ rank }: RankingRow, of: number): boolean =>
  rank !== null && rank <= Math.ceil(of / 2);

describe('models to learn from', () => {
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
