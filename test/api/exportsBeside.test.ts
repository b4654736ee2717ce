import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FreezeRow } from '#schemas/freezes.ts';
import type { Plan } from '#schemas/plan.ts';
import type { Ranking } from '#schemas/results/results.ts';
import { type Product, startProduct } from '#test/support/server.ts';

/** What stands beside a document's figures and is not in them: ranks by another version of the plan, the seal of the year. */
let product: Product;
const JUNE = '2026-06-30T15:59:59.999Z';
const DOCUMENTS = [
  ...['ranking.docx', 'ranking.xlsx', 'ranking.pptx', 'gaps.docx', 'meeting.docx', 'meeting.pptx'],
  ...['unit.docx', 'unit.xlsx'],
];

beforeAll(async () => {
  product = await startProduct({ sample: { today: '2026-11-20' } });
});
afterAll(() => product?.stop());

/** All that is written in a document, as one text. */
async function textOf(name: string, query: string): Promise<string> {
  const unit = name.startsWith('unit') ? '&unit=farm-01' : '';
  const response = await product.call(`/exports/${name}?${query}${unit}`);
  expect(response.status, name).toBe(200);
  const parts = unzipSync(new Uint8Array(await response.arrayBuffer()));
  const xml = Object.entries(parts).filter(([path]) => path.endsWith('.xml'));
  return xml
    .map(([, bytes]) => strFromU8(bytes).replace(/<[^>]*>/g, ''))
    .join(' ')
    .replace(/\s+/g, ' ');
}

/** Those of the documents that say it, in both languages. */
async function saying(
  words: Record<'zh' | 'en', string>,
  query: string,
  documents = DOCUMENTS,
): Promise<string[]> {
  const told: string[] = [];
  for (const name of documents)
    for (const lang of ['zh', 'en'] as const)
      if ((await textOf(name, `${query}&lang=${lang}`)).includes(words[lang])) told.push(`${name} ${lang}`);
  return told;
}
const ALL = DOCUMENTS.flatMap((name) => [`${name} zh`, `${name} en`]);

describe('given a year that is sealed', () => {
  const words = { zh: '2025 年已封存（第 1 次）', en: '2025 is sealed (no. 1)' };
  let seal: FreezeRow;
  beforeAll(async () => {
    ({ freeze: seal } = await product.json<{ freeze: FreezeRow }>('/freezes/2025', { method: 'POST' }));
  });

  it('then each of its documents of later says that the seal stands', async () => {
    expect(await saying(words, 'year=2025&basis=year')).toEqual(ALL);
  });

  it('then those of the seal’s own time, of a time before it, and of another year do not', async () => {
    for (const query of [`year=2025&asOf=${seal.asOf}`, `year=2025&asOf=${JUNE}`, 'year=2026'])
      expect(await saying(words, `${query}&basis=year`, ['ranking.xlsx']), query).toEqual([]);
  });
});

describe('given a plan that was adopted again', () => {
  const words = {
    zh: '当时按方案第 1 版，本次按第 2 版',
    en: 'by version 1 of the plan then, by version 2 here',
  };
  let changed: string;
  beforeAll(async () => {
    const { plan } = await product.json<{ plan: Plan }>('/plans/2026');
    const criteria = plan.criteria.map((one, at) => ({ ...one, weight: one.weight + at }));
    const { receipts } = await product.json<{ receipts: { position: string }[] }>('/plans/2026', {
      method: 'PUT',
      body: { ...plan, version: plan.version + 1, criteria },
    });
    await product.json(`/watermark?atLeast=${receipts[0]?.position}&timeoutMs=30000`);
    changed = new Date(Date.now() + 1_000).toISOString();
  });

  it('then the ranking tells which version made the ranks compared with, and only where it is another one', async () => {
    const told = async (query: string) =>
      (await product.json<Ranking>(`/rankings/2026?basis=to-date&${query}`)).versionThen;
    expect(await told(`compareTo=${JUNE}`)).toBe(1);
    for (const query of [
      '',
      'compareTo=2025',
      `compareTo=${changed}`,
      `compareTo=${JUNE}&asOf=2026-08-31T00:00:00Z`,
    ])
      expect(await told(query), query).toBeUndefined();
  });

  it('then every document that is compared across it says so, and those that hold nothing against then do not', async () => {
    expect(await saying(words, `year=2026&basis=to-date&compareTo=${JUNE}`)).toEqual(
      ALL.filter((name) => /^(?:ranking|meeting)\./.test(name)),
    );
    expect(await saying(words, 'year=2026&basis=to-date&compareTo=2025', ['ranking.xlsx'])).toEqual([]);
  });
});
