import { describe, expect, it } from 'vitest';
import { movementFacts } from '#schemas/presentation/answers/movement.ts';
import type { Crossing, Movement, MovementEvent } from '#schemas/results/movement.ts';
import { ASKED, rankingRow, standing } from '#test/fixtures/dashboard.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { claimAnswer, claimRows } from '../../dashboard/pages/unit/inspection.ts';
import { changeOf, effectsOf, idleEvents, sumOf } from '../../dashboard/pages/unit/movement.ts';
import { movementAnswer } from '../../dashboard/pages/unit/movementAnswer.ts';

const zh = wordsOf('zh-CN');
const en = wordsOf('en');

describe('the reason of a movement', () => {
  const event = (position: string): MovementEvent => ({
    position,
    type: 'activity.recorded',
    recordedtime: '2026-10-06T02:33:54.781Z',
    mark: 'late',
    activity: position,
    title: position,
    kind: 'research',
    by: 'unit',
    occurredOn: '2026-09-30',
    reason: null,
    moves: ['learning.research'],
  });
  const movement: Movement = {
    unit: 'u',
    name: '一中',
    group: 'school',
    before: { rank: 5, of: 48, total: 91.2, totalWithoutVeto: 91.2 },
    after: { rank: 44, of: 48, total: 59, totalWithoutVeto: 91.5 },
    known: 'then',
    recast: { rank: 30, of: 48, total: 80, totalWithoutVeto: 80 },
    since: null,
    split: { own: -39, others: 0 },
    passedBy: { count: 39, units: null },
    overtook: { count: 0, units: null },
    joined: { count: 0, units: null },
    left: { count: 0, units: null },
    requirements: [
      {
        id: 'learning.research',
        criterion: 'learning',
        before: 0.5,
        after: 0.75,
        effect: 1.3001,
        events: ['a'],
      },
      { id: 'learning.lectures', criterion: 'learning', before: 1, after: 1, effect: 0, events: ['b'] },
    ],
    deductions: [
      { id: 'unity.admonition', criterion: 'unity', before: 0, after: 1, effect: -1, events: ['c'] },
    ],
    vetoes: [{ id: 'integrity.violation', before: false, after: true, events: ['d'] }],
    vetoEffect: -32.5,
    rest: -0.0001,
    events: ['a', 'b', 'c', 'd'].map(event),
    compared: { plan: { year: 2026, version: 1 }, on: '2026-09-30', asOf: null },
    ...ASKED,
  };
  const plan = { requirements: [], deductions: [], vetoes: [] };
  const effects = effectsOf(zh, plan, movement);

  it('lists what changed the total without veto, the remainder last, and what the veto did beside', () => {
    expect(effects.own.map(({ id, effect, events }) => [id, effect, events.length])).toEqual([
      ['learning.research', 1.3001, 1],
      ['unity.admonition', -1, 1],
      ['rest', -0.0001, 0],
    ]);
    expect(sumOf(effects.own)).toBe(0.3);
    expect(effects.veto).toMatchObject({ id: 'integrity.violation', effect: -32.5 });
    expect(changeOf(movement)).toBe(sumOf([...effects.own, ...(effects.veto ? [effects.veto] : [])]));
  });

  it('does not leave a report alone beside a fall that it cannot have made: time did', () => {
    const byTime = (effect: number, type: string, measure: object) => {
      const requirements = movement.requirements.slice(0, 1).map((row) => ({ ...row, effect }));
      const events = movement.events.map((one) => ({ ...one, type }));
      const named = {
        ...plan,
        requirements: [{ id: 'learning.research', name: { zh: '', en: '' }, measure }],
      };
      const { own } = effectsOf(zh, named as never, { ...movement, requirements, events });
      return own.find(({ id }) => id === 'learning.research')?.otherwise;
    };
    const count = { type: 'count', per: 'month', atLeast: 1 };
    expect(byTime(-0.89, 'activity.recorded', count)).toBe('moved.noEvents');
    expect(byTime(0.89, 'activity.recorded', count)).toBeNull();
    expect(byTime(-0.89, 'activity.rejected', count)).toBeNull();
    // What was due and not done is told by the report itself.
    expect(byTime(-0.89, 'activity.recorded', { type: 'ratio' })).toBeNull();
  });

  it('does not say against another year that a deadline passed: each year has its own reports', () => {
    const [row] = movement.requirements;
    const requirements = row ? [{ ...row, events: [] }] : [];
    const against = (year: number) => {
      const compared = { ...movement.compared, plan: { year, version: 1 } };
      return effectsOf(zh, plan, { ...movement, requirements, compared }).own[0]?.otherwise;
    };
    expect([against(movement.plan.year), against(movement.plan.year - 1)]).toEqual([
      'moved.noEvents',
      'moved.otherYear',
    ]);
  });

  it('keeps the events that moved nothing apart', () => {
    expect(idleEvents(movement, effects).map(({ position }) => position)).toEqual(['b']);
  });

  const told = (one: Movement, words = zh) =>
    movementAnswer(words, movementFacts(one), { plan, since: '与 9 月 30 日相比', day: '9 月 30 日' });

  it('says from where to where, whose doing it is, what weighed most, and what became known late', () => {
    expect(told(movement)).toEqual([
      '与 9 月 30 日相比，从第 5 名降到第 44 名（▼39），总分 91.20 → 59.00（−32.20）。',
      '自身总分下降 32.20 分，由此使名次降 39 名；其他单位的变化使名次不变。',
      '39 个单位排到了它前面。',
      '一票否决使总分封顶；未否决总分 91.20 → 91.50（+0.30）。',
      '使总分下降最多的是“一票否决：integrity.violation”（−32.50 分）。',
      '按现有资料，9 月 30 日应列第 30 名：后来记录的（补报、更正、组织部的记录）使名次降 25 名，此后的变化使名次降 14 名。',
    ]);
    expect(told({ ...movement, before: null })).toEqual([
      '与 9 月 30 日相比：当时还没有名次，现第 44 名，总分 59.00。',
    ]);
  });

  it('does not give a gain as the reason of a fall: says what its own total did, and who passed it', () => {
    const fell: Movement = {
      ...movement,
      before: { rank: 1, of: 48, total: 90, totalWithoutVeto: 90 },
      after: { rank: 12, of: 47, total: 89.65, totalWithoutVeto: 89.65 },
      requirements: movement.requirements.slice(0, 1).map((row) => ({ ...row, effect: 2.86 })),
      deductions: movement.deductions.map((row) => ({ ...row, effect: -3.21 })),
      vetoes: [],
      vetoEffect: 0,
      rest: 0,
      recast: null,
      split: { own: -1, others: -10 },
      passedBy: { count: 11, units: ['甲', '乙', '丙', '丁'].map((name) => crossing(name)) },
      left: { count: 1, units: [{ unit: 'x', name: '戊', group: 'school' }] },
    };
    expect(told(fell)).toEqual([
      '与 9 月 30 日相比，从第 1 名降到第 12 名（▼11），总分 90.00 → 89.65（−0.35）。',
      '自身总分下降 0.35 分，由此使名次降 1 名；其他单位的变化使名次降 10 名。',
      '11 个单位排到了它前面：甲、乙、丙及另外 1 个单位。',
      '有名次的单位由 48 个变为 47 个（减少戊）。',
    ]);
    const own = { ...fell, split: { own: -6, others: -5 } };
    expect(told(own)[3]).toBe('使总分下降最多的是“unity.admonition”（−3.21 分）。');
    const [row] = own.requirements;
    const alike = { ...own, requirements: row ? [{ ...row, id: 'other', effect: -3.21 }] : [] };
    expect(told(alike)[3]).toMatch(/^使总分下降最多的是“.+”（−3.21 分），另有 1 项相同。$/);
    expect(told(alike, en)[3]).toMatch(/^“.+” and 1 more lowered the total most \(−3.21 points each\)\.$/);
  });

  it('lays effects at the total without the veto where the veto caps both totals', () => {
    const capped: Movement = {
      ...movement,
      before: { rank: 44, of: 48, total: 59, totalWithoutVeto: 84.1 },
      after: { rank: 44, of: 48, total: 59, totalWithoutVeto: 84.0086 },
      requirements: [{ ...(movement.requirements[0] as Movement['requirements'][0]), effect: 0.1287 }],
      deductions: movement.deductions.map((row) => ({ ...row, effect: -0.22 })),
      vetoes: [{ id: 'integrity.violation', before: true, after: true, events: [] }],
      vetoEffect: 0.0914,
      rest: -0.0001,
      recast: null,
      split: { own: 0, others: 0 },
      passedBy: { count: 0, units: [] },
    };
    expect(told(capped, en).slice(1)).toEqual([
      'A veto caps the total; without it the total went 84.10 → 84.01 (−0.09).',
      '“unity.admonition” lowered the total without the veto most (−0.22 points).',
    ]);
    const { own, veto } = effectsOf(en, plan, capped);
    expect([sumOf(own), veto?.effect, changeOf(capped)]).toEqual([-0.0914, 0.0914, 0]);
  });
});

const crossing = (name: string): Crossing => ({
  unit: name,
  name,
  group: 'school',
  before: { rank: 5, total: 80 },
  after: { rank: 4, total: 95 },
  change: 15,
});

describe('self-inspection beside the record', () => {
  const plan = {
    criteria: ['learning', 'unity'].map((id) => ({ id, name: { zh: id, en: id }, weight: 20 })),
  };
  const claim = (selfScore: number) => ({ selfScore, shortcomings: '', remedies: '' });

  it('tells over from under, and names the greatest excess', () => {
    const rows = claimRows(
      zh,
      plan,
      standing({
        row: rankingRow({ unit: 'u', criteria: { learning: 80.1, unity: 100 } }),
        selfInspection: { recordedOn: '2026-12-01', criteria: { learning: claim(95), unity: claim(90) } },
      }),
    );
    expect(rows.map(({ difference }) => difference)).toEqual([14.9, -10]);
    expect(claimAnswer(zh, rows)).toBe(
      '自评高于记录的有 1 型，低于的有 1 型；高出最多的是learning（14.90 分）。',
    );
    expect(claimAnswer(en, rows.slice(1))).toBe('Nothing is claimed above the record.');
  });

  it('compares nothing where none was submitted', () => {
    expect(claimRows(zh, plan, standing({})).map(({ difference }) => difference)).toEqual([null, null]);
  });
});
