import { describe, expect, test } from 'vitest';
import { isOfficial, yearFacts } from '#schemas/presentation/answers/yearOnYear.ts';
import { cellText, tableAt } from '#schemas/presentation/table.ts';
import { changeTable } from '#schemas/presentation/tables/units.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import { type RandomZone, randomZone, ZONES } from '#test/support/randomZone.ts';
import { numberOf, strayWords } from '#test/support/sentences.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { changesOf, methodMeans, yearAnswer } from '../../dashboard/pages/yearOnYear/changes.ts';

const side = (rows: readonly RankingRow[], unit: string) => {
  const row = rows.find((one) => one.unit === unit);
  return row ? { rank: row.rank, total: row.total, criteria: row.criteria } : null;
};

/** Two rankings of a random zone, as if they were those of two years. */
function changesIn({ now, before, group }: RandomZone) {
  const [is, was] = [now.ranked.rows, before?.standings.ranked.rows ?? []];
  const rows = is.map(({ unit, name, group: own }) => {
    const method = { now: side(is, unit), before: side(was, unit) };
    return { unit, name, group: own, official: method, underOwn: method, underOther: method };
  });
  return changesOf(rows, 'official', group);
}

const zones = Array.from({ length: ZONES }, (_, seed) => ({ seed, changes: changesIn(randomZone(seed)) }));

describe('what is said of two years follows from the rows under it', () => {
  test('in every random zone: how many rose and fell, by how much, and all that gained most', () => {
    for (const { seed, changes } of zones) {
      const points = changes.flatMap((change) => change.points ?? []);
      const facts = yearFacts(changes);
      if (points.length === 0) {
        expect(facts).toEqual([{ kind: 'nothing' }]);
        continue;
      }
      const [count, best] = facts;
      expect(count).toMatchObject({
        up: points.filter((one) => one > 0).length,
        down: points.filter((one) => one < 0).length,
        same: points.filter((one) => one === 0).length,
      });
      const mean = points.reduce((sum, one) => sum + one, 0) / points.length;
      expect(count?.kind === 'changes' ? count.mean : Number.NaN).toBeCloseTo(mean, 3);
      const most = Math.max(...points);
      const first = changes.filter((change) => change.points === most);
      if (most <= 0) expect(best).toBeUndefined();
      else
        expect(best).toMatchObject({ units: first.map(({ unit, name }) => ({ unit, name })), points: most });
      const words = wordsOf('en');
      const about = { year: 2026, other: 2025, absent: '' };
      const { columns, rows } = tableAt(changeTable(words, '', about), changes, 'sheet');
      const shown = (row: (typeof rows)[number], id: string): string => {
        const at = columns.findIndex((column) => column.id === id);
        const column = columns[at];
        return column ? cellText(row[at] ?? null, column) : '';
      };
      for (const row of rows) {
        const [now, then, change] = (['total', 'totalBefore', 'points'] as const).map((id) =>
          shown(row, id),
        ) as [string, string, string];
        if (change !== '–') expect(numberOf(now) - numberOf(then)).toBeCloseTo(numberOf(change), 8);
      }
      const said = yearAnswer(words, facts, { method: '', other: 2025 });
      const figures = [
        ...rows.map((row) => shown(row, 'points').replace(/^[+−]/, '')),
        words.gap(Math.abs(count?.kind === 'changes' ? count.mean : 0)),
      ];
      const counts = Array.from({ length: points.length + 1 }, (_, place) => place);
      expect(
        strayWords(
          said,
          changes.map(({ name }) => name),
          [...figures, ...counts],
        ),
        `seed ${seed}: ${said.join(' ')}`,
      ).toEqual([]);
    }
  });
});

test('only a whole year is called an official result', () => {
  const over = { over: true, sealed: false };
  const runs = { over: false, sealed: false };
  const sealed = { over: false, sealed: true };
  expect([isOfficial('year', over), isOfficial('year', sealed), isOfficial('year', runs)]).toEqual([
    true,
    true,
    false,
  ]);
  expect([isOfficial('to-date', over), isOfficial('to-date', sealed)]).toEqual([false, false]);
  expect(methodMeans(wordsOf('zh-CN'), 'official', 'year', over)).toContain('即各年的正式结果');
  // The whole year of a year that still runs is a state of affairs, too.
  expect(methodMeans(wordsOf('zh-CN'), 'official', 'year', runs)).toContain('不是正式结果');
  expect(methodMeans(wordsOf('en'), 'official', 'year', runs)).toContain('not an official result');
  expect(methodMeans(wordsOf('zh-CN'), 'official', 'to-date', sealed)).toContain('不是正式结果');
  expect(methodMeans(wordsOf('en'), 'official', 'to-date', sealed)).toContain('not an official result');
});
