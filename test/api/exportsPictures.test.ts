import { inflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { pictureOf } from '#api/exports/chartPictures.ts';
import { formatsOf } from '#api/exports/documents.ts';
import { make } from '#api/exports/render.ts';
import { DOCUMENTS, PICTURE_FORMATS } from '#api/exports/report/model.ts';
import { chartsOf } from '#api/exports/report/pictures.ts';
import { reportOf } from '#api/exports/report/report.ts';
import { pointsText } from '#schemas/presentation/numbers.ts';
import { documentRows } from '#test/fixtures/documents.ts';
import { fixture, orderOf } from '#test/support/documents.ts';
import { bare, officeUnavailable, pagesOf, textOf, toPdf } from '#test/support/office.ts';

const why = officeUnavailable();
if (why) process.stderr.write(`${why}\n`);

type Changes = Parameters<typeof orderOf>[0] & { chart?: string };
const pictured = ({ chart, ...changes }: Changes) => make({ ...orderOf(changes), chart });
const svgOf = async (changes: Changes): Promise<string> =>
  Buffer.from((await pictured({ ...changes, format: 'svg' })).bytes).toString('utf8');

/** Texts of an SVG as its reader sees them. */
const textsOf = (svg: string): string[] =>
  Array.from(svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g), ([, text]) =>
    (text ?? '').replace(
      /&(lt|gt|quot|#39|amp);/g,
      (_, name) => ({ lt: '<', gt: '>', quot: '"', amp: '&' })[name as string] ?? "'",
    ),
  );

/** Width, height and the colours of a PNG's rows, unpacked by nothing of ours. */
function readPng(bytes: Uint8Array): { width: number; height: number; unpacked: number } {
  const data = Buffer.from(bytes);
  expect(data.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  const packed: Buffer[] = [];
  for (let at = 8; at < data.length; ) {
    const length = data.readUInt32BE(at);
    if (data.toString('latin1', at + 4, at + 8) === 'IDAT')
      packed.push(data.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return {
    width: data.readUInt32BE(16),
    height: data.readUInt32BE(20),
    unpacked: inflateSync(Buffer.concat(packed)).length,
  };
}

const every = DOCUMENTS.flatMap((document) =>
  chartsOf(document).flatMap((chart) =>
    (['zh-CN', 'en'] as const).map((language) => ({ document, chart, language })),
  ),
);

describe('given every chart of every document', () => {
  let pdfs = new Map<string, Uint8Array>();
  const hostile = documentRows({ hostile: '=cmd|"/c"<script>alert(1)</script>&amp;\u0001]]>㙟●' });

  beforeAll(async () => {
    if (why) return;
    pdfs = await toPdf({
      'ranking.svg': (await pictured({ format: 'svg' })).bytes,
      'ranking-png.png': (await pictured({ format: 'png' })).bytes,
      'hostile.svg': (await pictured({ format: 'svg', rows: hostile })).bytes,
    });
  }, 300_000);

  it('then every document comes as pictures', () => {
    for (const document of DOCUMENTS)
      expect(formatsOf(document)).toEqual(expect.arrayContaining([...PICTURE_FORMATS]));
  });

  it.each(every)(
    'then $chart of $document in $language has a title, its filters and its figures',
    async (order) => {
      const texts = textsOf(await svgOf({ ...order, unit: fixture.rows[30]?.unit ?? '' }));
      expect(texts.join('|')).not.toMatch(/undefined|NaN|null/);
      expect(
        texts.some((text) => text.includes(order.language === 'en' ? 'as of 22 Nov' : '截至 11 月 22 日')),
      ).toBe(true);
      expect(texts.filter((text) => /^\d+(\.\d+)?%?$/.test(text)).length).toBeGreaterThan(5);
    },
  );

  it('then the ranking names every unit with its total, and a vetoed one with both', async () => {
    const texts = textsOf(await svgOf({ chart: 'ranking' }));
    for (const { name, total, totalWithoutVeto, vetoes, rank } of fixture.rows) {
      expect(texts.some((text) => text.startsWith(`${rank} ${name}`))).toBe(true);
      const capped = vetoes.length > 0 && totalWithoutVeto !== total;
      expect(texts).toContain(
        capped ? `${pointsText(total)}（未否决 ${pointsText(totalWithoutVeto)}）` : pointsText(total),
      );
    }
  });

  it('then a PNG has twice the pixels of the SVG, all of them there', async () => {
    const svg = await svgOf({ chart: 'groups' });
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
    const { bytes, fileName } = await pictured({ chart: 'groups', format: 'png' });
    const png = readPng(bytes);
    expect([png.width, png.height]).toEqual([Number(width) * 2, Number(height) * 2]);
    expect(png.unpacked).toBe(png.height * (1 + png.width * 4));
    expect(fileName).toBe('2026年五型领导班子创建活动各类别的各型平均分.png');
  });

  it('then the name says the group, or the unit, in the language that is asked for', async () => {
    const school = { question: { group: 'school' } };
    expect((await pictured({ ...school, format: 'svg' })).fileName).toBe(
      '2026年五型领导班子创建活动各单位总分与各型构成（学校）.svg',
    );
    expect((await pictured({ ...school, format: 'svg', language: 'en' })).fileName).not.toMatch(
      /\p{Script=Han}/u,
    );
    const [first] = fixture.rows;
    const about = await pictured({ document: 'unit', unit: first?.unit ?? '', format: 'svg' });
    expect(about.fileName).toBe(`${first?.name}2026年各型得分与同类比较.svg`);
  });

  it('then a name is text, whatever it holds', async () => {
    const svg = await svgOf({ rows: hostile });
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain(String.fromCharCode(1));
    expect(textsOf(svg).join()).toContain('<script>alert(1)</script>');
  });

  it.skipIf(why)('then other programs open both', async () => {
    for (const name of ['ranking', 'ranking-png', 'hostile']) {
      const pdf = pdfs.get(name);
      if (!pdf) throw new Error(`${name} did not open`);
      expect(await pagesOf(pdf)).toBe(1);
    }
    const text = bare(await textOf(pdfs.get('ranking') ?? new Uint8Array()));
    for (const { name, total } of fixture.rows.slice(0, 5)) {
      expect(text).toContain(name);
      expect(text).toContain(pointsText(total));
    }
  });
});

describe('given a year in which nothing has happened', () => {
  const rows = documentRows({ basis: 'to-date', on: '2026-01-03', empty: true });

  it.each(every)('then $chart of $document in $language says so', async (order) => {
    const texts = textsOf(await svgOf({ ...order, rows }));
    expect(texts.join()).toContain(
      order.language === 'en' ? 'Nothing has fallen due' : '还没有到期或完成的要求',
    );
  });
});

describe('given more units than a picture can hold, or data that is not complete', () => {
  it('then the first ones stand there, and how many there are', async () => {
    const svg = await svgOf({ rows: documentRows({ units: 200 }), question: { complete: false } });
    const texts = textsOf(svg).join('|');
    expect(texts).toContain('200');
    expect(texts).toContain('资料尚不完整');
    expect(Number(/height="(\d+)"/.exec(svg)?.[1])).toBeLessThan(2_000);
  });
});

describe('given that only part of ECharts is loaded', () => {
  /** Every chart of every document, dots that tell close totals apart among them. */
  const charts = [fixture, documentRows({ units: 200 })].flatMap((rows) =>
    DOCUMENTS.flatMap((document) => {
      const { reportData } = orderOf({ document, rows });
      const { sections, charts } = reportOf(document, reportData, 'zh-CN');
      const shown = sections.flatMap((section) => [...section.charts, section.slideChart ?? []].flat());
      return [...charts, ...shown];
    }),
  );
  /** Drawings are numbered through a process. */
  const drawn = (): string[] =>
    charts.map((chart) => pictureOf(chart).svg.replace(/\bzr\d+-\w+-?\d+/g, 'zr'));

  it('then it draws what all of it draws', async () => {
    expect(new Set(charts.map(({ kind }) => kind))).toEqual(new Set(['bars', 'columns', 'dots']));
    const byPart = drawn();
    // From now on this process has all of it.
    await import('echarts');
    expect(drawn()).toEqual(byPart);
  });
});
