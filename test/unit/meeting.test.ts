import { describe, expect, test } from 'vitest';
import { awardsGiven } from '#schemas/awards.ts';
import { barOf, candidatesOf, placesOf, quotaOf } from '#schemas/candidates.ts';
import { rankUnits } from '#schemas/ranks.ts';
import { compilePlan, judgeUnit, type Verdict } from '#schemas/scoring.ts';
import { pointsLost } from '#schemas/standing.ts';
import { agendaOf, makeTeaching, type Practised, subjectsOf } from '#schemas/teaching.ts';
import { commonMethod, dayAcross, dayInYear, inYear, planChanges } from '#schemas/yearOnYear.ts';
import { planWith } from '#test/support/plan.ts';
import { type Deed, tallyOf } from '#test/support/tally.ts';

const plan = planWith({
  requirements: [
    { kind: 'a', points: 60, measure: { type: 'count', per: 'quarter', atLeast: 1 } },
    { kind: 'b', points: 40, measure: { type: 'count', per: 'half', atLeast: 1 } },
  ],
  vetoes: [{ kind: 'grave', cap: 59 }],
  conditions: [{ kind: 'formed', by: '03-31' }],
});
const QUARTERS = ['2026-01-05', '2026-04-05', '2026-07-05', '2026-10-05'];
const HALVES = ['2026-01-05', '2026-07-05'];

/** So many quarters of `a` and halves of `b`, and what else. */
const did = (a: number, b: number, ...more: string[]): Deed[] => [
  ...QUARTERS.slice(0, a).map((occurredOn) => ({ kind: 'a', occurredOn })),
  ...HALVES.slice(0, b).map((occurredOn) => ({ kind: 'b', occurredOn })),
  ...['formed', ...more].map((kind) => ({ kind, occurredOn: '2026-02-01' })),
];
type Unit = { deeds: Deed[]; group?: string; teamSize?: number };

function ranking(units: Record<string, Unit>) {
  const judge = compilePlan(plan, { basis: 'year', on: '2026-12-31' });
  const tallies = Object.entries(units).map(([unit, { deeds, group = 'farm', teamSize = 5 }]) =>
    tallyOf(plan, deeds, { unit, name: unit, group, teamSize }),
  );
  return { judge, ranked: rankUnits(judge, tallies) };
}

describe('quotas', () => {
  test('are numbers or shares, and shares are rounded up exactly', () => {
    const at = (text: string, ranked: number) => {
      const quota = quotaOf(text);
      return quota && placesOf(quota, ranked);
    };
    expect([at('5', 48), at('10%', 48), at('10%', 30), at('33.3%', 1_000), at('0%', 9)]).toEqual([
      5, 5, 3, 333, 0,
    ]);
    for (const wrong of ['', '-1', '1.5', '101%', '10 %', '1e3', '%']) expect(quotaOf(wrong)).toBeUndefined();
  });
});

describe('candidates', () => {
  const units = {
    v: { deeds: did(4, 2, 'grave') },
    x: { deeds: did(4, 2) },
    y: { deeds: did(4, 1) },
    z: { deeds: did(4, 1) },
    late: { deeds: did(4, 2).filter(({ kind }) => kind !== 'formed') },
    s: { deeds: did(1, 0), group: 'school' },
  };
  const found = (quota: string, perGroup: string) => {
    const { judge, ranked } = ranking(units);
    return candidatesOf(judge, ranked, {
      quota: quotaOf(quota) ?? { places: 0 },
      perGroup: quotaOf(perGroup) ?? { places: 0 },
    });
  };

  test('given those who may not be commended, then they take no place, and it is said who they are and why', () => {
    const { candidates, passedOver } = found('1', '1');
    expect(candidates.map(({ row, within }) => [row.unit, within])).toEqual([
      ['x', ['overall', 'group']],
      ['s', ['group']],
    ]);
    expect(passedOver.map(({ unit, vetoes, missed }) => [unit, vetoes, missed])).toEqual([
      ['late', [], ['if.formed']],
    ]);
    const { judge, ranked } = ranking(units);
    const of = (unit: string) => ranked.verdicts.find(({ tally }) => tally.unit === unit) as Verdict;
    expect(barOf(judge, of('x'))).toBeNull();
    expect(barOf(judge, of('v'))).toBe('the veto veto.grave fell on it');
    expect(barOf(judge, of('late'))).toBe('it did not meet the condition if.formed by 2026-03-31');
  });

  test('given two that share the last place, then both are in and marked', () => {
    const { candidates } = found('2', '0');
    expect(candidates.map(({ row, tied }) => [row.unit, tied])).toEqual([
      ['x', false],
      ['y', true],
      ['z', true],
    ]);
    expect(found('0', '0').candidates).toEqual([]);
  });
});

describe('awards', () => {
  const event = (honour: string, position: string, withdrawn = false) => {
    const recordedtime = '2026-12-01T00:00:00Z';
    return { unit: 'x', honour, reason: position, withdrawn, recordedtime, position };
  };

  test('one given twice counts once; one taken back may be given again', () => {
    const given = awardsGiven([
      event('best', '1'),
      event('best', '2'),
      event('other', '3', true),
      event('best', '4', true),
      event('best', '5'),
    ]);
    expect(given.map(({ position, withdrawn }) => [position, withdrawn?.position ?? null])).toEqual([
      ['1', '4'],
      ['5', null],
    ]);
  });
});

describe('who can teach whom', () => {
  const units: Record<string, Unit> = {
    big: { deeds: did(4, 2), teamSize: 12 },
    alike: { deeds: did(4, 2), teamSize: 5 },
    school: { deeds: did(4, 2), teamSize: 5, group: 'school' },
    vetoed: { deeds: did(4, 2, 'grave'), teamSize: 5 },
    weak: { deeds: did(1, 0), teamSize: 5 },
    pupil: { deeds: did(2, 2), teamSize: 5, group: 'school' },
  };
  const topics = (practised: Record<string, Practised> = {}, group?: string, most = 5) => {
    const { judge, ranked } = ranking(units);
    const topicOf = makeTeaching({
      judge,
      ranked,
      lostOf: (verdict) => pointsLost(judge, verdict),
      practisedBy: (unit) => practised[unit] ?? { activities: 0, verified: 0, latest: null },
      most,
      group,
    });
    return subjectsOf(judge).map(topicOf);
  };
  const pairsOf = (found: ReturnType<typeof topics>, id: string) =>
    found.find((topic) => topic.id === id)?.pairs.map(({ learner, teacher }) => [learner.unit, teacher.unit]);

  test('then a learner gets a teacher of its group and size, and nobody learns from a vetoed team', () => {
    const found = topics();
    expect(pairsOf(found, 'r1')).toEqual([
      ['weak', 'alike'],
      ['pupil', 'school'],
    ]);
    expect(pairsOf(found, 'r2')).toEqual([['weak', 'alike']]);
    expect(found.flatMap(({ excelling }) => excelling.map(({ unit }) => unit))).not.toContain('vetoed');
    expect(found[0]?.pairs[0]?.practice?.requirement).toBe('r1');
    expect(agendaOf(found)).toEqual(['r1', 'r2']);
  });

  test('then of equals those come first whose work is verified, then whose is fresh', () => {
    const found = topics({
      big: { activities: 4, verified: 4, latest: '2026-05-01' },
      alike: { activities: 4, verified: 2, latest: '2026-10-05' },
      school: { activities: 4, verified: 4, latest: '2026-10-05' },
    });
    expect(found[1]?.excelling.map(({ unit }) => unit)).toEqual(['school', 'big', 'alike']);
  });

  test('when more excel or lag than are listed, then it is told how many, and how many of them are level', () => {
    const [all, few] = [topics(), topics({}, undefined, 1)];
    all.forEach((whole, index) => {
      for (const side of ['excelling', 'lagging'] as const) {
        const rest = whole[side].slice(1);
        const level = rest.filter((team) => team.level === whole[side][0]?.level).length;
        expect(whole[`${side}Unlisted`]).toEqual({ left: 0, level: 0 });
        expect(few[index]?.[`${side}Unlisted`]).toEqual({ left: rest.length, level });
      }
    });
    expect(few.some(({ excellingUnlisted }) => excellingUnlisted.level > 0)).toBe(true);
  });

  test('when one group is asked for, then its units alone learn', () => {
    expect(pairsOf(topics({}, 'school'), 'r1')).toEqual([['pupil', 'school']]);
  });

  test('when one group is asked for, then what is lost on average is lost by its units', () => {
    const { judge, ranked } = ranking(units);
    for (const group of [undefined, 'farm', 'school'])
      for (const { of, id, counted, lost } of topics({}, group)) {
        if (of !== 'requirement') continue;
        const own = ranked.verdicts.filter(({ tally }) => group === undefined || tally.group === group);
        const at = judge.plan.requirements.findIndex((requirement) => requirement.id === id);
        const losses = own.map((verdict) => (pointsLost(judge, verdict)[at] ?? 0) / 10_000);
        expect([group, id, counted]).toEqual([group, id, own.length]);
        expect(lost).toBeCloseTo(losses.reduce((sum, one) => sum + one, 0) / own.length, 3);
      }
  });
});

describe('year on year', () => {
  test('then a method is carried with its windows and due days, and leaves out what the other year did not know', () => {
    const other = planWith({
      year: 2025,
      criteria: { learning: 30 },
      requirements: [{ kind: 'a', points: 50, measure: { type: 'count', per: 'quarter', atLeast: 1 } }],
    });
    const { plan: common, leftOut } = commonMethod(plan, other);
    expect(leftOut).toEqual(['r2']);
    const judge = compilePlan(inYear(common, 2025), { basis: 'year', on: '2025-12-31' });
    const deeds = QUARTERS.slice(0, 2).map((day) => ({ kind: 'a', occurredOn: day.replace('2026', '2025') }));
    expect(judgeUnit(judge, tallyOf(inYear(common, 2025), deeds)).total).toBe(500_000);
    expect(planChanges(plan, other)).toEqual({
      weights: [{ id: 'learning', weight: 20, before: 30 }],
      added: ['r2'],
      dropped: [],
      changed: ['r1'],
    });
  });

  test('then the same day of another year is meant, also where that has none', () => {
    expect([
      dayInYear('2024-02-29', 2023),
      dayInYear('2024-02-29', 2028),
      dayInYear('2026-11-20', 2025),
    ]).toEqual(['2023-02-28', '2028-02-29', '2025-11-20']);
  });

  test('then a day past the year stays as far past the other one', () => {
    expect([
      dayAcross('2027-01-05', 2026, 2025),
      dayAcross('2026-11-20', 2026, 2025),
      dayAcross('2028-02-29', 2027, 2026),
    ]).toEqual(['2026-01-05', '2025-11-20', '2027-02-28']);
  });
});
