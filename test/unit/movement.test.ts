import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { effectsOf, moversOf, type Standings, sideOf } from '#schemas/movement/movement.ts';
import { movementOfUnit } from '#schemas/movement/ofUnit.ts';
import { mainReasonOf } from '#schemas/movement/reason.ts';
import { changedOnly, marked, type Recorded, seenOn, withEvents } from '#schemas/movementEvents.ts';
import type { Plan } from '#schemas/plan.ts';
import { movementFacts } from '#schemas/presentation/answers/movement.ts';
import { rankUnits } from '#schemas/ranks.ts';
import type { Movement } from '#schemas/results/movement.ts';
import { compilePlan, type Question } from '#schemas/scoring.ts';
import { atOnce } from '#schemas/steps.ts';
import { planWith, TWO_TYPES } from '#test/support/plan.ts';
import { type Deed, tallyOf } from '#test/support/tally.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { movementAnswer } from '../../dashboard/pages/unit/movementAnswer.ts';

const plan = planWith({
  ...TWO_TYPES,
  deductions: [{ kind: 'bad', criterion: 'unity', points: 10, max: 20 }],
  vetoes: [{ kind: 'grave', cap: 59 }],
  conditions: [{ kind: 'a', by: '03-31' }],
});
const atYearEnd: Question = { basis: 'year', on: '2026-12-31' };
const deed = (kind: string, occurredOn = '2026-02-01'): Deed => ({ kind, occurredOn });

/** Units by id and what they did, ranked. */
function ranking(deeds: Record<string, readonly Deed[]>, question: Question = atYearEnd): Standings {
  const judge = compilePlan(plan, question);
  const on = question.basis === 'to-date' ? question.on : undefined;
  const ranked = rankUnits(
    judge,
    Object.entries(deeds).map(([unit, own]) => tallyOf(plan, own, { unit, name: unit }, on)),
  );
  return { judge, ranked, placeOf: new Map(ranked.rows.map(({ unit }, place) => [unit, place])) };
}

function effectsBetween(mine: readonly Deed[], then: readonly Deed[], questions = [atYearEnd, atYearEnd]) {
  const before = sideOf(ranking({ u: then }, questions[0]), 'u');
  const after = sideOf(ranking({ u: mine }, questions[1]), 'u');
  if (!after) throw new Error('not ranked');
  return { before, after, effects: effectsOf(before, after) };
}

describe('what moved a unit', () => {
  test('given activities that came, then each requirement has the points that it brought', () => {
    // learning weighs 20 of 50: a in a quarter more = 40 × 0.3 / 4 = 3; unity 60: c in a half = 30.
    const { effects } = effectsBetween([deed('a'), deed('c')], []);
    expect(effects.requirements.map(({ id, before, after, effect }) => [id, before, after, effect])).toEqual([
      ['r3', 0, 0.5, 30],
      ['r1', 0, 0.25, 3],
      ['r2', 0, 0, 0],
    ]);
    expect(effects).toMatchObject({ deductions: [], vetoes: [], vetoEffect: 0, rest: 0 });
  });

  test('given incidents, then deductions and vetoes have theirs, and what a floor swallowed is in the rest', () => {
    const { effects } = effectsBetween([deed('bad'), deed('bad'), deed('b')], [deed('b')]);
    // unity had 0 already: two incidents would cost 20 × 0.6 = 12, but there was nothing left to lose.
    expect(effects.deductions).toMatchObject([{ id: 'less.bad', before: 0, after: 2, effect: -12 }]);
    expect(effects.rest).toBe(12);
    const all = [deed('a'), deed('b'), deed('c'), deed('c', '2026-09-01')];
    const vetoed = effectsBetween([...all, deed('grave')], all).effects;
    // 40 × (0.7 + 0.3 / 4) + 60 = 91, capped at 59.
    expect(vetoed).toMatchObject({
      vetoes: [{ id: 'veto.grave', before: false, after: true }],
      vetoEffect: -32,
      rest: 0,
    });
    expect(mainReasonOf({ ...vetoed, otherPlan: false }, { places: -1, own: -1, change: -32 })).toEqual({
      because: 'veto',
      id: 'veto.grave',
      effect: -32,
    });
  });

  test('given time alone went by, then what has come due is the reason', () => {
    const to = (on: string): Question => ({ basis: 'to-date', on });
    const { effects } = effectsBetween([deed('a')], [deed('a')], [to('2026-03-31'), to('2026-06-30')]);
    // In March a alone counts, at 1; in June c's first half has been missed, and a's second quarter.
    expect(effects.requirements.map(({ id, before, after, effect }) => [id, before, after, effect])).toEqual([
      ['r3', null, 0, -60],
      ['r1', 1, 0.5, -20],
      ['r2', null, null, 0],
    ]);
    expect(changedOnly(effects).requirements.map(({ id }) => id)).toEqual(['r3', 'r1']);
  });

  test('given more has come due, then what stayed as it was has no effect, though it weighs less by now', () => {
    const to = (on: string): Question => ({ basis: 'to-date', on });
    const mine = [deed('c'), deed('c', '2026-09-01'), deed('b', '2026-11-01')];
    const { effects } = effectsBetween(mine, mine, [to('2026-06-30'), to('2026-12-31')]);
    // a is missed both times. Learning stood at 0 without b, and stands at 70 with it: 40 × 0.7 = 28.
    expect(effects.requirements.map(({ id, before, after, effect }) => [id, before, after, effect])).toEqual([
      ['r2', null, 1, 28],
      ['r1', 0, 0, 0],
      ['r3', 1, 1, 0],
    ]);
    expect(mainReasonOf({ ...effects, otherPlan: false }, { places: 1, own: 1, change: 28 })).toEqual({
      because: 'requirement',
      id: 'r2',
      effect: 28,
    });
    // Of four places less than half are its own doing: others did it.
    const others = { because: 'others', id: null, effect: 28 };
    expect(mainReasonOf({ ...effects, otherPlan: false }, { places: 4, own: 1, change: 28 })).toEqual(others);
    // A gain is no reason for a fall.
    expect(mainReasonOf({ ...effects, otherPlan: false }, { places: -2, own: 1, change: 28 })).toEqual(
      others,
    );
  });

  test('given a unit that was not ranked before, then what its total is made of', () => {
    const after = sideOf(ranking({ u: [deed('a'), deed('c'), deed('bad')] }), 'u');
    if (!after) throw new Error('not ranked');
    const effects = effectsOf(null, after);
    expect(effects.requirements.map(({ id, effect }) => [id, effect])).toEqual([
      ['r3', 30],
      ['r1', 3],
      ['r2', 0],
    ]);
    expect(effects.deductions).toMatchObject([{ id: 'less.bad', effect: -6 }]);
    expect(effects.rest).toBe(0);
  });

  const deeds = fc.array(
    fc.record({
      kind: fc.constantFrom('a', 'b', 'c', 'bad', 'grave'),
      occurredOn: fc.constantFrom('2026-01-05', '2026-05-05', '2026-07-05', '2026-11-01'),
    }),
    { maxLength: 8 },
  );
  const question = fc.constantFrom<Question>(
    atYearEnd,
    { basis: 'to-date', on: '2026-06-30' },
    { basis: 'to-date', on: '2026-12-31' },
  );

  test('effects, veto and rest add up to the difference of the totals, whatever happened', () => {
    fc.assert(
      fc.property(deeds, deeds, question, question, (was, is, first, second) => {
        const { before, after, effects } = effectsBetween(is, was, [first, second]);
        if (!before || before.verdict.total === null || after.verdict.total === null) return;
        const { requirements, deductions, vetoEffect, rest } = effects;
        const sum = [...requirements, ...deductions].reduce((total, { effect }) => total + effect, 0);
        const difference = (after.verdict.total - before.verdict.total) / 10_000;
        expect(sum + vetoEffect + rest).toBeCloseTo(difference, 6);
        // Without a criterion at its floor, only rounding is left.
        const floored = [before, after].some(({ verdict }) => verdict.deductions.length > 0);
        if (!floored) expect(Math.abs(rest)).toBeLessThan(0.001);
      }),
      { numRuns: 200 },
    );
  });
});

describe('who moved', () => {
  test('given two rankings, then the furthest moves come first, with their main reason', () => {
    const before = ranking({ x: [deed('b')], y: [deed('a')], z: [] });
    const after = ranking({ x: [deed('b')], y: [deed('a')], z: [deed('c'), deed('c', '2026-09-01')] });
    // 28, 3, 0 → 28, 3, 60: z rises from 3 to 1; x and y are passed.
    const { rose, fell, kept } = atOnce(moversOf(before, after, 10));
    expect([rose.count, fell.count, kept]).toEqual([1, 2, 0]);
    expect([rose.level, fell.level]).toEqual([0, 0]);
    expect(rose.movers).toHaveLength(1);
    expect(rose.movers[0]).toMatchObject({
      unit: 'z',
      places: 2,
      before: { rank: 3, total: 0 },
      after: { rank: 1, total: 60 },
      reason: { because: 'requirement', id: 'r3', effect: 60 },
    });
    expect(fell.movers.map(({ unit, places, reason }) => [unit, places, reason.because])).toEqual([
      ['x', -1, 'others'],
      ['y', -1, 'others'],
    ]);
  });

  test('given more than are asked for, then each direction has its own, and says how many more are level', () => {
    const before = ranking({ x: [deed('b')], y: [deed('a')], z: [] });
    const after = ranking({ x: [deed('b')], y: [deed('a')], z: [deed('c'), deed('c', '2026-09-01')] });
    const { rose, fell } = atOnce(moversOf(before, after, 1));
    expect(rose).toMatchObject({ movers: [{ unit: 'z' }], count: 1, level: 0 });
    expect(fell).toMatchObject({ movers: [{ unit: 'x', places: -1 }], count: 2, level: 1 });
  });

  test('given a unit that is ranked at one time only, then it moved nowhere', () => {
    const before = ranking({ x: [deed('b')] });
    const after = ranking({ x: [deed('b')], y: [deed('c')] });
    expect(atOnce(moversOf(before, after, 10))).toMatchObject({
      fell: { movers: [{ unit: 'x' }], count: 1 },
      kept: 0,
    });
  });
});

describe('a unit that had not begun at the earlier time', () => {
  const done = [deed('b'), deed('c')];
  const before = {
    ...ranking({ x: [deed('b')], late: [], y: [deed('a')] }),
    unbegun: new Map([['late', '2026-07-01']]),
  };
  const after = ranking({ x: [deed('b')], late: done, y: [deed('a')] });

  test('neither rose nor fell, though ranks count it at both times', () => {
    const { rose, fell, kept } = atOnce(moversOf(before, after, 10));
    expect([rose.count, rose.movers, kept]).toEqual([0, [], 0]);
    expect(fell.movers.map(({ unit, places }) => [unit, places])).toEqual([
      ['x', -1],
      ['y', -1],
    ]);
  });

  test('has no place then, says since when it is there, and is told so in a sentence', () => {
    const moved = movementOfUnit({ before, after, recast: null }, 'late', []);
    expect(moved).toMatchObject({ before: null, split: null, since: '2026-07-01', passedBy: { count: 0 } });
    const asked = { plan: { year: 2026, version: 1 }, compared: { plan: { year: 2026, version: 1 } } };
    const facts = movementFacts({ ...moved, ...asked } as Movement);
    expect(facts).toEqual([
      { kind: 'not-begun-then', since: '2026-07-01', rank: 1, total: moved?.after.total },
    ]);
    const setting = { plan, since: 'Compared with 30 Jun', day: '30 Jun' };
    expect(movementAnswer(wordsOf('en'), facts, setting)).toEqual([
      'Compared with 30 Jun, there is nothing to compare: it is there since 1 Jul 2026, and in place 1 now with 58.00 points.',
    ]);
  });

  test('is among those that passed another without an earlier place of its own', () => {
    const moved = movementOfUnit({ before, after, recast: null }, 'x', []);
    expect(moved?.since).toBeNull();
    expect(moved?.passedBy.units).toMatchObject([{ unit: 'late', before: null, change: null }]);
  });
});

describe('events since then', () => {
  const recorded = (type: string, more: Partial<Recorded> = {}): Recorded => ({
    position: '0-1',
    type,
    recordedtime: '2026-07-02T01:00:00Z',
    by: 'unit',
    reason: null,
    activity: 'x-1',
    body: { title: '题', kind: 'a', occurredOn: '2026-07-01' },
    before: null,
    ...more,
  });

  test('given what an event is about, then it is new, late or corrected, at all that it bears on', () => {
    const late = { title: '题', kind: 'a', occurredOn: '2026-06-30' };
    const events = marked(
      plan,
      [
        recorded('activity.recorded'),
        recorded('activity.recorded', { position: '0-2', body: late }),
        recorded('activity.amended', { position: '0-3', body: { ...late, kind: 'bad' }, before: late }),
        recorded('appeal.decided', { position: '0-4', body: { ...late, kind: 'bad' } }),
        recorded('unit.changed', { position: '0-5', activity: null, body: null }),
      ],
      '2026-06-30',
    );
    expect(events.map(({ mark }) => mark)).toEqual(['new', 'late', 'corrected', 'corrected', 'new']);
    expect(events[0]?.moves).toEqual(['r1', 'if.a']);
    expect(events[2]?.moves).toEqual(['less.bad', 'r1', 'if.a']);
    expect(events[4]?.moves).toEqual([]);
    const { effects } = effectsBetween([deed('a'), deed('bad')], []);
    const { requirements, deductions } = withEvents(effects, events);
    expect(requirements.find(({ id }) => id === 'r1')?.events).toEqual(['0-1', '0-2', '0-3']);
    expect(deductions[0]?.events).toEqual(['0-3', '0-4']);
  });

  test('given a decision that changes nothing of what counts, then it is behind no move', () => {
    const deed = { title: '题', kind: 'a', occurredOn: '2026-06-30' };
    const incident = { ...deed, kind: 'bad' };
    const by = (counts: Plan['counts'], event: Partial<Recorded>, type = 'activity.verified'): string[] =>
      marked({ ...plan, counts }, [recorded(type, event)], '2026-06-30').flatMap(({ moves }) => moves);
    const verified = { before: deed, body: { ...deed, state: 'verified' as const } };
    const rejected = { before: verified.body, body: { ...deed, state: 'rejected' as const } };
    expect(by('reported', verified)).toEqual([]);
    expect(by('verified', verified)).not.toEqual([]);
    expect(by('reported', rejected, 'activity.rejected')).toEqual(
      by('verified', rejected, 'activity.rejected'),
    );
    expect(by('reported', rejected, 'activity.rejected')).toEqual(by('verified', verified));
    // An incident counts from its report on, and no more once an appeal waives it.
    const waived = { before: incident, body: { ...incident, waived: true } };
    expect(by('verified', { before: incident, body: { ...incident, state: 'verified' } })).toEqual([]);
    expect(by('verified', waived, 'appeal.decided')).toEqual(['less.bad']);
    // What never counted, and counts no more, moved nothing; what was put right did.
    expect(by('verified', { body: deed }, 'activity.recorded')).toEqual([]);
    expect(by('reported', { before: deed, body: deed }, 'activity.amended')).toEqual(
      by('reported', { body: deed }),
    );
  });

  test('given a day looked from, then what happened later moved nothing, unless it stood before that day once', () => {
    const on = (occurredOn: string) => ({ title: '题', kind: 'a', occurredOn });
    const events = [
      recorded('activity.recorded', { position: '0-1', body: on('2026-06-30') }),
      recorded('activity.recorded', { position: '0-2', body: on('2026-07-01') }),
      recorded('activity.amended', { position: '0-3', body: on('2026-07-09'), before: on('2026-06-01') }),
      recorded('activity.retracted', { position: '0-4', body: null, before: on('2026-07-09') }),
      recorded('unit.changed', { position: '0-5', activity: null, body: null }),
    ];
    expect(seenOn(events, '2026-06-30').map(({ position }) => position)).toEqual(['0-1', '0-3', '0-5']);
  });
});
