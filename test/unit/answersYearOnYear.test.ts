import { describe, expect, test } from 'vitest';
import { isOfficial, yearFacts } from '#schemas/presentation/answers/yearOnYear.ts';
import { cellText, tableAt } from '#schemas/presentation/table.ts';
import { changeTable } from '#schemas/presentation/tables/units.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import { type RandomZone, randomZone, ZONES } from '#test/support/randomZone.ts';
import { numberOf, strayWords } from '#test/support/sentences.ts';
import { fileNameOf } from '../../dashboard/components/filterWords.ts';
import { parseFilters } from '../../dashboard/composables/filters.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import {
  changesOf,
  comparedTo,
  linesOf,
  methodMeans,
  yearAnswer,
} from '../../dashboard/pages/yearOnYear/changes.ts';

/** The same day of both years. */
const DAYS = { now: '2026-06-30', before: '2025-06-30' };

const side = (rows: readonly RankingRow[], unit: string) => {
  const row = rows.find((one) => one.unit === unit);
  return row ? { rank: row.rank, total: row.total, criteria: row.criteria } : null;
};

/** Two rankings of a random zone, as if they were those of two years. */
function changesIn({ now, before, group }: RandomZone) {
  const [is, was] = [now.ranked.rows, before?.standings.ranked.rows ?? []];
  const rows = is.map(({ unit, name, group: own }) => {
    const method = { now: side(is, unit), before: side(was, unit) };
    return { unit, name, group: own, since: null, official: method, underOwn: method, underOther: method };
  });
  return changesOf(rows, 'official', group, DAYS);
}

const zones = Array.from({ length: ZONES }, (_, seed) => ({ seed, changes: changesIn(randomZone(seed)) }));

describe('what is said of two years follows from the rows under it', () => {
  test('in every random zone: how many rose, fell and stayed, by how much, and all that gained most', () => {
    const lacking = new Set<string>();
    for (const { seed, changes } of zones) {
      const points = changes.flatMap((change) => change.points ?? []);
      const facts = yearFacts(changes);
      if (points.length === 0) {
        const [now, before] = (['now', 'before'] as const).map((of) =>
          changes.some((change) => change[of]?.total != null),
        );
        const lacks = now ? (before ? 'common' : 'before') : before ? 'now' : 'both';
        expect(facts, `seed ${seed}`).toEqual([{ kind: 'nothing', lacks }]);
        lacking.add(lacks);
        continue;
      }
      const [count] = facts;
      const best = facts.find(({ kind }) => kind === 'best');
      // Every row is compared, or told to be left out.
      const left = facts.find((fact) => fact.kind === 'unranked')?.units ?? 0;
      const begun = changes.filter(({ since }) => since === null);
      expect(left, `seed ${seed}`).toBe(begun.filter((change) => change.points === null).length);
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
      const about = { year: 2026, other: 2025, absent: '', since: String };
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
      // What gained most is told from what gained next most, by as few decimals as do it, from two on.
      const below = points.filter((one) => one < most);
      if (best?.kind === 'best' && below.length > 0) {
        const told = (value: number): string => words.signed(value, best.decimals);
        expect(told(most), `seed ${seed}`).not.toBe(told(Math.max(...below)));
        if (words.signed(most, 2) !== words.signed(Math.max(...below), 2)) expect(best.decimals).toBe(2);
      }
      const said = yearAnswer(words, facts, { method: '', year: 2026, other: 2025 });
      const figures = [
        words.gap(Math.max(0, most), best?.kind === 'best' ? best.decimals : 2),
        words.gap(Math.abs(count?.kind === 'changes' ? count.mean : 0)),
        words.count(left),
      ];
      // Everybody who is compared is told, whatever became of the total.
      const classes = said[0]?.split(';')[0]?.match(/\d+/g)?.map(Number) ?? [];
      expect(
        classes.reduce((sum, one) => sum + one, 0),
        `seed ${seed}: ${said[0]}`,
      ).toBe(points.length);
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
    expect(lacking.size).toBeGreaterThan(1);
  });
});

test('which of two years has no totals is told by its own name', () => {
  const told = (lacks: 'now' | 'before' | 'both' | 'common') =>
    (['zh-CN', 'en'] as const).flatMap((locale) =>
      yearAnswer(wordsOf(locale), [{ kind: 'nothing', lacks }], { method: '', year: 2026, other: 2025 }),
    );
  for (const sentence of told('now')) expect(sentence).toMatch(/^2026 (年还没有总分|has no totals yet)/);
  for (const sentence of told('before')) expect(sentence).not.toContain('2026');
  for (const sentence of [...told('both'), ...told('common')]) expect(sentence).toMatch(/2026.+2025/);
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

describe('a unit that had not begun on one of the two days', () => {
  const place = (rank: number, total: number) => ({ rank, total, criteria: {} });
  const unit = (id: string, since: string | null, totals: [now: number, before: number]) => {
    const [now, before] = totals.map((total, at) => place(at + 1, total)) as [Place, Place];
    const method = { now, before };
    return { unit: id, name: id, group: 'g', since, official: method, underOwn: method, underOther: method };
  };
  type Place = ReturnType<typeof place>;
  const rows = [
    unit('old', null, [80, 70]),
    unit('new', '2025-07-01', [72.58, 0]),
    unit('fell', null, [60, 64]),
  ];
  const changes = changesOf(rows, 'official', null, DAYS);

  test('is left out of gained, lost, most and mean, and a sentence says since when it is there', () => {
    expect(yearFacts(changes)).toEqual([
      { kind: 'changes', up: 1, down: 1, same: 0, mean: 3 },
      { kind: 'best', units: [{ unit: 'old', name: 'old' }], points: 10, decimals: 2 },
      { kind: 'unbegun', units: [{ unit: 'new', name: 'new', since: '2025-07-01' }] },
    ]);
    const said = (locale: 'zh-CN' | 'en') =>
      yearAnswer(wordsOf(locale), yearFacts(changes), { method: '', year: 2026, other: 2025 }).at(-1);
    expect(said('zh-CN')).toBe('不计入比较的：new（2025 年 7 月 1 日起参加）。');
    expect(said('en')).toBe('Not compared: new (there since 1 Jul 2025).');
  });

  test('where nobody is compared, those that had not begun are named if they are all, and not some of them', () => {
    const at = (since: string | null) => ({
      ...unit('a', since, [0, 0]),
      official: { now: null, before: null },
    });
    const told = (all: (string | null)[]) => yearFacts(changesOf(all.map(at), 'official', null, DAYS));
    expect(told([null, '2025-07-01'])).toEqual([{ kind: 'nothing', lacks: 'both' }]);
    expect(told(['2025-07-01'])).toMatchObject([{ kind: 'nothing' }, { kind: 'unbegun', units: [{}] }]);
    expect(told([null])).toEqual([{ kind: 'nothing', lacks: 'both' }]);
  });

  test('what is said of one group alone says of which', () => {
    const said = (group: string | null) =>
      yearAnswer(wordsOf('zh-CN'), yearFacts(changes), { method: '', year: 2026, other: 2025, group });
    expect(said('farm')).toEqual(['以下只看农业管理区。', ...said(null)]);
  });

  test('has a row that says it, and no place of that day in the picture', () => {
    const about = { year: 2026, other: 2025, absent: 'absent', since: (day: string) => `since ${day}` };
    const { columns, rows: cells } = tableAt(changeTable(wordsOf('en'), '', about), changes, 'sheet');
    const row = cells.find(([name]) => name === 'new') ?? [];
    const shown = Object.fromEntries(columns.map(({ id }, at) => [id, row[at]]));
    expect(shown).toMatchObject({ rank: 1, rankBefore: 'since 2025-07-01', totalBefore: null, points: null });
    expect(linesOf(changes).map(({ unit: id }) => id)).not.toContain('new');
  });

  test('is there on its very first day, and not on the day before (decision 25)', () => {
    const [first, eve] = ['2025-07-01', '2025-06-30'].map((before) =>
      changesOf(rows, 'official', null, { now: '2026-07-01', before }).find(({ unit: id }) => id === 'new'),
    );
    expect([first?.before?.total, first?.points]).toEqual([0, 72.58]);
    expect([eve?.before, eve?.points]).toEqual([null, null]);
  });

  test('is compared where it had begun on both days', () => {
    const later = changesOf(rows, 'official', null, { now: '2026-12-31', before: '2025-12-31' });
    expect(later.find(({ unit: id }) => id === 'new')?.points).toBe(72.58);
  });
});

test('a file is named by what is compared: the same day of both years, or both whole years', () => {
  const seen = { on: '2026-10-20', plan: { year: 2026 }, with: { on: '2025-10-20', plan: { year: 2025 } } };
  const nameOf = (locale: 'zh-CN' | 'en', basis: 'to-date' | 'year'): string => {
    const compareTo = comparedTo({ ...seen, basis } as Parameters<typeof comparedTo>[0]);
    const filters = { ...parseFilters({ basis }, '2026-10-20'), compareTo };
    return fileNameOf(wordsOf(locale), '', filters, '2026-10-20');
  };
  expect(nameOf('zh-CN', 'to-date')).toMatch(/与 2025 年 10 月 20 日相比$/);
  expect(nameOf('en', 'to-date')).toMatch(/compared with 20 Oct 2025$/);
  expect(nameOf('zh-CN', 'year')).toMatch(/与 2025 年全年相比$/);
  expect(nameOf('en', 'year')).toMatch(/compared with the whole year 2025$/);
});
