import { describe, expect, test } from 'vitest';
import { moversOf, type Standings } from '#schemas/movement/movement.ts';
import { movementOfUnit } from '#schemas/movement/ofUnit.ts';
import type { Plan } from '#schemas/plan.ts';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import { movementFacts } from '#schemas/presentation/answers/movement.ts';
import { rankUnits } from '#schemas/ranks.ts';
import type { Movement } from '#schemas/results/movement.ts';
import type { YearOnYear } from '#schemas/results/yearOnYear.ts';
import { compilePlan } from '#schemas/scoring.ts';
import { atOnce } from '#schemas/steps.ts';
import { planWith, TWO_TYPES } from '#test/support/plan.ts';
import { tallyOf } from '#test/support/tally.ts';
import { namesOfBoth } from '../../dashboard/composables/namesBeside.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { effectsOf } from '../../dashboard/pages/unit/movement.ts';
import { movementAnswer } from '../../dashboard/pages/unit/movementAnswer.ts';
import { planWords } from '../../dashboard/pages/yearOnYear/changes.ts';

/** What is said where a plan is compared with another: a version of mid-year, or that of another year. */

const zh = wordsOf('zh-CN');
const plan = planWith(TWO_TYPES);
const question = { basis: 'year', on: '2026-12-31' } as const;

/** Units by id and the kinds of what they did, ranked by a plan. */
function ranking(by: Plan, deeds: Record<string, readonly [kind: string, on?: string][]>): Standings {
  const judge = compilePlan(by, question);
  const tallies = Object.entries(deeds).map(([unit, own]) =>
    tallyOf(
      by,
      own.map(([kind, occurredOn = '2026-02-01']) => ({ kind, occurredOn })),
      { unit, name: unit },
    ),
  );
  const ranked = rankUnits(judge, tallies);
  return { judge, ranked, placeOf: new Map(ranked.rows.map(({ unit }, place) => [unit, place])) };
}

function movementOf(before: Standings, after: Standings, unit: string): Movement {
  const moved = movementOfUnit({ before, after, recast: null }, unit, []);
  if (!moved) throw new Error('not ranked');
  const refOf = ({ judge }: Standings) => ({ year: judge.plan.year, version: judge.plan.version });
  return {
    ...moved,
    ...question,
    asOf: null,
    complete: true,
    watermark: '1',
    known: 'then',
    plan: refOf(after),
    compared: { plan: refOf(before), on: question.on, asOf: null },
  };
}

/** x has all of unity and none of learning, y the other way round. */
const THEN = { x: [['c'], ['c', '2026-09-01']], y: [['a'], ['b']] } satisfies Parameters<typeof ranking>[1];
const main = (movement: Movement) => movementFacts(movement).find(({ kind }) => kind === 'main');

describe('given another version of the plan', () => {
  test('when its weights moved a unit most, then they are the reason, and not the greatest of the requirements', () => {
    const weightOf = (id: string): number => (id === 'learning' ? 80 : 20);
    const criteria = plan.criteria.map((one) => ({ ...one, weight: weightOf(one.id) }));
    const [then, now] = [
      ranking(plan, THEN),
      ranking({ ...plan, version: plan.version + 1, criteria }, { ...THEN, x: [...THEN.x, ['a']] }),
    ];
    const movement = movementOf(then, now, 'x');
    // Of unity's 100 it had 60 and has 20 points; a quarter of a brought 80 × 0.3 / 4 = 6.
    expect([movement.before?.total, movement.after.total, movement.rest]).toEqual([60, 26, -40]);
    expect(main(movement)).toMatchObject({ reason: { because: 'rest', id: null, effect: -40 } });
    const said = movementAnswer(zh, movementFacts(movement), { plan, since: '', day: '' }).join('');
    expect(said).toContain(
      `使总分下降最多的是“${effectsOf(zh, plan, movement).own.at(-1)?.name}”（−40.00 分）`,
    );
    const { fell } = atOnce(moversOf(then, now, 5));
    expect(fell.movers).toMatchObject([{ unit: 'x', reason: { because: 'rest', effect: -40 } }]);
    // By the same plan the last row holds what rounding and limits leave, which is no reason.
    expect(main({ ...movement, compared: { ...movement.compared, plan: movement.plan } })).toBeUndefined();
  });

  test('when it has dropped a requirement, then that is told by the name it had, and leads to no list', () => {
    const [dropped, ...kept] = plan.requirements;
    if (!dropped) throw new Error('nothing to drop');
    const later = { ...plan, version: plan.version + 1, requirements: kept };
    const movement = movementOf(ranking(plan, THEN), ranking(later, THEN), 'y');
    const { own } = effectsOf(zh, later, movement, namesOfBoth(later, plan));
    expect(own.find(({ id }) => id === dropped.id)).toMatchObject({ name: dropped.name.zh, list: null });
  });
});

describe('given the plans of two years', () => {
  const NOTHING: Pick<YearOnYear, 'changes' | 'leftOut'> = {
    changes: { weights: [], added: [], dropped: [], changed: [] },
    leftOut: { own: [], other: [] },
  };
  const told = (now: Plan, before: Plan, more: Partial<typeof NOTHING> = {}): string[] =>
    planWords(zh, now, before, { ...NOTHING, ...more } as YearOnYear);

  test('then what only the other one asks is told by its name', () => {
    const [dropped, ...requirements] = plan2026.requirements;
    const changes = { ...NOTHING.changes, dropped: [dropped?.id ?? ''] };
    expect(told({ ...plan2026, requirements }, plan2026, { changes })).toEqual([
      `取消要求：${dropped?.name.zh}`,
    ]);
  });

  test('then other deductions, vetoes, conditions and another rule of what counts are told, and other words are not', () => {
    expect(told(plan2026, plan2026)).toEqual([]);
    const one = <T extends object>([first, ...others]: readonly T[], more: Partial<T>): T[] =>
      first ? [{ ...first, ...more }, ...others] : [];
    const changed: Partial<Plan>[] = [
      { deductions: one(plan2026.deductions, { points: 7 }) },
      { vetoes: one(plan2026.vetoes, { cap: 50 }) },
      { conditions: one(plan2026.conditions, { by: '06-30' }) },
      { conditions: plan2026.conditions.slice(1) },
      { counts: 'verified' },
    ];
    for (const change of changed)
      expect(told({ ...plan2026, ...change }, plan2026), JSON.stringify(change)).toHaveLength(1);
    const renamed = one(plan2026.deductions, { name: { zh: '新', en: 'new' } });
    expect(told({ ...plan2026, deductions: renamed, title: { zh: '新', en: 'new' } }, plan2026)).toEqual([]);
  });
});
