import { describe, expect, test } from 'vitest';
import { distances, draftedInspection, FAR } from '#schemas/presentation/answers/inspectionDraft.ts';
import { innerQuotes } from '#schemas/presentation/names.ts';
import { keptDraft } from '#schemas/results/inspectionDraft.ts';
import type { Standing } from '#schemas/results/results.ts';
import { standingOf } from '#schemas/standing.ts';
import { randomZone } from '#test/support/randomZone.ts';
import { strayWords } from '#test/support/sentences.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { draftedEntries } from '../../dashboard/pages/ownInspection/draft.ts';

const MOST_ZONES = 150;
const MOST_UNITS = 3;

/** Some units of many zones, as the product would show where they stand. */
const cases = Array.from({ length: MOST_ZONES }, (_, seed) => randomZone(seed)).flatMap(
  ({ seed, plan, question, now }) =>
    now.ranked.verdicts.slice(0, MOST_UNITS).map((verdict) => {
      const row = now.ranked.rows[now.placeOf.get(verdict.tally.unit) ?? -1];
      const standing = {
        ...standingOf(now.judge, verdict, now.ranked),
        row,
        on: question.on,
      } as unknown as Standing;
      return { seed, plan, standing, about: `seed ${seed}, ${verdict.tally.unit}` };
    }),
);

describe('a self-inspection is drafted from the record', () => {
  test('the score is the record’s; every gap is named or counted, the dearest first; what can be done comes by its day', () => {
    const seen = { gaps: 0, others: 0, remedies: 0, closed: 0, deductions: 0, none: 0 };
    for (const { plan, standing, about } of cases)
      for (const drafted of draftedInspection(standing, plan)) {
        const own = standing.requirements.filter(({ criterion }) => criterion === drafted.criterion);
        const short = own.filter(({ attainment }) => attainment !== null && attainment < 1);
        expect(drafted.score, about).toBe(standing.row.criteria[drafted.criterion] ?? null);
        expect(drafted.shortcomings.length + (drafted.others?.count ?? 0), about).toBe(short.length);
        const lost = drafted.shortcomings.map((one) => one.lost);
        expect(lost, about).toEqual([...lost].sort((a, b) => b - a));
        const all = short.reduce((sum, one) => sum + Math.round((one.lost ?? 0) * 10_000), 0);
        const told = [...lost, drafted.others?.lost ?? 0].reduce(
          (sum, one) => sum + Math.round(one * 10_000),
          0,
        );
        expect(told, about).toBe(all);
        const days = drafted.remedies.map(({ due }) => due);
        expect(days, about).toEqual([...days].sort());
        for (const { due } of drafted.remedies) expect(due > standing.on, about).toBe(true);
        for (const { id } of drafted.closed) {
          const row = own.find((one) => one.id === id);
          expect(
            row?.windows.some(({ to, status }) => to > standing.on && status !== 'met'),
            about,
          ).toBe(false);
        }
        seen.gaps += drafted.shortcomings.length;
        seen.others += drafted.others ? 1 : 0;
        seen.remedies += drafted.remedies.length;
        seen.closed += drafted.closed.length;
        seen.deductions += drafted.deductions.length;
        seen.none += drafted.score === null ? 1 : 0;
      }
    expect(seen.gaps).toBeGreaterThan(50);
    for (const kind of ['remedies', 'closed', 'deductions', 'none'] as const)
      expect(seen[kind], kind).toBeGreaterThan(5);
  });

  test.each(['zh-CN', 'en'] as const)('every number that it says in %s stands in the record', (locale) => {
    const words = wordsOf(locale);
    for (const { plan, standing, about } of cases) {
      const entries = draftedEntries(words, plan, standing);
      expect(
        () => keptDraft.parse({ criteria: entries, savedAt: '2026-01-01T00:00:00Z', by: '' }),
        about,
      ).not.toThrow();
      for (const drafted of draftedInspection(standing, plan)) {
        const own = standing.requirements.filter(({ criterion }) => criterion === drafted.criterion);
        const entry = entries[drafted.criterion];
        const names = [
          ...own.flatMap(({ name, windows, attainment }) => [
            words.share(attainment),
            innerQuotes(words.name(name)),
            ...windows.flatMap(({ label, to }) => [words.window(label), words.day(to)]),
          ]),
          ...plan.deductions.map(({ id, name }) => innerQuotes(name ? words.name(name) : id)),
        ];
        const figures = [
          ...own.map(({ lost }) => words.gap(lost)),
          ...drafted.deductions.flatMap(({ count, points }) => [count, words.score(points)]),
          drafted.others?.count ?? null,
          drafted.others && words.gap(drafted.others.lost),
        ];
        expect(entry?.selfScore ?? null, about).toBe(standing.row.criteria[drafted.criterion] ?? null);
        const said = [entry?.shortcomings ?? '', entry?.remedies ?? ''];
        expect(strayWords(said, names, figures), `${about}: ${said.join('\n')}`).toEqual([]);
      }
    }
  });
});

test('an own score is far from the record from five points on, above and below', () => {
  const told = distances([
    { criterion: 'a', own: 80, record: 80 },
    { criterion: 'b', own: 80 + FAR, record: 80 },
    { criterion: 'c', own: 75.0001, record: 80 },
    { criterion: 'd', own: 75, record: 80 },
    { criterion: 'e', own: null, record: 80 },
    { criterion: 'f', own: 80, record: null },
  ]);
  expect(told.map(({ difference }) => difference)).toEqual([0, 5, -4.9999, -5, null, null]);
  expect(told.map(({ far }) => far)).toEqual([false, true, false, true, false, false]);
});
