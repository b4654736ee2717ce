import { describe, expect, it } from 'vitest';
import type { Agenda } from '#schemas/results/agenda.ts';
import type { Movements } from '#schemas/results/movement.ts';
import type { Overview } from '#schemas/results/overview.ts';
import type { CriterionPage, RequirementPage } from '#schemas/results/practice.ts';
import type { GapMatrix } from '#schemas/results/results.ts';
import { OWN, readSample } from '#test/support/readSample.ts';

/** What the pages are told, held against ranking, standings and gaps of the same product on the sample. */
const ON = '2026-11-20';
const house = readSample(ON);

describe('given the calendar', () => {
  it('then who owes what are the standings’ open windows', async () => {
    const { obligations } = await house.product.json<Agenda>(`/calendar/2026?on=${ON}&basis=year`);
    const { requirements, conditions } = await house.standing(OWN, `on=${ON}&basis=year`);
    const owed = obligations.filter(({ units }) => units.some(({ unit }) => unit === OWN));
    const expected = [
      ...requirements.flatMap(({ id, windows }) =>
        windows.filter(({ status }) => status !== 'met').map(({ label, to }) => `${to} ${id} ${label}`),
      ),
      ...conditions.filter(({ status }) => status !== 'met').map(({ by, id }) => `${by} ${id} 2026`),
    ];
    expect(owed.map(({ due, id, window }) => `${due} ${id} ${window}`).sort()).toEqual(expected.sort());
    const dues = obligations.map(({ due }) => due);
    expect(dues).toEqual([...dues].sort());
    const own = await house.product.json<Agenda>(`/calendar/2026?on=${ON}&basis=year`, {
      token: house.unitToken,
    });
    expect(own.obligations.filter(({ owing }) => owing > 0)).toHaveLength(expected.length);
    expect(JSON.stringify(own)).not.toContain('farm-01');
  });

  it('when it is asked for as a file, then what is still owed, in either language, stable within the day', async () => {
    const path = `/calendar/2026.ics?on=${ON}&basis=year`;
    const response = await house.product.call(path, { token: house.unitToken });
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const text = (await response.text()).replaceAll('\r\n ', '');
    const { obligations } = await house.product.json<Agenda>(
      `/calendar/2026?on=${ON}&basis=year&unit=${OWN}&from=${ON}`,
    );
    const open = obligations.filter(({ owing, over }) => owing > 0 && !over);
    const uids = [...text.matchAll(/^UID:(.*)\r$/gm)].map(([, uid]) => uid);
    expect([...text.matchAll(/^STATUS:CONFIRMED\r$/gm)]).toHaveLength(open.length);
    expect(new Set(uids).size).toBe(uids.length);
    expect(text).toContain('学习型');
    const etag = response.headers.get('etag') ?? '';
    const again = await house.product.call(path, {
      token: house.unitToken,
      headers: { 'if-none-match': etag },
    });
    expect(again.status).toBe(304);
    const english = await (await house.product.call(`${path}&lang=en`)).text();
    expect(english).toContain('CATEGORIES:Learning');
  });
});

describe('given the matrix of some units alone', () => {
  it('then their rows are those of the whole matrix, and requirements are counted over them', async () => {
    const whole = await house.product.json<GapMatrix>('/gaps/2026?basis=to-date');
    const some = whole.units.slice(3, 6);
    const ids = some.map(({ unit }) => unit);
    const part = await house.product.json<GapMatrix>(`/gaps/2026?basis=to-date&units=${ids.join()},nobody`);
    expect(part.units).toEqual(some);
    expect(part.requirements.map(({ counted }) => counted)).toEqual(
      whole.requirements.map(
        (_, index) => some.filter(({ attainments }) => attainments[index] !== null).length,
      ),
    );
  });
});

describe('given requirement and criterion', () => {
  it('then mean and who is short are those of the gap matrix', async () => {
    const gaps = await house.product.json<GapMatrix>('/gaps/2026?basis=to-date');
    const index = gaps.requirements.findIndex(({ id }) => id === 'learning.research');
    const page = await house.product.json<RequirementPage>(
      '/requirements/2026/learning.research?basis=to-date',
    );
    expect([page.mean, page.counted, page.counted - page.full]).toEqual([
      gaps.requirements[index]?.mean,
      gaps.requirements[index]?.counted,
      gaps.requirements[index]?.short,
    ]);
    const attainments = page.units.flatMap(({ attainment }) => attainment ?? []);
    expect(attainments).toEqual([...attainments].sort((a, b) => a - b));
    for (const { unit, attainment, lost } of page.units.slice(0, 5)) {
      const row = gaps.units.find((one) => one.unit === unit);
      expect([attainment, lost]).toEqual([row?.attainments[index], row?.lost[index]]);
    }
    expect(page.examples.length).toBeGreaterThan(5);
    expect(page.examples.every(({ kind }) => kind === 'research')).toBe(true);
    const verified = page.examples.map(({ state }) => state === 'verified');
    expect(verified).toEqual([...verified].sort((a, b) => Number(b) - Number(a)));
  });

  it('then a criterion’s scores are those of the ranking', async () => {
    const page = await house.product.json<CriterionPage>('/criteria/2026/unity?basis=to-date');
    const rows = await house.ranking('basis=to-date');
    expect(page.units).toHaveLength(rows.length);
    expect(page.units[0]?.score).toBe(Math.max(...rows.map(({ criteria }) => criteria.unity ?? 0)));
    expect(page.requirements.every(({ id }) => id.startsWith('unity.'))).toBe(true);
  });

  it('when there is none of that id, then 404', async () => {
    expect(await house.statusOf('/requirements/2026/none', house.product.tokens.leader)).toBe(404);
    expect(await house.statusOf('/criteria/2026/none', house.product.tokens.leader)).toBe(404);
    expect(await house.statusOf('/requirements/2031/learning.research', house.product.tokens.leader)).toBe(
      404,
    );
  });
});

describe('given the overview', () => {
  it('then its numbers are those of the pages that it leads to', async () => {
    const overview = await house.product.json<Overview>(`/overview/2026?on=${ON}`);
    const rows = await house.ranking(`basis=to-date&on=${ON}`);
    const gaps = await house.product.json<GapMatrix>(`/gaps/2026?basis=to-date&on=${ON}`);
    const { course, vetoed, misses, dueSoon, pending, freshness } = overview;
    expect(course.units).toBe(rows.length);
    expect(course.onCourse + course.few + course.many).toBe(rows.length);
    const spotless = rows.filter((row) => {
      const own = gaps.units.find(({ unit }) => unit === row.unit);
      return row.eligible && own?.attainments.every((attainment) => attainment === null || attainment === 1);
    });
    expect(course.spotless).toBe(spotless.length);
    expect(course.onCourse).toBe(rows.filter(({ eligible, total }) => eligible && (total ?? 0) >= 90).length);
    expect(course.onCourse).toBeGreaterThan(0);
    expect(vetoed.map(({ unit }) => unit)).toEqual(
      rows.filter(({ vetoes }) => vetoes.length > 0).map(({ unit }) => unit),
    );
    const lost = (id: string) => {
      const index = gaps.requirements.findIndex((one) => one.id === id);
      return gaps.units.reduce((sum, own) => sum + (own.lost[index] ?? 0), 0) / gaps.units.length;
    };
    for (const miss of misses) expect(miss.lost).toBeCloseTo(lost(miss.id), 3);
    const shares = gaps.requirements.map(({ short, counted }) => (counted > 0 ? short / counted : 0));
    expect((misses[0]?.short ?? 0) / (misses[0]?.counted ?? 1)).toBe(Math.max(...shares));
    expect(dueSoon.every(({ due }) => due > ON && due <= '2026-12-20')).toBe(true);
    expect(dueSoon.length).toBeGreaterThan(0);
    expect(pending.verification).toBeGreaterThan(0);
    expect(freshness).toMatchObject({ quarantined: 0 });
    expect(overview.since).toBe('2026-10-21');
    // Who moved is told by one answer alone, which the page asks with what it compares with.
    expect(Object.keys(overview)).not.toEqual(expect.arrayContaining(['rose', 'fell']));
  });
});

describe('given the overview of one group', () => {
  it('then it counts that group alone, with the ranks of the whole zone', async () => {
    const rows = (await house.ranking(`basis=to-date&on=${ON}`)).filter(({ group }) => group === 'farm');
    const ranks = new Map(rows.map(({ unit, rank }) => [unit, rank]));
    const overview = await house.product.json<Overview>(`/overview/2026?on=${ON}&group=farm`);
    expect(overview.course.units).toBe(rows.length);
    for (const { unit, rank } of overview.course.furthestBehind) expect(rank).toBe(ranks.get(unit));
    for (const { asked } of overview.dueSoon) expect(asked).toBeLessThanOrEqual(rows.length);
    const from = `${ON.slice(0, 4)}-06-30T15:59:59.999Z`;
    const moversIn = ({ rose, fell }: Movements) => [...rose.movers, ...fell.movers];
    const movements = await house.product.json<Movements>(
      `/movements/2026?basis=to-date&on=${ON}&from=${from}&group=farm`,
    );
    const all = await house.product.json<Movements>(`/movements/2026?basis=to-date&on=${ON}&from=${from}`);
    const moved = moversIn(movements);
    expect(moved.length).toBeGreaterThan(0);
    expect(moved.every(({ group }) => group === 'farm')).toBe(true);
    for (const { unit, after } of moved) expect(after.rank).toBe(ranks.get(unit));
    expect(moved).toEqual(expect.arrayContaining(moversIn(all).filter(({ group }) => group === 'farm')));
    expect(movements.rose.count + movements.fell.count + movements.kept).toBeLessThanOrEqual(rows.length);
  });
});
