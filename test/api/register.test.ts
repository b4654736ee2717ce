import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '#api/access/audit.ts';
import type {
  Onboarding,
  RegisterEffect,
  TargetChange,
  TargetTable,
  UnitHistory,
  UnitStep,
} from '#schemas/results/register.ts';
import type { Ranking, RankingRow, Receipt, UnitRow } from '#schemas/results/results.ts';
import { registered } from '#test/support/events.ts';
import { type Product, startProduct } from '#test/support/server.ts';

/** The register of units and their targets: what an order would do, beside what it does. */

const NOW = Date.parse('2026-11-22T02:00:00Z');
const BASES = ['to-date', 'year'] as const;

let orders = 0;
const nextOrder = (): string => `order-${String(++orders).padStart(4, '0')}`;

describe('given a zone in its year', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct({ sample: { seed: 5, today: '2026-11-22' }, clock: () => NOW });
  });
  afterAll(() => product?.stop());

  type Places = Map<string, { total: number | null; rank: number | null; groupRank: number | null }>;
  async function placesOf(basis: string): Promise<Places> {
    const { rows } = await product.json<Ranking>(`/rankings/2026?basis=${basis}`);
    return new Map(
      (rows as RankingRow[]).map(({ unit, total, rank, groupRank }) => [unit, { total, rank, groupRank }]),
    );
  }
  const post = <T>(path: string, body: object): Promise<T> => product.json(path, { method: 'POST', body });
  const order = (steps: UnitStep[]) =>
    post<{ receipts: Receipt[] }>('/register', { order: nextOrder(), steps });

  /** What was told before is what everybody's place becomes, on both bases. */
  async function keepsWord(promised: RegisterEffect, act: () => Promise<unknown>): Promise<void> {
    const before = await Promise.all(BASES.map(placesOf));
    await act();
    for (const [index, basis] of BASES.entries()) {
      const after = await placesOf(basis);
      const told = promised.bases[index];
      expect([told?.basis, told?.before, told?.after]).toEqual([basis, before[index]?.size, after.size]);
      for (const { unit, before: was, after: is } of [...(told?.units ?? []), ...(told?.moves ?? [])])
        expect([unit, was, is]).toEqual([unit, before[index]?.get(unit) ?? null, after.get(unit) ?? null]);
      const ordered = new Set(told?.units.map(({ unit }) => unit));
      const moved = [...after].filter(([unit, { rank, groupRank }]) => {
        const was = before[index]?.get(unit);
        return !ordered.has(unit) && (was?.rank !== rank || was?.groupRank !== groupRank);
      });
      expect(told?.moved).toBe(moved.length);
    }
  }
  const keepsUnits = async (steps: UnitStep[]): Promise<RegisterEffect> => {
    const promised = await post<RegisterEffect>('/register/2026/effects', steps);
    await keepsWord(promised, () => order(steps));
    return promised;
  };
  const units = async (): Promise<UnitRow[]> => (await product.json<{ units: UnitRow[] }>('/units')).units;

  it('when a unit is registered, changed and closed, then the ranking becomes what was told before', async () => {
    const [first, second] = await units();
    if (!first || !second) throw new Error('no units');
    await keepsUnits([
      { do: 'register', unit: 'new-01', name: '新建单位', group: first.group, teamSize: 6, head: 'm-01' },
    ]);
    await keepsUnits([
      { do: 'change', unit: first.unit, name: '改名', teamSize: first.teamSize + 7, group: 'another' },
    ]);
    const closing = await keepsUnits([{ do: 'close', unit: second.unit, on: '2026-11-20', reason: '撤销' }]);
    expect(closing.bases[1]?.units).toMatchObject([{ unit: second.unit, after: null }]);
    // A day behind the year's end takes nobody out of its ranking, and corrects the closing.
    const later = await keepsUnits([{ do: 'close', unit: second.unit, on: '2027-01-01', reason: '更正' }]);
    expect(later.bases[1]?.units[0]?.after).not.toBeNull();
  });

  it('when two units are merged, then one stays with its new facts and the other leaves', async () => {
    const [, , stays, goes] = await units();
    if (!stays || !goes) throw new Error('no units');
    await keepsUnits([
      { do: 'change', unit: stays.unit, name: '合并后的单位', teamSize: stays.teamSize + goes.teamSize },
      { do: 'close', unit: goes.unit, on: '2026-11-21', reason: `并入 ${stays.unit}` },
    ]);
    const after = await units();
    expect(after.find(({ unit }) => unit === goes.unit)?.closedOn).toBe('2026-11-21');
  });

  it('then each has its history with who did it, and the audit log tells of every step', async () => {
    const { events } = await product.json<UnitHistory>('/units/new-01/history');
    expect(events).toMatchObject([
      { type: 'unit.registered', name: '新建单位', teamSize: 6, actor: 'test organisation', closedOn: null },
    ]);
    const { entries } = await product.json<{ entries: AuditEntry[] }>('/audit?limit=100');
    const actions = entries.map(({ action }) => action);
    for (const action of ['unit.registered', 'unit.changed', 'unit.closed'])
      expect(actions).toContain(action);
    expect((await product.call('/units/nobody/history')).status).toBe(404);
  });

  it('when a step is refused, then none after it is taken; the same order again changes nothing', async () => {
    const known = (await units())[0]?.unit ?? '';
    const steps: UnitStep[] = [
      { do: 'change', unit: 'new-01', teamSize: 9 },
      { do: 'register', unit: known, name: '重复', group: 'farm', teamSize: 3, head: 'm-01' },
      { do: 'close', unit: 'new-01', on: '2026-11-21', reason: '不应发生' },
    ];
    const body = { order: nextOrder(), steps };
    const first = await post<{ receipts: Receipt[] }>('/register', body);
    expect(first.receipts.map(({ status }) => status)).toEqual(['appended', 'conflict']);
    const again = await post<{ receipts: Receipt[] }>('/register', body);
    expect(again.receipts.map(({ status }) => status)).toEqual(['already', 'conflict']);
    expect((await units()).find(({ unit }) => unit === 'new-01')).toMatchObject({
      teamSize: 9,
      closedOn: null,
    });
    const unknown = await product.call('/register', {
      method: 'POST',
      body: { order: nextOrder(), steps: [{ do: 'close', unit: 'nobody', on: '2026-11-21', reason: 'x' }] },
    });
    expect(unknown.status).toBe(422);
  });

  it('when targets are assigned and replaced, then the ranking becomes what was told before', async () => {
    const table = await product.json<TargetTable>('/targets?year=2026');
    expect(table.measured).toBe(true);
    const [one, two] = table.targets.filter(({ value }) => value !== null);
    if (!one || !two) throw new Error('no targets');
    const without = 'new-01';
    const targets: TargetChange[] = [
      { unit: one.unit, indicator: one.indicator, target: one.target * 3, direction: one.direction },
      { unit: two.unit, indicator: two.indicator, target: two.target, direction: 'atMost' },
      { unit: without, indicator: one.indicator, target: 12.5, direction: 'atLeast' },
    ];
    const paged: TargetTable[] = [];
    for (let cursor: string | null = ''; cursor !== null; cursor = paged.at(-1)?.nextCursor ?? null)
      paged.push(await product.json(`/targets?year=2026&limit=7${cursor && `&cursor=${cursor}`}`));
    expect(paged.length).toBeGreaterThan(1);
    expect(paged.flatMap(({ units }) => units)).toEqual(table.units);
    expect(paged.flatMap(({ targets }) => targets)).toEqual(table.targets);
    expect(paged.map(({ indicators, of }) => [indicators, of])).toEqual(
      paged.map(() => [table.indicators, table.units.length]),
    );
    const promised = await post<RegisterEffect>('/targets/2026/effects', targets);
    const body = { order: nextOrder(), year: 2026, targets };
    await keepsWord(promised, () => post('/targets', body));
    const after = await product.json<TargetTable>('/targets?year=2026');
    expect(after.targets.find(({ unit }) => unit === without)).toEqual({ ...targets[2], value: null });
    const again = await post<{ receipts: Receipt[] }>('/targets', body);
    expect(again.receipts.map(({ status }) => status)).toEqual(['already', 'already', 'already']);
    const { entries } = await product.json<{ entries: AuditEntry[] }>('/audit?action=targets.assigned');
    expect(entries).toMatchObject([{ details: { year: 2026, count: 3 } }]);
  });

  it('when others than the department ask, then they change nothing; overseers read', async () => {
    const unit = await product.tokens.unit('farm-03');
    const { leader } = product.tokens;
    const steps = [{ do: 'change', unit: 'new-01', teamSize: 4 }];
    for (const token of [unit, leader]) {
      const tries = [
        ['/register', { order: nextOrder(), steps }],
        ['/register/2026/effects', steps],
        ['/targets', { order: nextOrder(), year: 2026, targets: [] }],
      ] as const;
      for (const [path, body] of tries)
        expect((await product.call(path, { method: 'POST', body, token })).status).toBe(403);
      expect((await product.call('/onboarding?year=2026', { token })).status).toBe(403);
    }
    expect((await product.call('/targets?year=2026', { token: leader })).status).toBe(200);
    expect((await product.call('/targets?year=2026', { token: unit })).status).toBe(403);
  });

  it('then the first steps are done as far as the facts say', async () => {
    const { steps, done } = await product.json<Onboarding>('/onboarding?year=2026');
    expect(steps.map(({ step, done: is }) => [step, is])).toEqual([
      ['units', true],
      ['plan', true],
      ['invitations', false],
      ['targets', true],
      ['report', true],
    ]);
    const { count, of } = steps[2] ?? {};
    expect([count, done]).toEqual([(of ?? 0) - 1, false]);
    await product.tokens.unit('new-01');
    expect((await product.json<Onboarding>('/onboarding?year=2026')).done).toBe(true);
  });
});

describe('given an empty system', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct({ clock: () => NOW });
  });
  afterAll(() => product?.stop());

  it('then nothing is done, and each step is as soon as its fact is there', async () => {
    const read = async () => (await product.json<Onboarding>('/onboarding?year=2026')).steps;
    expect((await read()).map(({ done }) => done)).toEqual([false, false, false, false, false]);
    await product.send([registered('farm-1')]);
    expect((await read()).map(({ done }) => done)).toEqual([true, false, false, false, false]);
    const table = await product.json<TargetTable>('/targets?year=2026');
    expect([table.measured, table.units.length, table.targets]).toEqual([null, 1, []]);
  });
});
