import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Agenda } from '#schemas/results/agenda.ts';
import type { Movement, Movements } from '#schemas/results/movement.ts';
import type { Overview } from '#schemas/results/overview.ts';
import type { Peers } from '#schemas/results/peers.ts';
import type { CriterionPage, RequirementPage } from '#schemas/results/practice.ts';
import type { GapMatrix, HiddenRow, Ranking, RankingRow, Standing } from '#schemas/results/results.ts';
import type { SelfInspections } from '#schemas/results/selfInspections.ts';
import type { Trend } from '#schemas/results/trend.ts';
import type { WayUp } from '#schemas/results/wayUp.ts';
import { type Product, startProduct } from '#test/support/server.ts';

/** What the pages are told, held against ranking, standings and gaps of the same product on the sample. */
let product: Product;
let unitToken: string;
const OWN = 'farm-03';
const ON = '2026-11-20';
const SINCE = '2026-09-30T15:59:59.999Z';

beforeAll(async () => {
  product = await startProduct({ sample: { today: ON } });
  unitToken = await product.tokens.unit(OWN);
});
afterAll(async () => {
  expect(product.errors).toEqual([]);
  await product.stop();
});

const isOpen = (row: RankingRow | HiddenRow): row is RankingRow => 'unit' in row;
const ranking = async (query: string): Promise<RankingRow[]> =>
  (await product.json<Ranking>(`/rankings/2026?${query}`)).rows.filter(isOpen);
const standing = (unit: string, query: string) =>
  product.json<Standing>(`/units/${unit}/standing?year=2026&${query}`);
const statusOf = async (path: string, token: string) => (await product.call(path, { token })).status;

describe('given the way up', () => {
  const asked = `basis=year&on=${ON}`;

  it('then rank and total are the ranking’s, and every step is a gap that can be caught up', async () => {
    const rows = await ranking(asked);
    for (const { unit, rank, total } of rows.slice(3, 9)) {
      const way = await product.json<WayUp>(`/units/${unit}/way-up?year=2026&${asked}`);
      expect([way.rank, way.total, way.of]).toEqual([rank, total, rows.length]);
      const { requirements } = await standing(unit, asked);
      for (const step of way.next?.steps ?? []) {
        const requirement = requirements.find(({ id }) => id === step.requirement);
        expect(requirement?.rankIfCaughtUp).not.toBeNull();
        expect(step.attainment).toBe(requirement?.attainment);
      }
      if (!way.next) continue;
      expect(way.next.rank).toBeLessThan(rank ?? 0);
      // The total beats, or equals, that of the place it gains.
      const above = rows.filter((row) => (row.total ?? 0) > (way.next?.total ?? 0));
      expect(above.length + 1).toBe(way.next.rank);
    }
  });

  it('when a single gap that is caught up gains a place, then no more than one is proposed', async () => {
    const rows = await ranking(asked);
    for (const { unit, rank } of rows.slice(-6)) {
      const { requirements } = await standing(unit, asked);
      const single = requirements.some(({ rankIfCaughtUp, windows, measure }) => {
        const open = windows.filter(({ status }) => status === 'open' || status === 'future');
        const missing = open.reduce((sum, window) => sum + window.required - window.actual, 0);
        return (
          rankIfCaughtUp !== null && rankIfCaughtUp < (rank ?? 0) && measure === 'count' && missing === 1
        );
      });
      if (!single) continue;
      const way = await product.json<WayUp>(`/units/${unit}/way-up?year=2026&${asked}`);
      expect(way.next).toMatchObject({ actions: 1, results: 0 });
    }
  });

  it('when the year is over, then nothing is left', async () => {
    const way = await product.json<WayUp>(`/units/${OWN}/way-up?year=2025&basis=year`);
    expect(way).toMatchObject({ next: null, best: null });
    expect(['first', 'nothing-left', 'veto']).toContain(way.obstacle);
  });
});

describe('given the trend', () => {
  it('then each point is the ranking to date of its day', async () => {
    const trend = await product.json<Trend>(`/units/${OWN}/trend?year=2026&on=${ON}`);
    expect(trend.points.map(({ on }) => on)).toHaveLength(11);
    expect(trend.points.at(-1)?.on).toBe(ON);
    for (const on of ['2026-03-31', '2026-08-31', ON]) {
      const row = (await ranking(`basis=to-date&on=${on}`)).find(({ unit }) => unit === OWN);
      const point = trend.points.find((one) => one.on === on);
      expect(point).toEqual({
        on,
        rank: row?.rank,
        of: row?.of,
        total: row?.total,
        criteria: row?.criteria,
      });
    }
  });

  it('when it is asked as known then, then each day is seen with what was recorded by its end', async () => {
    const trend = await product.json<Trend>(`/units/${OWN}/trend?year=2026&on=${ON}&known=then`);
    const row = (await ranking(`basis=to-date&on=2026-09-30&asOf=${encodeURIComponent(SINCE)}`)).find(
      ({ unit }) => unit === OWN,
    );
    const point = trend.points.find(({ on }) => on === '2026-09-30');
    expect([point?.rank, point?.total, point?.criteria]).toEqual([row?.rank, row?.total, row?.criteria]);
  });

  it('when an event comes, then the days that it concerns change with it', async () => {
    const before = await product.json<Trend>(`/units/off-01/trend?year=2026&on=${ON}`);
    const { receipts } = await product.send([
      {
        specversion: '1.0',
        id: 'a late incident',
        source: '/organisation',
        subject: 'off-01',
        type: 'activity.recorded',
        data: {
          activity: 'late-incident',
          unit: 'off-01',
          year: 2026,
          kind: 'admonition-talk',
          occurredOn: '2026-05-10',
          title: '迟报的诫勉谈话',
        },
      },
    ]);
    expect(receipts[0]?.status).toBe('appended');
    const after = await product.json<Trend>(`/units/off-01/trend?year=2026&on=${ON}`);
    const unity = (trend: Trend, on: string) => trend.points.find((one) => one.on === on)?.criteria.unity;
    expect(unity(after, '2026-04-30')).toBe(unity(before, '2026-04-30'));
    expect(unity(after, '2026-05-31')).toBeCloseTo((unity(before, '2026-05-31') ?? 0) - 5, 4);
  });
});

describe('given the peers', () => {
  it('then median and best are those of the ranking’s rows', async () => {
    const rows = await ranking('basis=to-date');
    const peers = await product.json<Peers>(`/units/${OWN}/peers?year=2026&basis=to-date`, {
      token: unitToken,
    });
    const group = rows.filter((row) => row.group === 'farm');
    expect([peers.ofGroup, peers.ofZone]).toEqual([group.length, rows.length]);
    for (const { id, own, groupBest, zoneBest, groupMedian } of peers.criteria) {
      const scores = group.map(({ criteria }) => criteria[id] ?? 0).sort((a, b) => a - b);
      expect(own).toBe(rows.find(({ unit }) => unit === OWN)?.criteria[id]);
      expect(groupBest).toBe(scores.at(-1));
      expect(zoneBest).toBe(Math.max(...rows.map(({ criteria }) => criteria[id] ?? 0)));
      const middle = ((scores[(scores.length - 1) >> 1] ?? 0) + (scores[scores.length >> 1] ?? 0)) / 2;
      expect(groupMedian).toBeCloseTo(middle, 3);
    }
    expect(JSON.stringify(peers)).not.toContain('farm-01');
  });
});

describe('given why units moved', () => {
  const query = `basis=to-date&from=${encodeURIComponent(SINCE)}`;

  it('then ranks are those of compareTo, and effects add up to the difference of the totals', async () => {
    const rows = await ranking(`basis=to-date&compareTo=${encodeURIComponent(SINCE)}`);
    for (const { unit, rank, total, previousRank } of rows.slice(0, 5)) {
      const moved = await product.json<Movement>(`/units/${unit}/movement?year=2026&${query}`);
      expect([moved.after.rank, moved.before?.rank]).toEqual([rank, previousRank]);
      const { requirements, deductions, vetoEffect, rest } = moved;
      const sum = [...requirements, ...deductions].reduce((all, { effect }) => all + effect, 0);
      expect(sum + vetoEffect + rest).toBeCloseTo((total ?? 0) - (moved.before?.total ?? 0), 5);
      for (const { recordedtime } of moved.events) expect(recordedtime > SINCE).toBe(true);
    }
  });

  it('then late and corrected events are told apart, at the requirement that they bear on', async () => {
    const moved = await product.json<Movement>(`/units/off-01/movement?year=2026&${query}`);
    const late = moved.events.find(({ activity }) => activity === 'late-incident');
    expect(late).toMatchObject({ mark: 'late', type: 'activity.recorded', occurredOn: '2026-05-10' });
    const own = moved.deductions.find(({ events }) => events.includes(late?.position ?? ''));
    expect(own).toMatchObject({ id: 'unity.admonition', effect: -1 });
    const corrected = moved.events.filter(({ mark }) => mark === 'corrected');
    expect(
      corrected.every(({ type }) => /^(activity\.(amended|retracted|verified|rejected)|appeal\.)/.test(type)),
    ).toBe(true);
    expect(corrected.every(({ title }) => title !== null)).toBe(true);
  });

  it('when it is asked of all, then the furthest first, each as its own page has it', async () => {
    const { rose, fell, kept } = await product.json<Movements>(`/movements/2026?${query}&top=8`);
    const rows = await ranking(`basis=to-date&compareTo=${encodeURIComponent(SINCE)}`);
    const shift = ({ rank, previousRank }: RankingRow) => (previousRank ?? 0) - (rank ?? 0);
    expect([rose.count, fell.count, kept]).toEqual([
      rows.filter((row) => shift(row) > 0).length,
      rows.filter((row) => shift(row) < 0).length,
      rows.filter((row) => shift(row) === 0).length,
    ]);
    const [first, riser] = [fell.movers[0], rose.movers[0]];
    expect(first?.places).toBe(Math.min(...rows.map(shift)));
    expect(riser?.places).toBe(Math.max(...rows.map(shift)));
    const own = await product.json<Movement>(`/units/${first?.unit}/movement?year=2026&${query}`);
    expect(own.after.rank).toBe(first?.after.rank);
  });

  it('when the earlier day is seen as known then, or as known now, then it stands where the trend of that view has it', async () => {
    const totals = new Set<unknown>();
    for (const unit of [OWN, 'off-01'])
      for (const known of ['then', 'now']) {
        const view = `/units/${unit}/movement?year=2026&${query}&known=${known}`;
        const moved = await product.json<Movement>(view);
        const trend = await product.json<Trend>(`/units/${unit}/trend?year=2026&on=${ON}&known=${known}`);
        const point = trend.points.find(({ on }) => on === moved.compared.on);
        const { rank, of, total } = moved.before ?? {};
        expect([moved.known, rank, of, total]).toEqual([known, point?.rank, point?.of, point?.total]);
        if (unit === 'off-01') totals.add(total);
      }
    // A late report is known now, and was not then.
    expect(totals.size).toBe(2);
  });

  it('when it is against last year, then every requirement has both, and no events', async () => {
    const moved = await product.json<Movement>(`/units/${OWN}/movement?year=2026&basis=to-date&from=2025`);
    expect(moved.compared.plan.year).toBe(2025);
    expect(moved.events).toEqual([]);
    expect(moved.before?.rank).not.toBeNull();
  });
});

describe('given the calendar', () => {
  it('then who owes what are the standings’ open windows', async () => {
    const { obligations } = await product.json<Agenda>(`/calendar/2026?on=${ON}&basis=year`);
    const { requirements, conditions } = await standing(OWN, `on=${ON}&basis=year`);
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
    const own = await product.json<Agenda>(`/calendar/2026?on=${ON}&basis=year`, { token: unitToken });
    expect(own.obligations.filter(({ owing }) => owing > 0)).toHaveLength(expected.length);
    expect(JSON.stringify(own)).not.toContain('farm-01');
  });

  it('when it is asked for as a file, then what is still owed, in either language, stable within the day', async () => {
    const path = `/calendar/2026.ics?on=${ON}&basis=year`;
    const response = await product.call(path, { token: unitToken });
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const text = (await response.text()).replaceAll('\r\n ', '');
    const { obligations } = await product.json<Agenda>(
      `/calendar/2026?on=${ON}&basis=year&unit=${OWN}&from=${ON}`,
    );
    const open = obligations.filter(({ owing, over }) => owing > 0 && !over);
    const uids = [...text.matchAll(/^UID:(.*)\r$/gm)].map(([, uid]) => uid);
    expect([...text.matchAll(/^STATUS:CONFIRMED\r$/gm)]).toHaveLength(open.length);
    expect(new Set(uids).size).toBe(uids.length);
    expect(text).toContain('学习型');
    const etag = response.headers.get('etag') ?? '';
    const again = await product.call(path, { token: unitToken, headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
    const english = await (await product.call(`${path}&lang=en`)).text();
    expect(english).toContain('CATEGORIES:Learning');
  });
});

describe('given the matrix of some units alone', () => {
  it('then their rows are those of the whole matrix, and requirements are counted over them', async () => {
    const whole = await product.json<GapMatrix>('/gaps/2026?basis=to-date');
    const some = whole.units.slice(3, 6);
    const ids = some.map(({ unit }) => unit);
    const part = await product.json<GapMatrix>(`/gaps/2026?basis=to-date&units=${ids.join()},nobody`);
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
    const gaps = await product.json<GapMatrix>('/gaps/2026?basis=to-date');
    const index = gaps.requirements.findIndex(({ id }) => id === 'learning.research');
    const page = await product.json<RequirementPage>('/requirements/2026/learning.research?basis=to-date');
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
    const page = await product.json<CriterionPage>('/criteria/2026/unity?basis=to-date');
    const rows = await ranking('basis=to-date');
    expect(page.units).toHaveLength(rows.length);
    expect(page.units[0]?.score).toBe(Math.max(...rows.map(({ criteria }) => criteria.unity ?? 0)));
    expect(page.requirements.every(({ id }) => id.startsWith('unity.'))).toBe(true);
  });

  it('when there is none of that id, then 404', async () => {
    expect(await statusOf('/requirements/2026/none', product.tokens.leader)).toBe(404);
    expect(await statusOf('/criteria/2026/none', product.tokens.leader)).toBe(404);
    expect(await statusOf('/requirements/2031/learning.research', product.tokens.leader)).toBe(404);
  });
});

describe('given the overview', () => {
  it('then its numbers are those of the pages that it leads to', async () => {
    const overview = await product.json<Overview>(`/overview/2026?on=${ON}`);
    const rows = await ranking(`basis=to-date&on=${ON}`);
    const gaps = await product.json<GapMatrix>(`/gaps/2026?basis=to-date&on=${ON}`);
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
    const rows = (await ranking(`basis=to-date&on=${ON}`)).filter(({ group }) => group === 'farm');
    const ranks = new Map(rows.map(({ unit, rank }) => [unit, rank]));
    const overview = await product.json<Overview>(`/overview/2026?on=${ON}&group=farm`);
    expect(overview.course.units).toBe(rows.length);
    for (const { unit, rank } of overview.course.furthestBehind) expect(rank).toBe(ranks.get(unit));
    for (const { asked } of overview.dueSoon) expect(asked).toBeLessThanOrEqual(rows.length);
    const from = `${ON.slice(0, 4)}-06-30T15:59:59.999Z`;
    const moversIn = ({ rose, fell }: Movements) => [...rose.movers, ...fell.movers];
    const movements = await product.json<Movements>(
      `/movements/2026?basis=to-date&on=${ON}&from=${from}&group=farm`,
    );
    const all = await product.json<Movements>(`/movements/2026?basis=to-date&on=${ON}&from=${from}`);
    const moved = moversIn(movements);
    expect(moved.length).toBeGreaterThan(0);
    expect(moved.every(({ group }) => group === 'farm')).toBe(true);
    for (const { unit, after } of moved) expect(after.rank).toBe(ranks.get(unit));
    expect(moved).toEqual(expect.arrayContaining(moversIn(all).filter(({ group }) => group === 'farm')));
    expect(movements.rose.count + movements.fell.count + movements.kept).toBeLessThanOrEqual(rows.length);
  });
});

describe('given self-inspections of last year', () => {
  it('then claims are held against the ranking’s scores, the largest overclaim first', async () => {
    const answer = await product.json<SelfInspections>('/self-inspections/2025?basis=year');
    const rows = (await product.json<Ranking>('/rankings/2025?basis=year')).rows.filter(isOpen);
    expect(answer.claims.length).toBeGreaterThan(100);
    const differences = answer.claims.flatMap(({ difference }) => difference ?? []);
    expect(differences).toEqual([...differences].sort((a, b) => b - a));
    for (const claim of answer.claims.slice(0, 10)) {
      const row = rows.find(({ unit }) => unit === claim.unit);
      expect(claim.evidenced).toBe(row?.criteria[claim.criterion]);
      expect(claim.difference).toBeCloseTo(claim.selfScore - (claim.evidenced ?? 0), 4);
    }
    expect(answer.units).toHaveLength(rows.length);
  });
});

describe('given a unit’s token', () => {
  it('then its own answers are open to it, and nobody else’s, nor the zone’s', async () => {
    for (const page of ['way-up', 'trend', 'peers', 'movement']) {
      const query = page === 'movement' ? 'year=2026&from=2025' : 'year=2026';
      expect(await statusOf(`/units/${OWN}/${page}?${query}`, unitToken)).toBe(200);
      expect(await statusOf(`/units/farm-01/${page}?${query}`, unitToken)).toBe(403);
    }
    expect(await statusOf('/calendar/2026?unit=farm-01', unitToken)).toBe(403);
    expect(await statusOf('/calendar/2026.ics?unit=farm-01', unitToken)).toBe(403);
    for (const path of [
      '/overview/2026',
      '/movements/2026?from=2025',
      '/requirements/2026/learning.research',
      '/criteria/2026/unity',
      '/self-inspections/2025',
    ]) {
      expect(await statusOf(path, unitToken)).toBe(403);
      expect(await statusOf(path, product.tokens.leader)).toBe(200);
    }
  });
});
