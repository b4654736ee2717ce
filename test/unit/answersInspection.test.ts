import { describe, expect, test } from 'vitest';
import { inspectionFact } from '#schemas/presentation/answers/selfInspection.ts';
import { exactDifference, pointsText } from '#schemas/presentation/numbers.ts';
import { tableAt, tableDecimals } from '#schemas/presentation/table.ts';
import { claimTable } from '#schemas/presentation/tables/claims.ts';
import { comparedWith } from '#schemas/selfInspections.ts';
import { seeded } from '#test/reference/random.ts';
import { randomZone, ZONES } from '#test/support/randomZone.ts';
import { strayWords } from '#test/support/sentences.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { inspectionAnswer, selectClaims, unitsOf } from '../../dashboard/pages/selfInspection/claims.ts';

/** Some units have submitted theirs: fair, too high, too low, or exactly as far off as another. */
const inspected = Array.from({ length: ZONES }, (_, seed) => {
  const { plan, now, group } = randomZone(seed);
  const random = seeded(seed);
  const share = random.pick([0, 0.3, 1]);
  const inspections = now.ranked.verdicts.flatMap(({ tally: { unit } }) =>
    random.chance(share)
      ? [
          {
            unit,
            recordedOn: `${plan.year}-11-30`,
            criteria: Object.fromEntries(
              plan.criteria.map(({ id }) => [
                id,
                { selfScore: random.pick([0, 0, 50, 100, 33.3333]), shortcomings: '', remedies: '' },
              ]),
            ),
          },
        ]
      : [],
  );
  const { claims, units } = comparedWith(now.judge, now.ranked.verdicts, inspections);
  const own = selectClaims({ claims }, { group, criterion: null, over: false });
  return { seed, plan, units: unitsOf({ units }, group), claims: own };
});

/** A claim, its record and what lies between, as the rows of the table have them. */
const writtenAt = (decimals: number, selfScore: number, evidenced: number | null): string[] =>
  evidenced === null
    ? []
    : [selfScore, evidenced, exactDifference(selfScore, evidenced)].map((value) =>
        pointsText(Math.abs(value), decimals),
      );

describe('what is said of self-inspections follows from the units and claims under it', () => {
  test('how many have submitted, and all claims that are furthest above the record', () => {
    const seen = { none: 0, fair: 0, one: 0, several: 0 };
    for (const { seed, units, claims } of inspected) {
      const fact = inspectionFact(units, claims);
      const done = units.filter(({ recordedOn }) => recordedOn !== null).length;
      const over = claims.flatMap(({ difference }) =>
        difference !== null && difference > 0 ? difference : [],
      );
      const points = Math.max(0, ...over);
      const found = claims.filter(({ difference }) => difference === points);
      if (done === 0) {
        seen.none++;
        expect(fact, `seed ${seed}`).toEqual({ kind: 'none-submitted' });
      } else if (points === 0) {
        seen.fair++;
        expect(fact, `seed ${seed}`).toEqual({ kind: 'fair', units: units.length, done });
      } else {
        if (found.length > 1) seen.several++;
        else seen.one++;
        const most = { claims: found, points };
        expect(fact, `seed ${seed}`).toMatchObject({
          ...{ kind: 'overclaimed', units: units.length, done, ...most },
        });
      }
    }
    for (const [kind, times] of Object.entries(seen)) expect(times, kind).toBeGreaterThan(5);
  });

  test.each(['zh-CN', 'en'] as const)('every number and name in %s stands under it', (locale) => {
    const words = wordsOf(locale);
    let fewer = 0;
    for (const { seed, plan, units, claims } of inspected) {
      const said = inspectionAnswer(words, plan, plan.year, units, claims);
      const rows = claims.map((claim) => ({ ...claim, self: claim.selfScore }));
      const table = tableAt(claimTable(words, plan, { units: true }), rows, 'sheet');
      const fact = inspectionFact(units, claims);
      const shown = tableDecimals(table, 'difference') ?? 2;
      const decimals = fact.kind === 'overclaimed' ? fact.decimals : 2;
      // As few as tell the greatest from the next, though a table of all claims may need more.
      expect(decimals, `seed ${seed}`).toBeLessThanOrEqual(shown);
      if (decimals < shown) fewer++;
      const below = claims.flatMap(({ difference }) =>
        fact.kind === 'overclaimed' && difference !== null && difference < fact.points ? difference : [],
      );
      if (fact.kind === 'overclaimed' && below.length > 0)
        expect(pointsText(fact.points, decimals), `seed ${seed}`).not.toBe(
          pointsText(Math.max(0, ...below), decimals),
        );
      const figures = [
        plan.year,
        units.length,
        units.filter(({ recordedOn }) => recordedOn !== null).length,
        ...claims.flatMap(({ selfScore, evidenced }) => writtenAt(decimals, selfScore, evidenced)),
        ...Array.from({ length: claims.length + 1 }, (_, n) => n),
      ];
      const names = [...units.map(({ name }) => name), ...plan.criteria.map(({ name }) => words.name(name))];
      expect(strayWords(said, names, figures), `seed ${seed}: ${said.join('')}`).toEqual([]);
    }
    expect(fewer).toBeGreaterThan(5);
  });
});
