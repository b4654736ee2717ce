import { describe, expect, it } from 'vitest';
import type { Movement, Movements } from '#schemas/results/movement.ts';
import type { Peers } from '#schemas/results/peers.ts';
import type { Ranking, RankingRow } from '#schemas/results/results.ts';
import type { SelfInspections } from '#schemas/results/selfInspections.ts';
import type { Trend } from '#schemas/results/trend.ts';
import type { WayUp } from '#schemas/results/wayUp.ts';
import { isOpen, OWN, readSample } from '#test/support/readSample.ts';

/** What the pages are told, held against ranking, standings and gaps of the same product on the sample. */
const ON = '2026-11-20';
const SINCE = '2026-09-30T15:59:59.999Z';
const house = readSample(ON);

describe('given the way up', () => {
  const asked = `basis=year&on=${ON}`;

  it('then rank and total are the ranking’s, and every step is a gap that can be caught up', async () => {
    const rows = await house.ranking(asked);
    for (const { unit, rank, total } of rows.slice(3, 9)) {
      const way = await house.product.json<WayUp>(`/units/${unit}/way-up?year=2026&${asked}`);
      expect([way.rank, way.total, way.of]).toEqual([rank, total, rows.length]);
      const { requirements } = await house.standing(unit, asked);
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
    const rows = await house.ranking(asked);
    for (const { unit, rank } of rows.slice(-6)) {
      const { requirements } = await house.standing(unit, asked);
      const single = requirements.some(({ rankIfCaughtUp, windows, measure }) => {
        const open = windows.filter(({ status }) => status === 'open' || status === 'future');
        const missing = open.reduce((sum, window) => sum + window.required - window.actual, 0);
        return (
          rankIfCaughtUp !== null && rankIfCaughtUp < (rank ?? 0) && measure === 'count' && missing === 1
        );
      });
      if (!single) continue;
      const way = await house.product.json<WayUp>(`/units/${unit}/way-up?year=2026&${asked}`);
      expect(way.next).toMatchObject({ actions: 1, results: 0 });
    }
  });

  it('when the year is over, then nothing is left', async () => {
    const way = await house.product.json<WayUp>(`/units/${OWN}/way-up?year=2025&basis=year`);
    expect(way).toMatchObject({ next: null, best: null });
    expect(['first', 'nothing-left', 'veto']).toContain(way.obstacle);
  });
});

describe('given the trend', () => {
  it('then each point is the ranking to date of its day', async () => {
    const trend = await house.product.json<Trend>(`/units/${OWN}/trend?year=2026&on=${ON}`);
    expect(trend.points.map(({ on }) => on)).toHaveLength(11);
    expect(trend.points.at(-1)?.on).toBe(ON);
    for (const on of ['2026-03-31', '2026-08-31', ON]) {
      const row = (await house.ranking(`basis=to-date&on=${on}`)).find(({ unit }) => unit === OWN);
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
    const trend = await house.product.json<Trend>(`/units/${OWN}/trend?year=2026&on=${ON}&known=then`);
    const row = (await house.ranking(`basis=to-date&on=2026-09-30&asOf=${encodeURIComponent(SINCE)}`)).find(
      ({ unit }) => unit === OWN,
    );
    const point = trend.points.find(({ on }) => on === '2026-09-30');
    expect([point?.rank, point?.total, point?.criteria]).toEqual([row?.rank, row?.total, row?.criteria]);
  });

  it('when an event comes, then the days that it concerns change with it', async () => {
    const before = await house.product.json<Trend>(`/units/off-01/trend?year=2026&on=${ON}`);
    const { receipts } = await house.product.send([
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
    const after = await house.product.json<Trend>(`/units/off-01/trend?year=2026&on=${ON}`);
    const unity = (trend: Trend, on: string) => trend.points.find((one) => one.on === on)?.criteria.unity;
    expect(unity(after, '2026-04-30')).toBe(unity(before, '2026-04-30'));
    expect(unity(after, '2026-05-31')).toBeCloseTo((unity(before, '2026-05-31') ?? 0) - 5, 4);
  });
});

describe('given the peers', () => {
  it('then median and best are those of the ranking’s rows', async () => {
    const rows = await house.ranking('basis=to-date');
    const peers = await house.product.json<Peers>(`/units/${OWN}/peers?year=2026&basis=to-date`, {
      token: house.unitToken,
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
    const rows = await house.ranking(`basis=to-date&compareTo=${encodeURIComponent(SINCE)}`);
    for (const { unit, rank, total, previousRank } of rows.slice(0, 5)) {
      const moved = await house.product.json<Movement>(`/units/${unit}/movement?year=2026&${query}`);
      expect([moved.after.rank, moved.before?.rank]).toEqual([rank, previousRank]);
      const { requirements, deductions, vetoEffect, rest } = moved;
      const sum = [...requirements, ...deductions].reduce((all, { effect }) => all + effect, 0);
      expect(sum + vetoEffect + rest).toBeCloseTo((total ?? 0) - (moved.before?.total ?? 0), 5);
      for (const { recordedtime } of moved.events) expect(recordedtime > SINCE).toBe(true);
    }
  });

  it('then late and corrected events are told apart, at the requirement that they bear on', async () => {
    const moved = await house.product.json<Movement>(`/units/off-01/movement?year=2026&${query}`);
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

  it('then a rejection is behind the move that it made, and a verification of what counted already behind none', async () => {
    const rows = await house.ranking(`basis=to-date&on=${ON}`);
    const moves: Record<string, string[]> = { 'activity.rejected': [], 'activity.verified': [] };
    for (const { unit } of rows) {
      const moved = await house.product.json<Movement>(`/units/${unit}/movement?year=2026&${query}`);
      for (const { type, moves: behind } of moved.events) moves[type]?.push(...behind);
    }
    expect(moves['activity.rejected']?.length).toBeGreaterThan(0);
    expect(moves['activity.verified']).toEqual([]);
  });

  it('when it looks from an earlier day, then no activity of a later one is behind a move', async () => {
    const early = `basis=to-date&on=2026-06-15&from=${encodeURIComponent('2026-03-31T15:59:59.999Z')}`;
    for (const unit of [OWN, 'off-01', 'farm-01']) {
      const { events } = await house.product.json<Movement>(`/units/${unit}/movement?year=2026&${early}`);
      const recorded = events.filter(({ type }) => type === 'activity.recorded');
      expect(recorded.length).toBeGreaterThan(0);
      expect(recorded.filter(({ occurredOn }) => (occurredOn ?? '') > '2026-06-15')).toEqual([]);
    }
  });

  it('when it is asked of all, then the furthest first, each as its own page has it', async () => {
    const { rose, fell, kept } = await house.product.json<Movements>(`/movements/2026?${query}&top=8`);
    const rows = await house.ranking(`basis=to-date&compareTo=${encodeURIComponent(SINCE)}`);
    const shift = ({ rank, previousRank }: RankingRow) => (previousRank ?? 0) - (rank ?? 0);
    expect([rose.count, fell.count, kept]).toEqual([
      rows.filter((row) => shift(row) > 0).length,
      rows.filter((row) => shift(row) < 0).length,
      rows.filter((row) => shift(row) === 0).length,
    ]);
    const [first, riser] = [fell.movers[0], rose.movers[0]];
    expect(first?.places).toBe(Math.min(...rows.map(shift)));
    expect(riser?.places).toBe(Math.max(...rows.map(shift)));
    const own = await house.product.json<Movement>(`/units/${first?.unit}/movement?year=2026&${query}`);
    expect(own.after.rank).toBe(first?.after.rank);
  });

  it('when the earlier day is seen as known then, or as known now, then it stands where the trend of that view has it', async () => {
    const totals = new Set<unknown>();
    for (const unit of [OWN, 'off-01'])
      for (const known of ['then', 'now']) {
        const view = `/units/${unit}/movement?year=2026&${query}&known=${known}`;
        const moved = await house.product.json<Movement>(view);
        const trend = await house.product.json<Trend>(
          `/units/${unit}/trend?year=2026&on=${ON}&known=${known}`,
        );
        const point = trend.points.find(({ on }) => on === moved.compared.on);
        const { rank, of, total } = moved.before ?? {};
        expect([moved.known, rank, of, total]).toEqual([known, point?.rank, point?.of, point?.total]);
        if (unit === 'off-01') totals.add(total);
      }
    // A late report is known now, and was not then.
    expect(totals.size).toBe(2);
  });

  it('when it is against last year, then every requirement has both, and no events', async () => {
    const moved = await house.product.json<Movement>(
      `/units/${OWN}/movement?year=2026&basis=to-date&from=2025`,
    );
    expect(moved.compared.plan.year).toBe(2025);
    expect(moved.events).toEqual([]);
    expect(moved.before?.rank).not.toBeNull();
  });
});

describe('given self-inspections of last year', () => {
  it('then claims are held against the ranking’s scores, the largest overclaim first', async () => {
    const answer = await house.product.json<SelfInspections>('/self-inspections/2025?basis=year');
    const rows = (await house.product.json<Ranking>('/rankings/2025?basis=year')).rows.filter(isOpen);
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
      expect(await house.statusOf(`/units/${OWN}/${page}?${query}`, house.unitToken)).toBe(200);
      expect(await house.statusOf(`/units/farm-01/${page}?${query}`, house.unitToken)).toBe(403);
    }
    expect(await house.statusOf('/calendar/2026?unit=farm-01', house.unitToken)).toBe(403);
    expect(await house.statusOf('/calendar/2026.ics?unit=farm-01', house.unitToken)).toBe(403);
    for (const path of [
      '/overview/2026',
      '/movements/2026?from=2025',
      '/requirements/2026/learning.research',
      '/criteria/2026/unity',
      '/self-inspections/2025',
    ]) {
      expect(await house.statusOf(path, house.unitToken)).toBe(403);
      expect(await house.statusOf(path, house.product.tokens.leader)).toBe(200);
    }
  });
});
