import { describe, expect, test } from 'vitest';
import {
  commendableMark,
  commendableOf,
  countCommendable,
  rowWithOpen,
  withOpen,
} from '#schemas/presentation/answers/commendable.ts';
import { verdictFact } from '#schemas/presentation/answers/letter.ts';
import { isFull } from '#schemas/presentation/answers/rows.ts';
import { standingOf } from '#schemas/standing.ts';
import { randomZone, ZONES } from '#test/support/randomZone.ts';
import { eligibleSentence, eligibleWord } from '../../dashboard/locales/eligibleWords.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';

/** "Meets the conditions" is said where all of them are met, and nowhere else. */
const zones = Array.from({ length: ZONES }, (_, seed) => randomZone(seed));

const { vocabulary } = wordsOf('zh-CN');

describe('what is said of commendation follows from the conditions', () => {
  test('in every random zone: ✓ where all are met, how many are still open, nothing where barred', () => {
    const seen = { met: 0, open: 0, barred: 0 };
    for (const { seed, rows, now } of zones) {
      const { judge, ranked } = now;
      const open = ranked.verdicts.map((verdict) => verdict.open);
      const shown = withOpen({ rows, open }).rows.filter(isFull);
      ranked.verdicts.forEach((verdict, place) => {
        const row = shown[place];
        if (!row) throw new Error(`seed ${seed}: no row ${place}`);
        const { conditions } = standingOf(judge, verdict, ranked);
        // A unit's own page finds the same in its conditions.
        const { open: _, ...bare } = row;
        const own = { row: bare, conditions, basis: judge.view.basis };
        expect(commendableMark(rowWithOpen(own), vocabulary)).toBe(commendableMark(row, vocabulary));
        // On the basis of the year every condition is due, whatever day the windows are looked at from.
        const due = (status: string): boolean => judge.view.basis === 'year' || status === 'missed';
        const unmet = conditions.filter(({ status }) => status !== 'met');
        const barred = row.vetoes.length > 0 || unmet.some(({ status }) => due(status));
        const expected = barred ? 'barred' : unmet.length > 0 ? 'open' : 'met';
        expect(commendableOf(row), `seed ${seed}, ${row.unit}`).toBe(expected);
        const mark = { barred: '–', open: `差 ${unmet.length} 项`, met: '✓' }[expected];
        expect(commendableMark(row, vocabulary)).toBe(mark);
        // The letter to the unit says the same of the same conditions.
        const letter = verdictFact({ row, conditions });
        expect(letter.kind === 'not-yet' ? 'barred' : letter.kind, `seed ${seed}, ${row.unit}`).toBe(
          expected,
        );
        expect(letter.open.length + letter.missed.length).toBe(unmet.length);
        seen[expected]++;
      });
      const counts = countCommendable(shown);
      expect(counts.met + counts.open + counts.barred).toBe(shown.length);
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
  });

  test('rows stay as they are sealed: what is open stands beside them, and nothing is at the end of a year', () => {
    for (const { rows, now } of zones) {
      for (const row of rows) expect(row).not.toHaveProperty('open');
      if (now.judge.view.basis === 'year') for (const { open } of now.ranked.verdicts) expect(open).toBe(0);
    }
  });
});

test('a whole year that is not over bars so far; a veto, and a year that is over, bar for good', () => {
  const zh = wordsOf('zh-CN');
  const barred = { eligible: false, vetoes: [] };
  expect(eligibleWord(zh, barred, true)).toBe('若年度现在结束，不符合评优条件');
  expect(eligibleSentence(zh, barred, true)).toBe('若年度现在结束，不符合评优条件');
  expect(eligibleWord(zh, barred)).toBe('不符合评优条件');
  expect(eligibleSentence(zh, { ...barred, vetoes: ['grave'] }, true)).toBe('不符合评优条件');
  expect(eligibleWord(zh, { eligible: true, vetoes: [], open: 2 }, true)).toBe('还有 2 项评优条件待满足');
});
