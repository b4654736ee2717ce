import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeAgenda } from '#schemas/agenda.ts';
import { dayIn } from '#schemas/dates.ts';
import { icalendar } from '#schemas/icalendar.ts';
import { medianOf, quantilesOf } from '#schemas/middle.ts';
import { endOfDay, monthEnds } from '#schemas/months.ts';
import { courseOf, missesOf, vetoedOf } from '#schemas/overview.ts';
import { peersOf } from '#schemas/peers.ts';
import { criterionPageOf, requirementPageOf } from '#schemas/practice.ts';
import { rankUnits } from '#schemas/ranks.ts';
import { compilePlan, type Question } from '#schemas/scoring.ts';
import { comparedWith } from '#schemas/selfInspections.ts';
import { atOnce } from '#schemas/steps.ts';
import { modelsAt } from '#schemas/teaching.ts';
import { planWith } from '#test/support/plan.ts';
import { type Deed, tallyOf } from '#test/support/tally.ts';

const plan = planWith({
  criteria: { learning: 20, unity: 30 },
  requirements: [
    { kind: 'a', points: 40, measure: { type: 'count', per: 'quarter', atLeast: 1 } },
    { kind: 'b', points: 60, measure: { type: 'milestone', by: '09-30' } },
    { kind: 'c', points: 50, criterion: 'unity', measure: { type: 'count', per: 'half', atLeast: 2 } },
  ],
  deductions: [{ kind: 'bad', criterion: 'unity', points: 10, max: 20 }],
  vetoes: [{ kind: 'grave', cap: 59 }],
  conditions: [
    { kind: 'formed', by: '03-31' },
    { kind: 'self-inspection', by: '12-31' },
  ],
});
const deed = (kind: string, occurredOn = '2026-02-01'): Deed => ({ kind, occurredOn });
const GROUPS: Record<string, string> = { x: 'farm', y: 'farm', z: 'school' };

function ranking(
  deeds: Record<string, readonly Deed[]>,
  question: Question = { basis: 'year', on: '2026-08-01' },
) {
  const judge = compilePlan(plan, question);
  const on = question.basis === 'to-date' ? question.on : undefined;
  const tallies = Object.entries(deeds).map(([unit, own]) =>
    tallyOf(plan, own, { unit, name: `unit ${unit}`, group: GROUPS[unit] ?? 'office' }, on),
  );
  const ranked = rankUnits(judge, tallies);
  const of = (unit: string) => {
    const found = ranked.verdicts.find(({ tally }) => tally.unit === unit);
    if (!found) throw new Error(`no ${unit}`);
    return found;
  };
  return { judge, ranked, of };
}

/** learning = 40 × quarters / 4 + 60 × b; unity = 50 × …; total = 0.4 × learning + 0.6 × unity. */
const three = () =>
  ranking({
    x: [deed('a'), deed('b'), deed('c'), deed('c'), deed('formed')],
    y: [deed('a'), deed('a', '2026-05-01')],
    z: [deed('c'), deed('bad'), deed('grave')],
  });

describe('medians and quantiles', () => {
  test('an even number has the mean of the two in the middle, rounded half up', () => {
    expect(medianOf([3, 1, 2])).toBe(2);
    expect(medianOf([1, 2])).toBe(2);
    expect(medianOf([4, 1, 2, 2])).toBe(2);
    expect(medianOf([])).toBeNull();
    expect(quantilesOf([10, 20, 30, 40])).toEqual({ min: 10, lower: 18, median: 25, upper: 33, max: 40 });
    expect(quantilesOf([])).toBeNull();
  });
});

describe('peers', () => {
  test('given a group of two, then medians and best values, of the group and of the zone', () => {
    const { judge, ranked, of } = three();
    const peers = peersOf(judge, of('y'), ranked);
    // learning: x 70, y 20, z 0; unity: x 50, y 0, z 25 − 10 = 15.
    expect(peers).toMatchObject({ unit: 'y', group: 'farm', ofGroup: 2, ofZone: 3 });
    expect(peers.criteria).toEqual([
      { id: 'learning', own: 20, groupMedian: 45, groupBest: 70, zoneMedian: 20, zoneBest: 70 },
      { id: 'unity', own: 0, groupMedian: 25, groupBest: 50, zoneMedian: 15, zoneBest: 50 },
    ]);
    expect(peers.total).toEqual({ own: 8, groupMedian: 33, groupBest: 58, zoneMedian: 9, zoneBest: 58 });
  });
});

describe('months', () => {
  test('the ends of months up to a day, and that day', () => {
    expect(monthEnds(2026, '2026-03-15')).toEqual(['2026-01-31', '2026-02-28', '2026-03-15']);
    expect(monthEnds(2026, '2026-02-28')).toEqual(['2026-01-31', '2026-02-28']);
    expect(monthEnds(2026, '2027-06-01')).toHaveLength(12);
    expect(monthEnds(2026, '2025-12-31')).toEqual([]);
  });

  test('a day ends with the last millisecond that is still in it, in any zone', () => {
    expect(new Date(endOfDay('Asia/Shanghai', '2026-03-31')).toISOString()).toBe('2026-03-31T15:59:59.999Z');
    fc.assert(
      fc.property(
        fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'),
        fc.integer({ min: 0, max: 400 }),
        (zone, days) => {
          const day = new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10);
          const end = endOfDay(zone, day);
          expect([dayIn(zone, end) <= day, dayIn(zone, end + 1) > day]).toEqual([true, true]);
        },
      ),
    );
  });
});

describe('the calendar of obligations', () => {
  const agendaOf = (from: string, to: string, most = 10) => {
    const { judge, ranked } = three();
    const agenda = makeAgenda(judge, { from, to }, most);
    for (const verdict of ranked.verdicts) agenda.add(verdict);
    return agenda.obligations();
  };

  test('given what is due in a range, then by day, with those that still owe it', () => {
    const due = agendaOf('2026-08-01', '2026-12-31').map(({ due, id, window, asked, owing, over }) => [
      due,
      id,
      window,
      asked,
      owing,
      over,
    ]);
    expect(due).toEqual([
      ['2026-09-30', 'r1', '2026-Q3', 3, 3, false],
      ['2026-09-30', 'r2', '2026', 3, 2, false],
      ['2026-12-31', 'r1', '2026-Q4', 3, 3, false],
      ['2026-12-31', 'r3', '2026-H2', 3, 3, false],
      ['2026-12-31', 'if.self-inspection', '2026', 3, 3, false],
    ]);
  });

  test('given days that have passed, then what was missed, how far it was, and by whom', () => {
    const [formed] = agendaOf('2026-03-01', '2026-03-31').filter(({ of }) => of === 'condition');
    expect(formed).toMatchObject({ due: '2026-03-31', over: true, owing: 2, criterion: null });
    const [half] = agendaOf('2026-06-30', '2026-06-30', 1).filter(({ id }) => id === 'r3');
    expect(half).toMatchObject({ over: true, asked: 3, owing: 2 });
    // One was asked for; the better rank comes first.
    expect(half?.units).toEqual([{ unit: 'z', name: 'unit z', group: 'school', actual: 1, required: 2 }]);
  });
});

describe('iCalendar', () => {
  const entry = {
    uid: '2026-r1@wuxing',
    on: '2026-02-28',
    summary: '党委（党组）中心组学习，'.repeat(12),
    description: 'one; two, three\\ four\nfive',
    categories: ['学习型', 'a,b'],
    remindDaysBefore: 7,
  };
  const written = icalendar({
    name: 'Wuxing',
    language: 'zh',
    changedAt: Date.UTC(2026, 0, 2, 3, 4, 5),
    entries: [entry],
  });
  const unfolded = written.replaceAll('\r\n ', '');

  test('lines end with CRLF, hold at most 75 octets, and break no character', () => {
    expect(written.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(written.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of written.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(unfolded).toContain(`SUMMARY;LANGUAGE=zh:${entry.summary}\r\n`);
  });

  test('texts are escaped, days are days, and the end is the day after', () => {
    const lines = unfolded.split('\r\n');
    expect(lines).toContain('DESCRIPTION;LANGUAGE=zh:one\\; two\\, three\\\\ four\\nfive');
    expect(lines).toContain('CATEGORIES:学习型,a\\,b');
    expect(lines).toContain('DTSTART;VALUE=DATE:20260228');
    expect(lines).toContain('DTEND;VALUE=DATE:20260301');
    expect(lines).toContain('DTSTAMP:20260102T030405Z');
    expect(lines).toContain('TRIGGER:-P7D');
  });

  const sign = fc.constantFrom(...',;\\:"\r\n\t\0\u0085\u2028 aBÄ学𠮷👩', 'BEGIN:VEVENT', '\r\n ');

  test('whatever a title holds, no line of its own comes of it, and it reads back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: sign, maxLength: 200 }), (summary) => {
        const text = icalendar({
          name: 'n',
          language: 'en',
          changedAt: 0,
          entries: [{ ...entry, summary, remindDaysBefore: undefined }],
        });
        const lines = text.replaceAll('\r\n ', '').split('\r\n');
        expect(lines.filter((line) => line.startsWith('BEGIN:VEVENT'))).toHaveLength(1);
        const line = lines.find((one) => one.startsWith('SUMMARY')) ?? '';
        const read = line
          .slice('SUMMARY;LANGUAGE=en:'.length)
          .replace(/\\([\\;,nN])/g, (_, sign: string) => (/n/i.test(sign) ? '\n' : sign));
        expect(read).toBe(summary.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\t\n]/gu, ''));
      }),
    );
  });
});

describe('requirement and criterion pages', () => {
  test('given a requirement, then how it spreads, and who is behind first', () => {
    const { judge, ranked } = three();
    const page = atOnce(requirementPageOf(judge, ranked, 'r1', 2));
    expect(page).toMatchObject({
      mean: 0.25,
      counted: 3,
      full: 0,
      none: 1,
      spread: { min: 0, lower: 0.125, median: 0.25, upper: 0.375, max: 0.5 },
    });
    expect(page?.units.map(({ unit, attainment, lost }) => [unit, attainment, lost])).toEqual([
      ['z', 0, 16],
      ['x', 0.25, 12],
    ]);
    expect(page?.units[0]?.windows.map(({ status }) => status)).toEqual([
      'missed',
      'missed',
      'open',
      'future',
    ]);
    // The one that does best at it is vetoed.
    expect(modelsAt(judge, ranked, 'r1')).toEqual([]);
    expect(atOnce(requirementPageOf(judge, ranked, 'none', 2))).toBeUndefined();
  });

  test('given a criterion, then its scores, and what of it is missed', () => {
    const { judge, ranked } = three();
    const page = atOnce(criterionPageOf(judge, ranked, 'unity', 10));
    expect(page?.units.map(({ unit, score, deducted }) => [unit, score, deducted])).toEqual([
      ['x', 50, 0],
      ['z', 15, 10],
      ['y', 0, 0],
    ]);
    expect(page).toMatchObject({
      counted: 3,
      spread: { min: 0, median: 15, max: 50 },
      requirements: [{ id: 'r3', mean: 0.25, counted: 3, short: 3 }],
    });
  });
});

describe('overview', () => {
  const toDate = () =>
    ranking(
      {
        x: ['2026-02-01', '2026-05-01']
          .flatMap((day) => [deed('a', day), deed('c', day)])
          .concat(deed('formed')),
        y: [deed('a'), deed('formed')],
        z: [deed('a'), deed('a', '2026-05-01'), deed('c'), deed('c'), deed('formed'), deed('grave')],
        w: [],
      },
      { basis: 'to-date', on: '2026-08-01' },
    );

  test('given a day, then teams are on course that have done nine tenths of what was due by then', () => {
    const { judge, ranked } = toDate();
    // x has all that is due; y misses a's second quarter and c's half; z is vetoed; w misses two and the condition.
    const course = courseOf(judge, ranked, 2);
    expect(course).toMatchObject({
      units: 4,
      onCourse: 1,
      held: 1,
      few: 1,
      many: 1,
      spotless: 2,
      atLeast: 90,
    });
    expect(course.furthestBehind).toMatchObject([
      { unit: 'w', missed: 3 },
      { unit: 'y', missed: 2 },
    ]);
  });

  test('given what is missed, then the costliest first, averaged over all', () => {
    const { judge, ranked } = toDate();
    // c: y and w lose 60 each; a: y half of 40, w 40.
    expect(
      missesOf(judge, ranked.verdicts, 5).map(({ id, lost, short, mean }) => [id, lost, short, mean]),
    ).toEqual([
      ['r3', 30, 2, 0.5],
      ['r1', 15, 2, 0.625],
    ]);
    expect(vetoedOf(ranked)).toMatchObject([
      { unit: 'z', vetoes: ['veto.grave'], total: 59, totalWithoutVeto: 100 },
    ]);
  });
});

describe('self-inspections against evidence', () => {
  test('given scores of its own, then the largest overclaim first', () => {
    const { judge, ranked } = three();
    const said = (learning: number, unity: number) => ({
      learning: { selfScore: learning, shortcomings: '少', remedies: '改' },
      unity: { selfScore: unity, shortcomings: '', remedies: '' },
    });
    const { claims, units } = comparedWith(judge, ranked.verdicts, [
      { unit: 'x', recordedOn: '2026-12-01', criteria: said(80, 40) },
      { unit: 'y', recordedOn: '2026-12-02', criteria: said(90.5, 10) },
      { unit: 'gone', recordedOn: '2026-12-02', criteria: said(1, 1) },
    ]);
    expect(claims.map(({ unit, criterion, difference }) => [unit, criterion, difference])).toEqual([
      ['y', 'learning', 70.5],
      ['x', 'learning', 10],
      ['y', 'unity', 10],
      ['x', 'unity', -10],
    ]);
    // x: 0.4 × 80 + 0.6 × 40 = 56 against 58; y: 36.2 + 6 = 42.2 against 8.
    expect(
      units.map(({ unit, selfTotal, evidencedTotal, difference }) => [
        unit,
        selfTotal,
        evidencedTotal,
        difference,
      ]),
    ).toEqual([
      ['y', 42.2, 8, 34.2],
      ['x', 56, 58, -2],
      ['z', null, null, null],
    ]);
  });
});
