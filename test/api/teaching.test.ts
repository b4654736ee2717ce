import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import type { History } from '#schemas/results/history.ts';
import type { Movement, Movements } from '#schemas/results/movement.ts';
import type { GapMatrix, Ranking, RankingRow } from '#schemas/results/results.ts';
import type { Teaching } from '#schemas/results/teaching.ts';
import type { Trend } from '#schemas/results/trend.ts';
import type { YearOnYear } from '#schemas/results/yearOnYear.ts';
import { type Product, startProduct } from '#test/support/server.ts';

/** The exchange meeting on the sample: who can teach whom, and this year beside last. */
let product: Product;
const VIEW = 'basis=to-date&on=2026-11-20';

beforeAll(async () => {
  product = await startProduct({ sample: { today: '2026-11-20' } });
});
afterAll(() => product?.stop());

const rowsOf = async (path: string): Promise<RankingRow[]> =>
  (await product.json<Ranking>(path)).rows as RankingRow[];

describe('given the sample year, when the agenda is asked for', () => {
  let teaching: Teaching;
  beforeAll(async () => {
    teaching = await product.json<Teaching>(`/teaching/2026?${VIEW}`);
  });

  it('then every criterion and requirement is a topic, and the agenda names requirements with pairs', () => {
    expect(teaching.topics).toHaveLength(plan2026.criteria.length + plan2026.requirements.length);
    expect(teaching.agenda.length).toBeGreaterThan(5);
    for (const id of teaching.agenda)
      expect(teaching.topics.find((topic) => topic.id === id)?.pairs.length).toBeGreaterThan(0);
  });

  it('then levels are those of the gap matrix, and nobody vetoed teaches', async () => {
    const gaps = await product.json<GapMatrix>(`/gaps/2026?${VIEW}`);
    const rows = new Map((await rowsOf(`/rankings/2026?${VIEW}`)).map((row) => [row.unit, row]));
    const levelOf = (unit: string, id: string) =>
      gaps.units.find((one) => one.unit === unit)?.attainments[
        gaps.requirements.findIndex((one) => one.id === id)
      ];
    for (const topic of teaching.topics) {
      for (const { unit, level } of [...topic.excelling, ...topic.lagging])
        expect(level).toBe(
          topic.of === 'criterion' ? rows.get(unit)?.criteria[topic.id] : levelOf(unit, topic.id),
        );
      for (const { teacher, learner } of topic.pairs) {
        expect(rows.get(teacher.unit)?.vetoes).toEqual([]);
        expect(teacher.level).toBeGreaterThan(learner.level);
      }
    }
  });

  it('then most pairs are of one group, and each practice comes with what the teacher did', () => {
    const pairs = teaching.topics.flatMap((topic) => topic.pairs);
    expect(pairs.filter(({ sameGroup }) => sameGroup).length).toBeGreaterThan(pairs.length / 2);
    for (const { practice, activities } of pairs)
      for (const { kind } of activities) expect(kind).toBe(practice?.kind);
    expect(pairs.filter(({ activities }) => activities.length > 0).length).toBeGreaterThan(pairs.length / 2);
  });

  it('when one group is asked for, then the learners are of it', async () => {
    const { topics } = await product.json<Teaching>(`/teaching/2026?${VIEW}&group=school&limit=2`);
    const learners = topics.flatMap(({ pairs }) => pairs.map(({ learner }) => learner));
    expect(learners.length).toBeGreaterThan(0);
    expect(new Set(learners.map(({ group }) => group))).toEqual(new Set(['school']));
    expect(Math.max(...topics.map(({ pairs }) => pairs.length))).toBeLessThanOrEqual(2);
  });
});

describe('given two sample years, whose plans differ in two weights', () => {
  it.each(['basis=year', VIEW])(
    'when they are compared (%s), then official places are the rankings’',
    async (view) => {
      const {
        rows,
        changes,
        leftOut,
        with: other,
      } = await product.json<YearOnYear>(`/year-on-year/2026?${view}`);
      expect(other.plan.year).toBe(2025);
      expect(leftOut).toEqual({ own: [], other: [] });
      expect(changes.weights).toHaveLength(2);
      expect([changes.added, changes.dropped, changes.changed]).toEqual([[], [], []]);
      const place = ({ rank, total, criteria }: RankingRow) => ({ rank, total, criteria });
      const now = new Map((await rowsOf(`/rankings/2026?${view}`)).map((row) => [row.unit, place(row)]));
      const last = view.replace('2026', '2025');
      const before = new Map((await rowsOf(`/rankings/2025?${last}`)).map((row) => [row.unit, place(row)]));
      for (const row of rows) {
        expect(row.official).toEqual({
          now: now.get(row.unit) ?? null,
          before: before.get(row.unit) ?? null,
        });
        expect(row.underOwn.now).toEqual(row.official.now);
        expect(row.underOther.before).toEqual(row.official.before);
      }
    },
  );

  it('then last year under this year’s method is what the rankings give with this year’s weights', async () => {
    const { rows } = await product.json<YearOnYear>('/year-on-year/2026?with=2025');
    const weights = plan2026.criteria.map(({ id, weight }) => `${id}:${weight}`).join();
    const reweighed = await rowsOf(`/rankings/2025?weights=${weights}`);
    for (const { unit, rank, total, criteria } of reweighed)
      expect(rows.find((row) => row.unit === unit)?.underOwn.before).toEqual({ rank, total, criteria });
  });

  /** It is there since 1 July 2025, and ranked in the whole of that year. */
  const JOINED = 'ent-11';

  it('when a unit had not begun on a day, then the ranking has it, and nothing is compared with that day', async () => {
    const ranked = (await rowsOf('/rankings/2025?basis=to-date&on=2025-06-30')).find(
      ({ unit }) => unit === JOINED,
    );
    expect(ranked).toMatchObject({ total: 0 });
    const { rows } = await product.json<YearOnYear>('/year-on-year/2026?basis=to-date&on=2026-06-30');
    expect(rows.filter(({ since }) => since !== null).map(({ unit, since }) => [unit, since])).toEqual([
      [JOINED, '2025-07-01'],
    ]);
    const whole = await product.json<YearOnYear>('/year-on-year/2026?basis=year');
    expect(whole.rows.filter(({ since }) => since !== null)).toEqual([]);

    const trend = await product.json<Trend>(`/units/${JOINED}/trend?year=2025&on=2025-12-31`);
    const held = trend.points.map(({ on, rank, total }) => [on, rank !== null, total !== null]);
    expect(held).toEqual(trend.points.map(({ on }) => [on, on >= '2025-07-01', on >= '2025-07-01']));
    for (const query of ['', `&units=${JOINED}`]) {
      const history = await product.json<History>(`/history/2025?on=2025-12-31${query}`);
      const ranks = history.ranks[history.units.indexOf(JOINED)];
      expect(ranks).toEqual(trend.points.map(({ rank }) => rank));
      expect(history.unbegun).toEqual([{ unit: JOINED, since: '2025-07-01' }]);
      expect(history.detail?.totals ?? [trend.points.map(({ total }) => total)]).toEqual([
        trend.points.map(({ total }) => total),
      ]);
    }

    const then = '2025-06-30T15:59:59.999Z';
    const view = 'basis=to-date&on=2025-12-31';
    const compared = await rowsOf(`/rankings/2025?${view}&compareTo=${then}`);
    expect(compared.filter(({ previousRank }) => previousRank === null).map(({ unit }) => unit)).toEqual([
      JOINED,
    ]);
    const moved = await product.json<Movement>(`/units/${JOINED}/movement?year=2025&${view}&from=${then}`);
    expect(moved).toMatchObject({ before: null, since: '2025-07-01', split: null });
    const movers = await product.json<Movements>(`/movements/2025?${view}&from=${then}&top=100`);
    expect(movers.rose.count + movers.fell.count + movers.kept).toBe(compared.length - 1);
    expect([...movers.rose.movers, ...movers.fell.movers].map(({ unit }) => unit)).not.toContain(JOINED);
  });

  it('when the other year is the same, then nothing differs; when it has no plan, then 404', async () => {
    const { changes, leftOut, rows } = await product.json<YearOnYear>('/year-on-year/2026?with=2026');
    expect([changes, leftOut]).toEqual([
      { weights: [], added: [], dropped: [], changed: [] },
      { own: [], other: [] },
    ]);
    expect(rows.length).toBeGreaterThan(0);
    for (const { official, underOwn, underOther } of rows)
      for (const { now, before } of [official, underOwn, underOther]) expect(before).toEqual(now);
    expect((await product.call('/year-on-year/2026?with=2019')).status).toBe(404);
  });
});
