import { describe, expect, it } from 'vitest';
import { COURSES, type CourseName } from '#schemas/course.ts';
import type { Courses, History } from '#schemas/results/history.ts';
import type { Mark } from '#schemas/results/marks.ts';
import type { Overview } from '#schemas/results/overview.ts';
import type { Ranking, RankingRow } from '#schemas/results/results.ts';
import type { Trend } from '#schemas/results/trend.ts';
import { fromOrganisation, registered } from '#test/support/events.ts';
import { OWN, readSample } from '#test/support/readSample.ts';

/** The year month by month, held against the rankings of its days. */
const ON = '2026-11-20';
const house = readSample(ON);

const historyOf = (query = '', options = {}) =>
  house.product.json<History>(`/history/2026?on=${ON}${query}`, options);
const coursesOf = (query = '') => house.product.json<Courses>(`/courses/2026?on=${ON}${query}`);
/** How many late reports marks tell of. */
const lateIn = (marks: readonly Mark[]) =>
  marks.filter(({ kind }) => kind === 'late').reduce((all, { count }) => all + count, 0);
const rankingOn = async (on: string) =>
  (await house.product.json<Ranking>(`/rankings/2026?basis=to-date&on=${on}`)).rows as RankingRow[];

describe('given the ranks of a year', () => {
  it('then each day has those of the ranking to date of that day, of every unit', async () => {
    const found = await historyOf();
    expect(found.days).toHaveLength(11);
    expect(found.detail).toBeNull();
    for (const on of ['2026-01-31', '2026-08-31', ON]) {
      const rows = await rankingOn(on);
      const day = found.days.indexOf(on);
      expect(found.of[day]).toBe(rows.filter(({ rank }) => rank !== null).length);
      const ranks = new Map(rows.map(({ unit, rank }) => [unit, rank]));
      expect(found.units.map((unit, place) => [unit, found.ranks[place]?.[day]])).toEqual(
        found.units.map((unit) => [unit, ranks.get(unit)]),
      );
    }
    expect(found.units).toEqual((await rankingOn(ON)).map(({ unit }) => unit));
  });

  it('when units are named, then their scores are those of the trend, and what happened is the unit’s own', async () => {
    const units = ['off-01', 'farm-07'];
    const { detail, ...found } = await historyOf(`&units=${units.join()}`);
    expect([...found.units].sort()).toEqual([...units].sort());
    for (const [place, unit] of found.units.entries()) {
      const trend = await house.product.json<Trend>(`/units/${unit}/trend?year=2026&on=${ON}`);
      expect(trend.points.map(({ on }) => on)).toEqual(found.days);
      expect(trend.points.map(({ rank }) => rank)).toEqual(found.ranks[place]);
      expect(trend.points.map(({ total }) => total)).toEqual(detail?.totals[place]);
      for (const [id, of] of Object.entries(detail?.criteria ?? {}))
        expect(trend.points.map(({ criteria }) => criteria[id])).toEqual(of[place]);
      const own = (marks: readonly Mark[]) =>
        marks.filter((mark) => mark.unit === unit || mark.unit === null);
      expect(own(detail?.marks ?? [])).toEqual(trend.marks);
    }
  });

  it('when more than a page are named, or none that is one, then it says so', async () => {
    const many = Array.from({ length: 61 }, (_, index) => `u-${index}`).join();
    expect((await house.product.call(`/history/2026?units=${many}`)).status).toBe(400);
    expect((await house.product.call('/history/2026?units=a%20b')).status).toBe(400);
    expect((await historyOf('&units=nobody')).units).toEqual([]);
    expect((await house.product.call('/history/2019')).status).toBe(404);
  });

  it('when a unit asks, then it is told of itself alone, whatever it asks for', async () => {
    const as = { token: house.unitToken };
    const all = await historyOf();
    for (const query of ['', `&units=${OWN}`]) {
      const own = await historyOf(query, as);
      expect([own.units, own.names, own.groups, own.ranks].map((column) => column.length)).toEqual([
        1, 1, 1, 1,
      ]);
      expect(own.units).toEqual([OWN]);
      expect(own.ranks[0]).toEqual(all.ranks[all.units.indexOf(OWN)]);
      const text = JSON.stringify(own);
      for (const [place, unit] of all.units.entries())
        if (unit !== OWN)
          for (const told of [unit, all.names[place] ?? '']) expect(text).not.toContain(`"${told}"`);
    }
    expect((await house.product.call(`/history/2026?units=${OWN},farm-01`, as)).status).toBe(403);
    expect((await house.product.call('/courses/2026', as)).status).toBe(403);
  });

  it('when a year has no month behind it, then it has one day, or none', async () => {
    expect((await house.product.json<History>('/history/2026?on=2026-01-15')).days).toEqual(['2026-01-15']);
    const before = await house.product.json<History>('/history/2026?on=2025-12-31');
    expect([before.days, before.of, before.ranks[0]]).toEqual([[], [], []]);
  });

  it('when a unit joins late, then it has ranks from then on, as the ranking has them, and equal ranks stay equal', async () => {
    await house.product.send([
      registered('late-1', { since: '2026-10-01' }),
      registered('late-2', { since: '2026-10-01' }),
    ]);
    const found = await historyOf();
    const ranksOf = (unit: string) => found.ranks[found.units.indexOf(unit)];
    expect(ranksOf('late-1')).toEqual(ranksOf('late-2'));
    // The ranking has it in the whole year; before it began it held no place.
    for (const [month, on] of [
      [5, '2026-06-30'],
      [9, '2026-10-31'],
    ] as const) {
      const row = (await rankingOn(on)).find(({ unit }) => unit === 'late-1');
      expect(row?.rank).toEqual(expect.any(Number));
      expect(ranksOf('late-1')?.[month]).toBe(on < '2026-10-01' ? null : row?.rank);
    }
    // Closed before the year ends, it is ranked no more, in no month.
    await house.product.send([
      fromOrganisation('late-2', 'unit.closed', { on: '2026-11-01', reason: '撤并' }),
    ]);
    expect((await historyOf()).units).not.toContain('late-2');
  });
});

describe('given how many are on course', () => {
  it('then the last day is the overview’s, of all types and of each', async () => {
    for (const criterion of ['', '&criterion=learning', '&criterion=unity&group=farm']) {
      const found = await coursesOf(criterion);
      const { course, types } = await house.product.json<Overview>(`/overview/2026?on=${ON}${criterion}`);
      for (const name of COURSES) {
        expect(found[name].at(-1)).toBe(course[name]);
        const { units } = await coursesOf(`${criterion}&which=${name}`);
        expect(units).toHaveLength(course[name]);
      }
      expect(types.map(({ onCourse, behind }) => onCourse + behind)).toEqual(types.map(() => course.units));
    }
    expect((await house.product.call('/courses/2026?criterion=nothing')).status).toBe(404);
    expect((await house.product.call('/overview/2026?criterion=nothing')).status).toBe(404);
  });

  it('then an earlier day is what the overview said of it', async () => {
    const found = await coursesOf();
    const { course } = await house.product.json<Overview>('/overview/2026?on=2026-06-30');
    const day = found.days.indexOf('2026-06-30');
    expect(COURSES.map((name: CourseName) => found[name][day])).toEqual(COURSES.map((name) => course[name]));
  });

  it('when a type is looked at, then what is due and missed is of that type', async () => {
    const { misses, dueSoon } = await house.product.json<Overview>(
      `/overview/2026?on=${ON}&criterion=learning`,
    );
    expect(misses.length + dueSoon.length).toBeGreaterThan(0);
    expect([...misses, ...dueSoon].every(({ criterion }) => criterion === 'learning')).toBe(true);
  });
});

describe('given what happened', () => {
  const marksOf = async (unit: string, query = '') =>
    (await house.product.json<Trend>(`/units/${unit}/trend?year=2026&on=${ON}${query}`)).marks;

  it('then vetoes and deductions stand on their day and on that of their record, until they are withdrawn', async () => {
    const incident = (activity: string, kind: string, occurredOn: string) =>
      fromOrganisation('off-02', 'activity.recorded', {
        activity,
        year: 2026,
        kind,
        occurredOn,
        title: '事件',
      });
    const before = await marksOf('off-02');
    await house.product.send([
      incident('mark-1', 'violation', '2026-05-10'),
      incident('mark-2', 'admonition-talk', '2026-07-02'),
    ]);
    const kinds = (marks: readonly Mark[]) => marks.map(({ kind, on, id }) => [kind, on, id]);
    const after = await marksOf('off-02');
    expect(after.length).toBe(before.length + 2);
    expect(kinds(after)).toEqual(
      expect.arrayContaining([
        ['veto', '2026-05-10', 'integrity.violation'],
        ['deduction', '2026-07-02', 'unity.admonition'],
      ]),
    );
    for (const { unit, recordedOn, kind, on } of after)
      if (kind === 'veto' || kind === 'deduction') {
        expect(unit).toBe('off-02');
        expect(recordedOn >= on).toBe(true);
      }
    expect(kinds(await marksOf('off-02'))).toEqual(kinds(after));
    const zone = (await coursesOf()).marks;
    expect(zone.find(({ id, on }) => id === 'integrity.violation' && on === '2026-05-10')).toMatchObject({
      unit: null,
      count: 1,
    });
    await house.product.send([
      fromOrganisation('off-02', 'activity.retracted', { activity: 'mark-1', reason: '记错' }),
    ]);
    expect(kinds(await marksOf('off-02'))).not.toContainEqual(['veto', '2026-05-10', 'integrity.violation']);
  });

  it('then late reports are counted by month, as many in the zone as in its units', async () => {
    const { units } = await historyOf();
    const detail = (await historyOf(`&units=${units.slice(0, 60).join()}`)).detail?.marks ?? [];
    expect(units.length).toBeLessThanOrEqual(60);
    expect(lateIn(detail)).toBeGreaterThan(0);
    const zone = (await coursesOf()).marks;
    expect(lateIn(zone)).toBe(lateIn(detail));
    const months = zone.filter(({ kind }) => kind === 'late').map(({ on }) => on.slice(0, 7));
    expect(new Set(months).size).toBe(months.length);
  });

  it('then on a day within a month those late reports count that had come in by then, as known then', async () => {
    const units = (await historyOf()).units.slice(0, 60).join();
    const seen: number[] = [];
    for (const on of ['2026-03-20', '2026-05-08', '2026-09-05', '2026-11-10']) {
      const { marks } = await house.product.json<Courses>(`/courses/2026?on=${on}`);
      const detailOf = async (query: string) =>
        (await house.product.json<History>(`/history/2026?on=${on}&units=${units}${query}`)).detail?.marks ??
        [];
      expect([on, lateIn(await detailOf(''))]).toEqual([on, lateIn(marks)]);
      expect([on, lateIn(await detailOf(`&asOf=${on}T15:59:59.999Z`))]).toEqual([on, lateIn(marks)]);
      seen.push(lateIn(marks));
    }
    expect(seen).toEqual([...seen].sort((one, other) => one - other));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('then versions of the plan and seals concern everybody, and a year that is over has what came later', async () => {
    const plans = (await coursesOf()).marks.filter(({ kind }) => kind === 'plan');
    expect(plans.map(({ number, unit }) => [number, unit])).toContainEqual([1, null]);
    await house.product.json('/freezes/2025', { method: 'POST', body: {} });
    const sealed = await house.product.json<Courses>('/courses/2025?on=2025-12-31');
    expect(sealed.days).toHaveLength(12);
    expect(sealed.marks.filter(({ kind }) => kind === 'seal')).toMatchObject([{ number: 1, count: 1 }]);
    const earlier = await house.product.json<Courses>('/courses/2025?on=2025-06-30');
    expect(earlier.marks.filter(({ kind, on }) => kind === 'seal' || on > '2025-06-30')).toEqual([]);
  });
});
