import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupMedians } from '#schemas/presentation/answers/groupMedians.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import { rankingRow } from '#test/fixtures/dashboard.ts';
import { isHead, linesByGroup } from '../../dashboard/pages/ranking/lines.ts';

const TYPES = ['learning', 'unity'];
const score = fc.option(
  fc.integer({ min: 0, max: 1_000_000 }).map((units) => units / 10_000),
  { nil: null, freq: 6 },
);
const rows = fc
  .array(fc.record({ group: fc.constantFrom('farm', 'school', 'office'), total: score, learning: score }), {
    maxLength: 30,
  })
  .map((given) =>
    given.map(
      ({ group, total, learning }, at): RankingRow => ({
        ...rankingRow({ unit: `u-${at}`, group }),
        total,
        criteria: { learning, unity: null },
      }),
    ),
  );

describe('given the rows of a ranking', () => {
  it('then as many of a group lie above its median as below it, and groups stand by it', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const medians = groupMedians(all, TYPES);
        expect(new Set(medians.map(({ group }) => group))).toEqual(new Set(all.map(({ group }) => group)));
        const totals = medians.map(({ total }) => total ?? -1);
        expect(totals).toEqual([...totals].sort((a, b) => b - a));
        for (const { group, units, total, criteria } of medians) {
          const known = all.flatMap((row) => (row.group === group && row.total !== null ? [row.total] : []));
          expect(units).toBe(known.length);
          expect(criteria.unity).toBeNull();
          if (total === null) expect(known).toEqual([]);
          else {
            const above = known.filter((one) => one > total + 1e-4).length;
            const below = known.filter((one) => one < total - 1e-4).length;
            expect(Math.max(above, below)).toBeLessThanOrEqual(known.length / 2);
          }
        }
      }),
    );
  });

  it('then every row stands once, behind the head of its group, in the order that it had', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const shown = all.filter((_, at) => at % 2 === 0);
        const lines = linesByGroup(shown, all, TYPES);
        let group = '';
        const stood: RankingRow[] = [];
        for (const line of lines)
          if (isHead(line)) group = line.head.group;
          else {
            expect((line as RankingRow).group).toBe(group);
            stood.push(line as RankingRow);
          }
        expect(stood).toHaveLength(shown.length);
        for (const name of new Set(shown.map((row) => row.group)))
          expect(stood.filter((row) => row.group === name)).toEqual(
            shown.filter((row) => row.group === name),
          );
      }),
    );
  });

  it('when only some of a group are shown, then its median is of all', () => {
    const all = [90, 80, 70].map((total, at) => ({
      ...rankingRow({ unit: `u-${at}`, group: 'farm' }),
      total,
    }));
    const [head] = linesByGroup(all.slice(0, 1), all, []);
    expect(head && isHead(head) && [head.shown, head.head.units, head.head.total]).toEqual([1, 3, 80]);
  });
});
