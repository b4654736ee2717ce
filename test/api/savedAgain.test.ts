import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planFor, recorded, registered } from '#test/support/events.ts';
import { type Product, startProduct } from '#test/support/server.ts';

/** A calendar that is saved again replaces the one before, and what was done meanwhile is taken out of it. */

const start = Date.parse('2026-02-02T04:00:00Z');
let now = start;
let product: Product;
let token: string;

beforeAll(async () => {
  product = await startProduct({ clock: () => now });
  await product.json('/plans/2026', { method: 'PUT', body: planFor(2026) });
  await product.send([registered('u-1')]);
  token = await product.tokens.unit('u-1');
});
afterAll(async () => {
  expect(product.errors).toEqual([]);
  await product.stop();
});

type Entry = Record<'UID' | 'DTSTAMP' | 'SEQUENCE' | 'STATUS', string>;

async function save(query = '', as = token) {
  const response = await product.call(`/calendar/2026.ics?${query}`, { token: as });
  const text = (await response.text()).replaceAll('\r\n ', '');
  const entries = text.split('BEGIN:VEVENT').slice(1);
  const read = (entry: string, name: string) => new RegExp(`^${name}:(.*)\\r$`, 'm').exec(entry)?.[1] ?? '';
  const names = ['UID', 'DTSTAMP', 'SEQUENCE', 'STATUS'] as const;
  const found = entries.map(
    (entry) => Object.fromEntries(names.map((name) => [name, read(entry, name)])) as Entry,
  );
  return {
    text,
    etag: response.headers.get('etag'),
    entries: new Map(found.map((entry) => [entry.UID, entry])),
  };
}

describe('given a calendar that was saved', () => {
  it('when nothing has happened, then it is the same to the byte', async () => {
    const first = await save();
    now += 60_000;
    expect(await save()).toEqual(first);
    expect([...first.entries.values()].map(({ STATUS }) => STATUS)).toEqual(Array(4).fill('CONFIRMED'));
  });

  it('when something was done on the same day, then every entry is newer, and what is done is cancelled', async () => {
    const before = await save();
    now += 3_600_000;
    await product.send([recorded('u-1', 'done', { occurredOn: '2026-02-01' })], token);
    const after = await save();
    expect([...after.entries.keys()]).toEqual([...before.entries.keys()]);
    for (const [uid, entry] of after.entries) {
      const old = before.entries.get(uid) as Entry;
      expect(Number(entry.SEQUENCE)).toBeGreaterThan(Number(old.SEQUENCE));
      expect(entry.DTSTAMP > old.DTSTAMP).toBe(true);
      expect(Number(entry.SEQUENCE)).toBeLessThan(2 ** 31);
    }
    const [first = '', ...others] = [...after.entries.values()].map(({ STATUS }) => STATUS);
    expect([first, new Set(others)]).toEqual(['CANCELLED', new Set(['CONFIRMED'])]);
    expect(after.text.split('BEGIN:VEVENT')[1]).not.toContain('VALARM');
  });

  it('when a day begins, then it is newer, too', async () => {
    const before = await save();
    now += 86_400_000;
    const after = await save();
    for (const [uid, entry] of after.entries)
      expect(Number(entry.SEQUENCE)).toBeGreaterThan(Number(before.entries.get(uid)?.SEQUENCE));
  });

  it('when the quarter it was done in is over, then it is still cancelled', async () => {
    now = Date.parse('2026-04-02T04:00:00Z');
    expect([...(await save()).entries.values()].map(({ STATUS }) => STATUS)).toEqual([
      'CANCELLED',
      ...Array(3).fill('CONFIRMED'),
    ]);
  });
});

/** What a file says, whenever it was made: of a workbook its sheets, which hold no time. */
function wordsOf(bytes: Uint8Array): string {
  if (strFromU8(bytes.subarray(0, 2)) !== 'PK') return strFromU8(bytes).replace(/^DTSTAMP:.*$/gm, '');
  const sheets = Object.entries(unzipSync(bytes)).filter(([name]) =>
    /^xl\/(worksheets|sharedStrings)/.test(name),
  );
  return sheets.map(([name, part]) => `${name} ${strFromU8(part)}`).join('\n');
}

describe('given a language, wherever one is taken', () => {
  const ENGLISH = { 'accept-language': 'en-GB,en;q=0.9,zh;q=0.5' };
  const places = ['/calendar/2026.ics?', '/exports/ranking.csv?year=2026&', '/imports/template?kind=units&'];

  it.each(places)(
    'then %s takes its names, accepts what the caller accepts, and says what is allowed',
    async (path) => {
      const said = async (query: string, headers = {}) => {
        const response = await product.call(`${path}${query}`, { headers });
        expect([query, response.status]).toEqual([query, 200]);
        return wordsOf(new Uint8Array(await response.arrayBuffer()));
      };
      const [chinese, english] = [await said('lang=zh-CN'), await said('lang=en')];
      expect(chinese).not.toBe(english);
      for (const tag of ['zh', 'zh-Hans']) expect(await said(`lang=${tag}`, ENGLISH)).toBe(chinese);
      for (const tag of ['en-US', 'EN']) expect(await said(`lang=${tag}`)).toBe(english);
      expect(await said('', ENGLISH)).toBe(english);
      expect(await said('')).toBe(chinese);
      const refused = await product.call(`${path}lang=fr`);
      expect([refused.status, (await refused.text()).includes('zh-Hans')]).toEqual([400, true]);
    },
  );

  it('then an ordered document takes them, too', async () => {
    const order = (body: object, headers = {}) =>
      product.json<{ job: { order: { lang: string } } }>('/exports', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ document: 'ranking', format: 'csv', year: 2026, ...body }),
      });
    expect((await order({ lang: 'zh' })).job.order.lang).toBe('zh-CN');
    expect((await order({}, ENGLISH)).job.order.lang).toBe('en');
  });
});
