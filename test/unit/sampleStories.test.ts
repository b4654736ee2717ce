import { describe, expect, it } from 'vitest';
import type { EventOf, EventType } from '#schemas/events.ts';
import { historiesOf, type Score, scoreOf } from '#test/support/sampleScores.ts';
import { generateSample } from '../../sample/generate.ts';
import { type Character, UNITS } from '../../sample/units.ts';

const TODAY = '2026-11-20';
const events = generateSample({ today: TODAY });
const histories = historiesOf(events);

const of = <T extends EventType>(type: T): EventOf<T>[] =>
  events.filter((event): event is EventOf<T> & (typeof events)[number] => event.type === type);

const lastYear = new Map<string, Score>();
const toDate = new Map<string, Score>();
for (const [unit, history] of histories) {
  const last = scoreOf(history, 2025, 'year', TODAY);
  const present = scoreOf(history, 2026, 'to-date', TODAY);
  if (last) lastYear.set(unit, last);
  if (present) toDate.set(unit, present);
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
const meanOf = (scores: Map<string, Score>, character: Character) =>
  mean(
    UNITS.filter((unit) => unit.character === character).flatMap(
      ({ id }) => scores.get(id)?.withoutVeto ?? [],
    ),
  );

describe('the stories that the sample tells', () => {
  it('strong teams lead, weak ones trail, and the middle lies between', () => {
    for (const scores of [lastYear, toDate]) {
      expect(meanOf(scores, 'strong')).toBeGreaterThan(91);
      expect(meanOf(scores, 'middle')).toBeGreaterThan(74);
      expect(meanOf(scores, 'middle')).toBeLessThan(meanOf(scores, 'good'));
      expect(meanOf(scores, 'weak')).toBeLessThan(66);
    }
  });

  it('rising teams rise and falling teams fall from year to year', () => {
    expect(meanOf(toDate, 'rising') - meanOf(lastYear, 'rising')).toBeGreaterThan(10);
    expect(meanOf(lastYear, 'falling') - meanOf(toDate, 'falling')).toBeGreaterThan(10);
  });

  it('uneven teams are far better at one type than at another', () => {
    for (const { id } of UNITS.filter(({ character }) => character === 'uneven')) {
      const scores = Object.values(lastYear.get(id)?.criteria ?? {});
      expect([id, Math.max(...scores) - Math.min(...scores) > 15]).toEqual([id, true]);
    }
  });

  it('totals differ, so that ranks mean something', () => {
    for (const scores of [lastYear, toDate]) {
      const totals = [...scores.values()].map(({ total }) => total);
      expect(new Set(totals).size).toBeGreaterThan(totals.length - 3);
      expect(Math.max(...totals)).toBeLessThan(100);
    }
  });

  it('several teams that did research otherwise missed that of last year’s fourth quarter', () => {
    const quarters = new Map<string, Set<number>>();
    for (const { data } of of('activity.recorded'))
      if (data.kind === 'research' && data.year === 2025) {
        const seen = quarters.get(data.unit) ?? new Set();
        quarters.set(data.unit, seen.add(Math.ceil(Number(data.occurredOn.slice(5, 7)) / 3)));
      }
    const missed = [...quarters.values()].filter((seen) => seen.size === 3 && !seen.has(4));
    expect(missed.length).toBeGreaterThanOrEqual(4);
  });

  it('one veto each year caps a team that had done well, and bars it', () => {
    for (const scores of [lastYear, toDate]) {
      const vetoed = [...scores.values()].filter(({ vetoes }) => vetoes.length);
      expect(vetoed).toHaveLength(1);
      expect(vetoed[0]?.total).toBe(59);
      expect(vetoed[0]?.withoutVeto).toBeGreaterThan(85);
      expect(vetoed[0]?.eligible).toBe(false);
    }
  });

  it('several kinds of incident deduct points, and one was waived on appeal', () => {
    for (const scores of [lastYear, toDate])
      expect(new Set([...scores.values()].flatMap(({ deductions }) => deductions)).size).toBe(6);
    const all = [...histories.values()].flatMap(({ activities }) => activities);
    expect(all.filter(({ recordedBy, waived }) => recordedBy === '/organisation' && waived)).toHaveLength(1);
    expect(
      all.filter(({ recordedBy, state }) => recordedBy === '/organisation' && state === 'rejected'),
    ).toHaveLength(1);
  });

  it('appeals were granted and dismissed, and at least one is still open', () => {
    const outcomes = of('appeal.decided').map(({ data }) => data.outcome);
    expect(new Set(outcomes)).toEqual(new Set(['granted', 'dismissed']));
    const open = [...histories.values()].flatMap(({ activities }) =>
      activities.filter((one) => one.appealOpen),
    );
    expect(open.length).toBeGreaterThanOrEqual(1);
    expect(open.length).toBeLessThan(6);
    const rejected = [...histories.values()].flatMap(({ activities }) =>
      activities.filter((a) => a.state === 'rejected'),
    );
    expect(rejected.length).toBeGreaterThan(10);
  });

  it('many reports are verified, some amended, some retracted, some weeks late, some sent twice', () => {
    expect(of('activity.verified').length).toBeGreaterThan(900);
    expect(of('activity.amended').length).toBeGreaterThan(100);
    expect(of('activity.retracted').length).toBeGreaterThan(40);
    const late = of('activity.recorded').filter(
      (event) => Date.parse(event.recordedtime ?? '') - Date.parse(event.data.occurredOn) > 20 * 86_400_000,
    );
    expect(late.length).toBeGreaterThan(150);
    const twice = of('activity.retracted').filter(({ data }) => data.reason.includes('重复'));
    expect(twice.length).toBeGreaterThan(15);
  });

  it('economic targets of both directions come in February, values by quarter, and some are replaced', () => {
    const assigned = of('target.assigned');
    expect(new Set(assigned.map(({ data }) => data.direction))).toEqual(new Set(['atLeast', 'atMost']));
    const keys = assigned.map(({ data }) => `${data.unit} ${data.year} ${data.indicator}`);
    expect(keys.length - new Set(keys).size).toBeGreaterThanOrEqual(3);
    const values = of('activity.recorded').filter(
      ({ data }) => data.kind === 'indicator' && data.year === 2025,
    );
    expect(new Set(values.map(({ data }) => data.occurredOn.slice(5, 7)))).toEqual(
      new Set(['03', '06', '09', '12']),
    );
  });

  it('most teams inspected themselves last December; some claim far more than the record bears out', () => {
    const last = of('selfinspection.submitted').filter(({ data }) => data.year === 2025);
    const present = of('selfinspection.submitted').filter(({ data }) => data.year === 2026);
    expect(new Set(last.map(({ data }) => data.unit)).size).toBe(46);
    expect(present.length).toBeGreaterThan(0);
    expect(present.length).toBeLessThan(6);
    const excess = (event: (typeof last)[number]) =>
      mean(
        Object.entries(event.data.criteria).map(
          ([id, { selfScore }]) => selfScore - (lastYear.get(event.data.unit)?.criteria[id] ?? 0),
        ),
      );
    const boasts = last.filter((event) => excess(event) > 8);
    const honest = last.filter((event) => Math.abs(excess(event)) < 5);
    expect(boasts.length).toBeGreaterThanOrEqual(6);
    expect(honest.length).toBeGreaterThanOrEqual(30);
  });

  it('a team grows, one shrinks, heads change, one unit is renamed, one joins late, one is closed', () => {
    const changes = of('unit.changed').map(({ data }) => data);
    expect(changes.filter(({ teamSize }) => teamSize)).toHaveLength(2);
    expect(changes.filter(({ head }) => head)).toHaveLength(2);
    expect(changes.filter(({ name }) => name)).toHaveLength(1);
    expect(of('unit.registered').filter(({ data }) => data.since)).toHaveLength(1);
    expect(of('unit.closed')).toHaveLength(1);
    expect([lastYear.size, toDate.size]).toEqual([48, 47]);
  });

  it('the conditions are met by most on time and by some late', () => {
    const formed = of('activity.recorded').filter(({ data }) => data.kind === 'leading-group-formed');
    const late = formed.filter(({ data }) => data.occurredOn.slice(5) > '03-31');
    expect(late.length).toBeGreaterThanOrEqual(4);
    expect(late.length).toBeLessThan(formed.length / 3);
    expect([...toDate.values()].filter(({ eligible }) => eligible).length).toBeGreaterThan(30);
  });

  it('last year’s plan differs from this year’s in the weights of two criteria, and each came before its year began in earnest', () => {
    const plans = of('plan.adopted');
    expect(plans.map(({ data }) => data.year)).toEqual([2025, 2026]);
    const [first, second] = plans.map(({ data }) => data.criteria.map(({ weight }) => weight));
    expect(first?.filter((weight, index) => weight !== second?.[index])).toHaveLength(2);
    expect(plans[0]?.recordedtime?.startsWith('2025-01')).toBe(true);
  });
});
