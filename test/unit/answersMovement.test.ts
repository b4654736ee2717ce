import { describe, expect, test } from 'vitest';
import { moversOf } from '#schemas/movement/movement.ts';
import { movementOfUnit, withoutNames } from '#schemas/movement/ofUnit.ts';
import { type MovementFact, movementFacts, moverFact } from '#schemas/presentation/answers/movement.ts';
import { trendFacts } from '#schemas/presentation/answers/trend.ts';
import { NOTHING } from '#schemas/presentation/numbers.ts';
import type { Movement } from '#schemas/results/movement.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import { atOnce } from '#schemas/steps.ts';
import { type RandomZone, randomZone, ZONES } from '#test/support/randomZone.ts';
import { strayWords, writtenBetween } from '#test/support/sentences.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { effectsOf, sumOf } from '../../dashboard/pages/unit/movement.ts';
import { movementAnswer, trendAnswer } from '../../dashboard/pages/unit/movementAnswer.ts';

type Compared = RandomZone & { before: NonNullable<RandomZone['before']> };
const zones = Array.from({ length: ZONES }, (_, seed) => randomZone(seed)).filter(
  (zone): zone is Compared => zone.before !== null,
);

/** What the page of a unit is told, for every unit of a zone. */
function movementsOf({ now, before, plan, question }: Compared): Movement[] {
  const asked = {
    plan: { year: plan.year, version: plan.version },
    basis: question.basis,
    on: question.on,
    asOf: null,
    complete: true,
    watermark: '1',
  };
  const then = before.standings.judge.plan;
  const compared = {
    plan: { year: then.year, version: then.version },
    on: before.question.on,
    asOf: before.asOf,
  };
  const recast = before.recast;
  return now.ranked.rows.flatMap(({ unit }) => {
    const moved = movementOfUnit({ before: before.standings, after: now, recast }, unit, []);
    return moved ? [{ ...moved, known: 'then' as const, compared, ...asked }] : [];
  });
}

const all = zones.flatMap((zone) => movementsOf(zone).map((movement) => ({ zone, movement })));
const where = ({ zone, movement }: (typeof all)[number]) => `seed ${zone.seed}, ${movement.unit}`;
const find = <K extends MovementFact['kind']>(facts: readonly MovementFact[], kind: K) =>
  facts.find((fact) => fact.kind === kind);
const rowOf = (rows: readonly RankingRow[], unit: string) => rows.find((row) => row.unit === unit);
const totalIn = (rows: readonly RankingRow[], unit: string) => rowOf(rows, unit)?.total ?? null;

describe('what is said of a movement follows from the two rankings and the rows under it', () => {
  test('places are those who passed and who fell behind, and split into own and others', () => {
    for (const one of all) {
      const { movement, zone } = one;
      const [was, is] = [zone.before.standings.ranked.rows, zone.now.ranked.rows];
      const [then, now] = [totalIn(was, movement.unit), totalIn(is, movement.unit)];
      if (then === null || now === null) {
        expect(movement.split, where(one)).toBeNull();
        continue;
      }
      const places = (rowOf(was, movement.unit)?.rank ?? 0) - (rowOf(is, movement.unit)?.rank ?? 0);
      const ahead = (rows: readonly RankingRow[], total: number) =>
        rows.filter((row) => row.unit !== movement.unit && (row.total ?? -1) > total).map(({ unit }) => unit);
      const [aheadThen, aheadNow] = [ahead(was, then), ahead(is, now)];
      const ids = ({ units }: Movement['passedBy']) => units?.map(({ unit }) => unit).sort();
      expect(ids(movement.passedBy), where(one)).toEqual(
        aheadNow.filter((unit) => !aheadThen.includes(unit)).sort(),
      );
      expect(ids(movement.overtook)).toEqual(aheadThen.filter((unit) => !aheadNow.includes(unit)).sort());
      expect(movement.overtook.count - movement.passedBy.count, where(one)).toBe(places);
      // With everybody else as they were, the new total alone.
      const own = aheadThen.length - ahead(was, now).length;
      expect(movement.split).toEqual({ own, others: places - own });
    }
  });

  test('a rank that others of the table have as well is told as shared, and no other', () => {
    let shared = 0;
    for (const one of all) {
      const fact = movementFacts(one.movement).find((each) => 'shared' in each);
      if (!fact || !('shared' in fact)) continue;
      const { before, now } = one.zone;
      const many = (rows: readonly RankingRow[], rank: number): boolean =>
        rows.filter((row) => row.rank === rank).length > 1;
      const [was, is] = [before.standings.ranked.rows, now.ranked.rows];
      expect(fact.shared, where(one)).toEqual({ from: many(was, fact.from), to: many(is, fact.to) });
      if (fact.shared.from || fact.shared.to) shared++;
    }
    expect(shared).toBeGreaterThan(50);
  });

  test('the reason goes the way that the rank went, or others are the reason', () => {
    let shared = 0;
    for (const one of all) {
      const facts = movementFacts(one.movement);
      const main = find(facts, 'main');
      const moved = facts.find(({ kind }) => ['rose', 'fell', 'same'].includes(kind));
      if (main?.kind !== 'main' || moved === undefined || !('change' in moved)) continue;
      const { effect, because, level = 0 } = main.reason;
      expect(because).not.toBe('others');
      const uncapped = find(facts, 'uncapped');
      if (main.hidden) {
        expect(moved.change, where(one)).toBe(0);
        expect(uncapped && 'change' in uncapped ? uncapped.change * effect : 0).toBeGreaterThan(0);
      } else if (moved.kind === 'same') expect(moved.change * effect, where(one)).toBeGreaterThan(0);
      else expect(effect * (moved.kind === 'rose' ? 1 : -1), where(one)).toBeGreaterThan(0);
      const { requirements, deductions, vetoEffect, rest, compared, plan } = one.movement;
      const isSamePlan = compared.plan.version === plan.version && compared.plan.year === plan.year;
      // The last row holds the other weights of another plan, too; else it is what rounding and limits leave.
      const rows = [...[...requirements, ...deductions].map((row) => row.effect), isSamePlan ? 0 : rest];
      const same = rows.filter((row) => row * effect > 0).map(Math.abs);
      expect(Math.abs(effect)).toBe(Math.max(...same, because === 'veto' ? Math.abs(vetoEffect) : 0));
      // Others that did as much are counted.
      const isVeto = because === 'veto' || (!main.hidden && vetoEffect === effect);
      const alike = rows.filter((row) => row === effect).length + (isVeto ? 1 : 0);
      expect(level, where(one)).toBe(alike - 1);
      if (level > 0) shared++;
    }
    expect(shared).toBeGreaterThan(3);
  });

  test('effects add up to the total without the veto, and with what the veto does to the total', () => {
    const words = wordsOf('en');
    for (const one of all) {
      const { before, after } = one.movement;
      if (!before || before.total === null || after.total === null) continue;
      const { own, veto } = effectsOf(words, one.zone.plan, one.movement);
      const uncapped = Number(((after.totalWithoutVeto ?? 0) - (before.totalWithoutVeto ?? 0)).toFixed(4));
      expect(sumOf(own), where(one)).toBe(uncapped === 0 ? 0 : uncapped);
      // What is not counted on one of the sides is said in words: a dash beside an arrow says nothing.
      for (const { before: was, after: is } of own) expect([was, is], where(one)).not.toContain(NOTHING);
      const total = Number((after.total - before.total).toFixed(4));
      expect(sumOf(veto ? [...own, veto] : own), where(one)).toBeCloseTo(total, 6);
      // Where no veto is shown, none has an effect.
      if (!veto) expect(one.movement.vetoEffect).toBe(0);
    }
  });

  test('no total is told to go from itself to itself; one that a veto caps is told to be held by it', () => {
    const seen = { held: 0, stayed: 0, went: 0 };
    for (const locale of ['zh-CN', 'en'] as const) {
      const words = wordsOf(locale);
      for (const one of all) {
        const { before, after } = one.movement;
        const facts = movementFacts(one.movement);
        const [moved] = facts;
        if (!before || !moved || !('held' in moved)) continue;
        const said = movementAnswer(words, facts, { plan: one.zone.plan, since: 'x', day: 'x' }).join(' ');
        for (const [, from, to] of said.matchAll(/([\d.,]+)(?: to | → )([\d.,]+)/g))
          expect(from, `${where(one)}: ${said}`).not.toBe(to);
        expect(moved.held).toBe(
          moved.change === 0 &&
            before.total !== before.totalWithoutVeto &&
            after.total !== after.totalWithoutVeto,
        );
        seen[moved.held ? 'held' : moved.change === 0 ? 'stayed' : 'went']++;
        if (moved.held) expect(said).toMatch(/since a veto caps it|因一票否决封顶/);
      }
    }
    expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(5);
  });

  test('what became known late and what has happened since make up the places', () => {
    let told = 0;
    for (const one of all) {
      const fact = find(movementFacts(one.movement), 'recast');
      if (fact?.kind !== 'recast') continue;
      told++;
      const { before, after } = one.movement;
      expect(fact.late + fact.since).toBe((before?.rank ?? 0) - (after.rank ?? 0));
      expect(fact.rank).toBe(rowOf(one.zone.before.recast?.ranked.rows ?? [], one.movement.unit)?.rank);
    }
    expect(told).toBeGreaterThan(50);
  });

  test('who takes part is told whenever it is not the same', () => {
    for (const one of all) {
      const ranked = (rows: readonly RankingRow[]) => rows.filter(({ rank }) => rank !== null);
      const [was, is] = [ranked(one.zone.before.standings.ranked.rows), ranked(one.zone.now.ranked.rows)];
      const ids = (rows: readonly RankingRow[]) =>
        rows
          .map(({ unit }) => unit)
          .sort()
          .join();
      const fact = find(movementFacts(one.movement), 'of');
      expect(fact !== undefined, where(one)).toBe(ids(was) !== ids(is));
      if (fact?.kind === 'of') expect([fact.from, fact.to]).toEqual([was.length, is.length]);
    }
  });

  test.each(['zh-CN', 'en'] as const)('every number in %s stands in the rows', (locale) => {
    const words = wordsOf(locale);
    for (const one of all) {
      const { movement, zone } = one;
      const { plan, before } = zone;
      const said = movementAnswer(words, movementFacts(movement), { plan, since: '', day: '' });
      const stood = [movement.before, movement.after, movement.recast];
      const totals = stood.flatMap((place) => (place ? [place.total, place.totalWithoutVeto] : []));
      const effects = [
        ...[...movement.requirements, ...movement.deductions].map(({ effect }) => effect),
        movement.vetoEffect,
        movement.rest,
      ];
      const count = Math.max(zone.now.ranked.rows.length, before.standings.ranked.rows.length);
      const figures = [
        ...totals.map((total) => words.score(total)),
        ...effects.map((effect) => words.gap(Math.abs(effect))),
        ...writtenBetween(movement.before?.total ?? null, movement.after.total),
        ...writtenBetween(movement.before?.totalWithoutVeto ?? null, movement.after.totalWithoutVeto),
        ...Array.from({ length: count + 1 }, (_, place) => place),
        ...[movement.plan.version, movement.compared.plan.version],
      ];
      const ids = [...plan.requirements, ...plan.deductions, ...plan.vetoes];
      const names = [
        ...zone.now.ranked.rows.map(({ name }) => name),
        ...before.standings.ranked.rows.map(({ name }) => name),
        ...ids.map(({ id }) => id),
        ...plan.requirements.map(({ name }) => words.name(name)),
      ];
      expect(strayWords(said, names, figures), `${where(one)}: ${said.join('')}`).toEqual([]);
    }
  });

  test('the zones hold every kind of fact', () => {
    const kinds = new Set(all.flatMap(({ movement }) => movementFacts(movement).map(({ kind }) => kind)));
    expect([...kinds].sort()).toEqual([
      'fell',
      'main',
      'no-effect',
      'no-rank-now',
      'no-rank-then',
      'of',
      'overtook',
      'passed-by',
      'plan',
      'recast',
      'rose',
      'same',
      'split',
      'uncapped',
    ]);
    expect(
      all.some(({ movement }) => movementFacts(movement).some((fact) => 'hidden' in fact && fact.hidden)),
    ).toBe(true);
  });

  test('a unit is told how many passed it, and never who', () => {
    for (const { movement } of all) {
      const seen = JSON.stringify(withoutNames(movement));
      for (const { unit } of movement.passedBy.units ?? []) expect(seen).not.toContain(`"${unit}"`);
    }
  });
});

describe('what is said of those that moved furthest', () => {
  const moversIn = (zone: (typeof zones)[number], group?: string) => {
    const { rose, fell } = atOnce(moversOf(zone.before.standings, zone.now, 20, group));
    return [...rose.movers, ...fell.movers];
  };

  test('where a list breaks off among equals, as many are told as stand behind it', () => {
    let level = 0;
    for (const { before, now, seed } of zones) {
      const [all, few] = [50, 2].map((most) => atOnce(moversOf(before.standings, now, most)));
      for (const side of ['rose', 'fell'] as const) {
        const [whole, cut] = [all?.[side].movers ?? [], few?.[side]];
        expect(cut?.count, `seed ${seed}`).toBe(whole.length);
        const last = cut?.movers.at(-1)?.places;
        expect(cut?.level, `seed ${seed}`).toBe(
          whole.slice(2).filter(({ places }) => places === last).length,
        );
        level += cut?.level ?? 0;
      }
    }
    expect(level).toBeGreaterThan(20);
  });

  test('is what the page of each says', () => {
    for (const zone of zones) {
      const movers = moversIn(zone);
      const pages = movementsOf(zone);
      for (const mover of movers) {
        const page = pages.find(({ unit }) => unit === mover.unit);
        const fact = moverFact(mover);
        expect(mover.split).toEqual(page?.split);
        expect(fact.crossed).toBe(fact.rose ? page?.overtook.count : page?.passedBy.count);
        const sign = fact.rose ? 1 : -1;
        if (fact.reason.because === 'others') {
          expect(fact.reason.effect).toBe(fact.change);
          expect(fact.crossed).toBeGreaterThan(0);
        } else expect(fact.reason.effect * sign, `seed ${zone.seed}`).toBeGreaterThan(0);
      }
    }
  });

  test('of a group counts places of the zone', () => {
    for (const zone of zones) {
      const [whole, farm] = [moversIn(zone), moversIn(zone, 'farm')];
      expect(farm).toEqual(whole.filter(({ group }) => group === 'farm'));
    }
  });
});

test('a trend says when the number of ranked units changes, and since when', () => {
  const point = (on: string, of: number) => ({ on, of, rank: 1, total: 80, criteria: {} });
  const points = [
    point('2026-01-31', 0),
    point('2026-02-28', 48),
    point('2026-03-31', 48),
    point('2026-04-30', 47),
  ];
  expect(trendAnswer(wordsOf('zh-CN'), trendFacts({ points }))).toEqual([
    '有名次的单位数前后不同：2 月 28 日起 48 个、4 月 30 日起 47 个。',
  ]);
  expect(trendFacts({ points: points.slice(0, 3) })).toEqual([]);
});
