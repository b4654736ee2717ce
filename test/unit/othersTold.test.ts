import { expect, test } from 'vitest';
import { othersOf, rowsFor } from '#schemas/others.ts';
import type { Plan } from '#schemas/plan.ts';
import { isFull } from '#schemas/presentation/answers/rows.ts';
import { randomZone, ZONES } from '#test/support/randomZone.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { othersRule } from '../../dashboard/pages/plan/others.ts';
import { othersSentence } from '../../dashboard/pages/ranking/others.ts';

/** What the plan’s page and the ranking say that units see of each other is what a unit’s ranking shows. */

const SETTINGS = [undefined, 'rank-and-total', 'rank-only', 'none'] as const;

test.each(['zh-CN', 'en'] as const)(
  'in every random zone, in %s: totals above what both pages say',
  (locale) => {
    const words = wordsOf(locale);
    let hidden = 0;
    for (const zone of Array.from({ length: ZONES / 5 }, (_, seed) => randomZone(seed))) {
      const full = zone.now.ranked.rows;
      const [own] = full;
      if (!own) continue;
      for (const others of SETTINGS) {
        const plan: Pick<Plan, 'others' | 'vetoes'> = { ...zone.plan, others };
        const rows = rowsFor(own.unit, full, plan);
        const caps = plan.vetoes.map(({ cap }) => cap);
        const bar = othersOf(plan) === 'rank-and-total' && caps.length > 0 ? Math.max(...caps) : null;
        for (const said of [othersRule(words, plan), othersSentence(words, plan)])
          expect(said.match(/\d+(?:\.\d+)?/g) ?? [], `seed ${zone.seed}: ${said}`).toEqual(
            bar === null ? [] : [words.plain(bar)],
          );
        if (others === 'none' || others === 'rank-only') continue;
        rows.forEach((row, place) => {
          if (isFull(row)) return;
          const total = full[place]?.total ?? null;
          const isTold = total !== null && (bar === null || total > bar);
          expect(row.total, `seed ${zone.seed}, row ${place}`).toBe(isTold ? total : null);
          if (total !== null && !isTold) hidden++;
        });
      }
    }
    expect(hidden).toBeGreaterThan(10);
  },
);
