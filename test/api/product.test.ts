import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  GapMatrix,
  HiddenRow,
  Ranking,
  RankingRow,
  Standing,
  UnitRow,
} from '#schemas/results/results.ts';
import { type Product, startProduct } from '#test/support/server.ts';

/** The whole product on the sample: what comes out, and who sees what of it. */
let product: Product;
let unitToken: string;
const OWN = 'farm-01';
const AS_OF = '2026-11-21T00:00:00Z';

beforeAll(async () => {
  product = await startProduct({ sample: { today: '2026-11-20' } });
  unitToken = await product.tokens.unit(OWN);
});
afterAll(() => product.stop());

const ranking = (query: string, token?: string) =>
  product.json<Ranking>(`/rankings/2026?${query}`, token === undefined ? {} : { token });

const isOpen = (row: RankingRow | HiddenRow): row is RankingRow => 'unit' in row;

describe('given the ranking', () => {
  it('when a leader asks, then every unit is there by rank, with bands', async () => {
    const { rows, plan, complete, watermark } = await ranking('basis=to-date');
    expect(rows.length).toBeGreaterThan(40);
    const ranks = rows.filter(isOpen).map(({ rank }) => rank ?? Number.POSITIVE_INFINITY);
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(rows.filter(isOpen).every(({ band }) => band !== undefined)).toBe(true);
    expect([plan.year, complete]).toEqual([2026, true]);
    expect(watermark).toMatch(/^\d+$/);
  });

  it('when a unit asks, then it sees itself in full and of the others rank and total alone', async () => {
    for (const query of ['basis=to-date', 'basis=year', 'compareTo=2025', `asOf=${AS_OF}`, 'top=3']) {
      const all = await ranking(query);
      const seen = await ranking(query, unitToken);
      expect(seen.rows).toHaveLength(all.rows.length);
      const own = seen.rows.filter(isOpen);
      expect(own.map(({ unit }) => unit)).toEqual([OWN]);
      expect(own[0]).toEqual(all.rows.find((row) => isOpen(row) && row.unit === OWN));
      for (const row of seen.rows.filter((row) => !isOpen(row)))
        expect(Object.keys(row).sort()).toEqual(['rank', 'total']);
    }
  });

  it('when a unit asks after a leader did, then nothing kept for the leader comes', async () => {
    const leader = await product.call('/rankings/2026?basis=year', { token: product.tokens.leader });
    const etag = leader.headers.get('etag') ?? '';
    await leader.text();
    const unit = await product.call('/rankings/2026?basis=year', {
      token: unitToken,
      headers: { 'if-none-match': etag },
    });
    expect(unit.status).toBe(200);
    expect(await unit.text()).not.toContain('"farm-02"');
  });

  it('when one group is asked for, then a unit of another group does not learn who is in it', async () => {
    const { rows } = await ranking('group=enterprise', unitToken).catch(() => ({ rows: [] }));
    expect(rows.filter(isOpen)).toEqual([]);
  });

  it('when it is read again, then 304; when something new is recorded, then not', async () => {
    const first = await product.call('/rankings/2026?basis=year');
    const etag = first.headers.get('etag') ?? '';
    await first.text();
    const again = await product.call('/rankings/2026?basis=year', { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    await product.send(
      [
        {
          specversion: '1.0',
          id: 'etag-1',
          source: `/units/${OWN}`,
          type: 'activity.recorded',
          data: {
            activity: 'etag-1',
            unit: OWN,
            year: 2026,
            kind: 'research',
            occurredOn: '2026-11-02',
            title: '调研',
          },
        },
      ],
      unitToken,
    );
    const changed = await product.call('/rankings/2026?basis=year', { headers: { 'if-none-match': etag } });
    expect(changed.status).toBe(200);
  });

  it.each([
    ['/rankings/2031', 404, ''],
    ['/rankings/2026?weights=courage:5', 400, 'courage'],
  ])('when %s is asked, then %i naming %s', async (path, status, named) => {
    const response = await product.call(path);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(named);
  });
});

describe('given a unit', () => {
  it('when its standing is asked, then its requirements, gaps and windows are there', async () => {
    const standing = await product.json<Standing>(`/units/${OWN}/standing?year=2026&basis=to-date`, {
      token: unitToken,
    });
    expect(standing.row.unit).toBe(OWN);
    expect(standing.requirements.length).toBeGreaterThan(30);
    const lost = standing.gaps.map((id) => standing.requirements.find((row) => row.id === id)?.lost ?? 0);
    expect(lost).toEqual([...lost].sort((a, b) => b - a));
  });

  it('when it asks for another, then 403 whether that one exists or not', async () => {
    for (const unit of ['farm-02', 'nobody'])
      for (const path of ['standing?year=2026', 'activities'])
        expect((await product.call(`/units/${unit}/${path}`, { token: unitToken })).status).toBe(403);
  });

  it('when nobody of that name exists, then 404', async () => {
    expect((await product.call('/units/nobody/standing?year=2026')).status).toBe(404);
  });

  it('when its activities are paged, then each comes once, with its history', async () => {
    type Page = { activities: { activity: string; history: object[] }[]; nextCursor: string | null };
    const ids: string[] = [];
    let cursor = '';
    do {
      const page = await product.json<Page>(`/units/${OWN}/activities?year=2026&limit=40${cursor}`);
      ids.push(...page.activities.map(({ activity }) => activity));
      expect(page.activities.every(({ history }) => history.length > 0)).toBe(true);
      cursor = page.nextCursor === null ? '' : `&cursor=${encodeURIComponent(page.nextCursor)}`;
    } while (cursor);
    expect(ids.length).toBeGreaterThan(60);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('given lists', () => {
  it('when units are named, then those of them come that are registered', async () => {
    const all = (await product.json<{ units: UnitRow[] }>('/units')).units;
    const [, one, , other] = all;
    const named = await product.json<{ units: UnitRow[]; nextCursor: null }>(
      `/units?units=${other?.unit},nobody,${one?.unit}`,
    );
    expect(named).toMatchObject({ units: [one, other], nextCursor: null });
  });

  it('when units are paged, then all come in order', async () => {
    const all = await product.json<{ units: UnitRow[]; nextCursor: null }>('/units');
    const paged: UnitRow[] = [];
    let cursor = '';
    do {
      const page = await product.json<{ units: UnitRow[]; nextCursor: string | null }>(
        `/units?limit=7${cursor}`,
      );
      paged.push(...page.units);
      cursor = page.nextCursor === null ? '' : `&cursor=${encodeURIComponent(page.nextCursor)}`;
    } while (cursor);
    expect(paged).toEqual(all.units);
    expect(all.nextCursor).toBeNull();
  });

  it('when the stream is paged, then every event comes in order with its position', async () => {
    type Page = {
      events: { id: string; position: string; recordedtime: string }[];
      nextCursor: string | null;
    };
    const positions: string[] = [];
    let after = '';
    do {
      const page = await product.json<Page>(`/events?limit=4000${after}`);
      positions.push(...page.events.map(({ position }) => position));
      after = page.nextCursor === null ? '' : `&after=${encodeURIComponent(page.nextCursor)}`;
    } while (after);
    expect(positions).toEqual(positions.map((_, index) => `0-${index}`));
    const [second] = (await product.json<Page>(`/events?after=${positions[0]}&limit=1`)).events;
    expect(second?.position).toBe('0-1');
  });

  it('when gaps are asked, then rows and columns fit', async () => {
    const { requirements, units } = await product.json<GapMatrix>('/gaps/2026?basis=to-date');
    expect(units.every(({ attainments }) => attainments.length === requirements.length)).toBe(true);
  });
});

describe('given the plan', () => {
  it('when a greater version is put, then it is in use at once; the same again is fine, a lesser one is not', async () => {
    const { plan } = await product.json<{ plan: { version: number } }>('/plans/2026');
    const put = (body: object) => product.call('/plans/2026', { method: 'PUT', body });
    const next = { ...plan, version: plan.version + 1 };
    expect((await put(next)).status).toBe(200);
    expect((await put(next)).status).toBe(200);
    expect((await product.json<{ plan: object; versions: object[] }>('/plans/2026')).plan).toEqual(next);
    expect((await put({ ...next, title: { zh: '别的', en: 'Other' } })).status).toBe(409);
    expect((await put({ ...next, version: 1, title: { zh: '别的', en: 'Other' } })).status).toBe(409);
    const wrong = await put({ ...next, version: 9, criteria: [] });
    expect(wrong.status).toBe(422);
    expect(((await wrong.json()) as { errors: { field: string }[] }).errors[0]?.field).toBe('criteria');
    expect((await product.call('/plans/2027', { method: 'PUT', body: next })).status).toBe(422);
  });
});

describe('given maintenance', () => {
  it('when quarantine is replayed, then the answers are the same bytes, and it is audited', async () => {
    const rows = async () => JSON.stringify((await ranking(`asOf=${AS_OF}`)).rows);
    const before = await rows();
    expect((await product.call('/quarantine/replay', { method: 'POST' })).status).toBe(200);
    expect(await rows()).toBe(before);
    expect((await product.json<{ total: number }>('/quarantine')).total).toBe(0);
    const { entries } = await product.json<{ entries: { action: string }[] }>('/audit');
    expect(entries.map(({ action }) => action)).toContain('quarantine.replayed');
  });

  it('when a stream is restored onto another, then 409', async () => {
    const response = await product.call('/imports?kind=events', {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: '{}\n',
    });
    expect(response.status).toBe(409);
  });

  it('then nothing failed inside', () => {
    expect(product.errors).toEqual([]);
  });
});
