import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { formatsOf } from '#api/exports/documents.ts';
import { FontUnavailable, ttfOf } from '#api/exports/fonts/woff.ts';
import { DOCUMENTS } from '#api/exports/report/model.ts';
import { LANGUAGES } from '#schemas/languages.ts';
import { pointsText } from '#schemas/presentation/numbers.ts';
import { documentRows } from '#test/fixtures/documents.ts';
import { bytesOf, fixture } from '#test/support/documents.ts';
import { bare, boxesOf, fontsOf, officeUnavailable, pagesOf, textOf, toPdf } from '#test/support/office.ts';
import { packageFaults } from '#test/support/package.ts';

const why = officeUnavailable();
if (why) process.stderr.write(`${why}\n`);

const OFFICE = ['docx', 'pptx', 'xlsx'] as const;
const documents: Record<string, Uint8Array> = {};
let pdfs = new Map<string, Uint8Array>();
const leader = fixture.rows[0]?.name ?? '';
const vetoed = fixture.rows.find(({ vetoes }) => vetoes.length);

const made = DOCUMENTS.flatMap((document) =>
  OFFICE.filter((format) => formatsOf(document).includes(format)).flatMap((format) =>
    LANGUAGES.map((language) => ({ document, format, language, name: `${document}-${format}-${language}` })),
  ),
);

beforeAll(async () => {
  for (const { name, document, format, language } of made)
    documents[`${name}.${format}`] = await bytesOf({ document, format, language });
  if (!why) pdfs = await toPdf(documents);
}, 600_000);

describe('given every document of the year in every office format and language', () => {
  it.each(made)('then the package of $name is sound: nothing to repair', ({ name, format }) => {
    expect(packageFaults(documents[`${name}.${format}`] ?? new Uint8Array())).toEqual([]);
  });

  it.skipIf(why).each(made)(
    'then LibreOffice opens $name, and its pages say so',
    async ({ name, document, language }) => {
      const pdf = pdfs.get(name);
      if (!pdf) throw new Error(`${name} did not open`);
      const text = bare(await textOf(pdf));
      expect(text).toContain(language === 'en' ? 'asof22Nov' : '截至11月22日');
      if (document === 'ranking' || document === 'meeting') expect(text).toContain(leader);
    },
  );

  it.skipIf(why).each(made.filter(({ format }) => format === 'docx'))(
    'then no word in the head of a table of $name is broken, whatever font stands in',
    async ({ name }) => {
      const xml = strFromU8(
        unzipSync(documents[`${name}.docx`] ?? new Uint8Array())['word/document.xml'] ?? new Uint8Array(),
      );
      const heads = [...xml.matchAll(/<w:tr>(?:(?!<\/w:tr>).)*<w:tblHeader\/>.*?<\/w:tr>/gs)].flatMap(
        ([row]) => [...row.matchAll(/<w:t[^>]*>([^<]*)</g)].map(([, text = '']) => text),
      );
      expect(heads.length).toBeGreaterThan(10);
      const boxes = await boxesOf(pdfs.get(name) ?? new Uint8Array());
      // Heads that repeat only add to what is there: a word that is broken is counted less often than it was written.
      const timesIn = (text: string, word: string): number =>
        text.match(new RegExp(`\\b${word}\\b`, 'g'))?.length ?? 0;
      const printed = boxes.flatMap(({ words }) => words.map(({ text }) => text)).join(' ');
      const written = [...xml.matchAll(/<w:t[^>]*>([^<]*)</g)].map(([, text]) => text).join(' ');
      const words = new Set(heads.flatMap((head) => head.match(/[A-Za-z]{2,}/g) ?? []));
      expect([...words].filter((word) => timesIn(printed, word) < timesIn(written, word))).toEqual([]);
    },
  );

  it.skipIf(why).each(made.filter(({ format }) => format === 'docx'))(
    'then no figure in a table of $name is broken: no per cent and no range of ranks, whatever font stands in',
    async ({ name }) => {
      const xml = strFromU8(
        unzipSync(documents[`${name}.docx`] ?? new Uint8Array())['word/document.xml'] ?? new Uint8Array(),
      );
      const boxes = await boxesOf(pdfs.get(name) ?? new Uint8Array());
      const printed = boxes.flatMap(({ words }) => words.map(({ text }) => text));
      const cells = Array.from(xml.matchAll(/<w:tc>.*?<\/w:tc>/gs), ([cell]) =>
        Array.from(cell.matchAll(/<w:t[^>]*>([^<]*)</g), ([, text = '']) => text).join(''),
      );
      const figures = cells.filter((text) => /^\d[\d.,–]*%?$/.test(text));
      expect(figures.length).toBeGreaterThan(10);
      const times = (words: readonly string[], one: string): number =>
        words.filter((word) => word === one).length;
      const broken = [...new Set(figures)].filter((one) => times(printed, one) < times(figures, one));
      expect(broken).toEqual([]);
    },
  );

  it.skipIf(why)('then the circular tells the vetoed unit with both totals', async () => {
    const text = bare(await textOf(pdfs.get('ranking-docx-zh-CN') ?? new Uint8Array()));
    expect(text).toContain(`${vetoed?.name}因`);
    expect(text).toContain(
      `总分按${pointsText(vetoed?.total)}分计（未否决时${pointsText(vetoed?.totalWithoutVeto)}分）`,
    );
    expect(text).toContain('—1—');
    expect(text).toContain('开发区党委组织部');
  });
});

describe('given the documents as PDF of our own', () => {
  const ours = DOCUMENTS.flatMap((document) => LANGUAGES.map((language) => ({ document, language })));

  it.skipIf(why).each(ours)(
    'then $document in $language has its fonts embedded as subsets, numbered pages, and none that is blank',
    async (order) => {
      const pdf = await bytesOf({ ...order, format: 'pdf' });
      const fonts = await fontsOf(pdf);
      expect(fonts.length).toBeGreaterThan(0);
      expect(fonts.every(({ embedded, subset }) => embedded && subset)).toBe(true);
      const [pages, set] = [await pagesOf(pdf), await textOf(pdf)];
      const text = bare(set);
      // Its foot alone is a line.
      for (const page of set.split('\f').slice(0, pages))
        expect(page.split('\n').filter((line) => line.trim() !== '').length).toBeGreaterThan(1);
      expect(text).toContain(order.language === 'en' ? `Page1of${pages}` : `第1页共${pages}页`);
    },
  );

  it.skipIf(why)('then the head of a table repeats on every page that it reaches', async () => {
    const pages = (await textOf(await bytesOf({ document: 'ranking', format: 'pdf' }))).split('\f');
    const withRanking = pages.filter((page) => page.includes('各单位考核排名'));
    expect(withRanking.length).toBeGreaterThan(1);
    for (const page of withRanking) expect(page).toMatch(/名次\s+单位\s+类别/);
  });
});

describe('given a unit with a hostile name and rare characters', () => {
  const hostile = '=cmd|"/c"<script>&amp;\u0001]]>㙟●①';
  const rows = documentRows({ hostile });

  it.each(OFFICE)('then the package of the %s is sound', async (format) => {
    expect(packageFaults(await bytesOf({ format, rows, language: 'en' }))).toEqual([]);
  });

  it.skipIf(why)('then PDF shows the rare characters', async () => {
    const rare = documentRows({ hostile: '㙟●①' });
    const text = bare(await textOf(await bytesOf({ format: 'pdf', rows: rare })));
    expect(text).toContain('㙟●①');
  });
});

describe('given a font that is no font', () => {
  it('then the error says so instead of a crash', () => {
    expect(() => ttfOf(Buffer.from('nothing of the kind'))).toThrow(FontUnavailable);
  });
});
