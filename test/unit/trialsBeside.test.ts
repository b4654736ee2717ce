import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trialsBeside } from '#schemas/presentation/answers/trials.ts';
import { cellText, tableAt } from '#schemas/presentation/table.ts';
import { trialsTable } from '#schemas/presentation/tables/trials.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import { rankingRow } from '#test/fixtures/dashboard.ts';
import {
  keptTrials,
  MOST_TRIALS,
  trialsOf,
  withoutTrial,
  withTrial,
} from '../../dashboard/pages/ranking/whatIf/keptTrials.ts';

const UNITS = 8;
/** The same units in one order or another. */
const ranking = fc
  .shuffledSubarray([...Array(UNITS).keys()], { minLength: UNITS, maxLength: UNITS })
  .map((order) =>
    order.map((unit, at): RankingRow => rankingRow({ unit: `u-${unit}`, name: `N${unit}`, rank: at + 1 })),
  );
const leaders = (rows: readonly RankingRow[], places: number): Set<string> =>
  new Set(rows.flatMap(({ unit, rank }) => (rank !== null && rank <= places ? [unit] : [])));

describe('given rankings of the same units under several weights', () => {
  it('then those within the first places in all of them are said, and those in any of them shown', () => {
    const places = fc.integer({ min: 1, max: UNITS });
    fc.assert(
      fc.property(ranking, fc.array(ranking, { maxLength: 4 }), places, (planned, trials, most) => {
        const beside = trialsBeside(planned, trials, most);
        const sets = [planned, ...trials].map((rows) => leaders(rows, most));
        const units = planned.map(({ unit }) => unit);
        expect(beside.always.map(({ unit }) => unit)).toEqual(
          units.filter((unit) => sets.every((set) => set.has(unit))),
        );
        expect(beside.rows.map(({ unit }) => unit)).toEqual(
          units.filter((unit) => sets.some((set) => set.has(unit))),
        );
        for (const row of beside.rows)
          expect(row.ranks).toEqual(
            trials.map((rows) => rows.find(({ unit }) => unit === row.unit)?.rank ?? null),
          );
      }),
    );
  });

  it('when nothing weighs in a trial, then nobody leads in all', () => {
    const planned = [rankingRow({ unit: 'a', rank: 1 })];
    const nothing = [rankingRow({ unit: 'a', rank: null })];
    const { always, rows } = trialsBeside(planned, [nothing]);
    expect([always, rows.map(({ ranks }) => ranks)]).toEqual([[], [[null]]]);
    const table = tableAt(trialsTable('T', { name: 'U', planned: 'P', trials: ['=1+1'] }), rows, 'sheet');
    expect(table.columns.map(({ heading }) => heading)).toEqual(['U', 'P', '=1+1']);
    expect(
      table.rows[0]?.map((cell, at) => cellText(cell, table.columns[at] ?? { kind: 'text' })).slice(1),
    ).toEqual(['1', '–']);
  });
});

describe('given trials that were given names', () => {
  const trial = (name: string, weights = 'learning:20', year = 2026) => ({ year, name, weights });

  it('when one of a name that is there is kept, then it takes its place; of another year it stands beside', () => {
    const kept = [trial('A'), trial('B')];
    expect(withTrial(kept, trial('A', 'learning:30'))).toEqual([trial('A', 'learning:30'), trial('B')]);
    expect(withTrial(kept, trial('A', 'learning:30', 2025))).toHaveLength(3);
    expect(withoutTrial(kept, trial('A'))).toEqual([trial('B')]);
  });

  it('then only those of the year stand side by side, and no more than there is room for', () => {
    const many = Array.from({ length: 9 }, (_, at) => trial(`T${at}`));
    expect(trialsOf([trial('old', 'learning:1', 2025), ...many], 2026)).toEqual(many.slice(0, MOST_TRIALS));
  });

  it('when what the browser kept is of another make, then there are none', () => {
    expect(keptTrials.parse([{ name: 7 }])).toEqual([]);
  });
});
