import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { has } from '#api/exports/fonts/coverage.ts';
import { MAIN } from '#api/exports/fonts/faces.ts';
import { cutTo, cutToLines, fittedIn, linesIn, toldApart, widthOf } from '#api/exports/measure.ts';
import { openingParts } from '#api/exports/pptx/opening.ts';
import type { Report } from '#api/exports/report/model.ts';
import { LANGUAGES } from '#schemas/languages.ts';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import { documentRows } from '#test/fixtures/documents.ts';
import { ODD_NAMES } from '#test/fixtures/oddNames.ts';
import { bytesOf } from '#test/support/documents.ts';
import { boxesOf, officeUnavailable, toPdf } from '#test/support/office.ts';

const why = officeUnavailable();
if (why) process.stderr.write(`${why}\n`);

const LONG = {
  zh: '特别长的名称用来试验幻灯片与表格能否放得下'.repeat(4),
  en: 'A very long name of something that nobody would ever call anything '.repeat(3).trim(),
};

/** Long wherever somebody may write: titles, types, requirements, units. */
const plan = {
  ...plan2026,
  title: { zh: plan2026.title.zh.repeat(4), en: plan2026.title.en.repeat(3) },
  criteria: plan2026.criteria.map((one, at) => (at ? one : { ...one, name: LONG })),
  requirements: plan2026.requirements.map((one, at) => (at % 3 ? one : { ...one, name: LONG })),
};
const rows = documentRows({
  units: 30,
  plan,
  hostile: '长'.repeat(200),
  names: ['W'.repeat(200), 'Northern Agricultural Management District '.repeat(4).trim(), ...ODD_NAMES],
});

/** As long as ids of groups may be, some alike but for their last sign. */
const GROUPS = [
  '特别长的类别名称用来试验幻灯片与图表能否放得下四十个汉字的类别名称甲乙丙丁戊己庚辛'.slice(0, 40),
  `${'特别长的类别名称用来试验幻灯片与图表能否放得下四十个汉字的类别名称甲乙丙丁戊己庚辛'.slice(0, 39)}癸`,
  'agricultural-management-districts-northA',
  'agricultural-management-districts-northB',
  'W'.repeat(40),
];
const grouped = ((): typeof rows => {
  const base = documentRows({ units: 30 });
  const renamed = <R extends { unit: string; group: string }>(list: readonly R[]): R[] =>
    list.map((row) => {
      const at = base.rows.findIndex(({ unit }) => unit === row.unit);
      return { ...row, group: GROUPS[at % GROUPS.length] ?? row.group };
    });
  const standing: typeof base.standing = (unit) => {
    const found = base.standing(unit);
    return { ...found, row: renamed([found.row])[0] ?? found.row };
  };
  return {
    ...base,
    rows: renamed(base.rows),
    gaps: { ...base.gaps, units: renamed(base.gaps.units) },
    standing,
  };
})();

it('no line of an opening slide ends within a word that has a hyphen', () => {
  const opening = {
    zone: 'Zone',
    occasion: 'Exchange Meeting of the Five-type Leadership Teams – 2026',
    date: '2026',
    organiser: 'Department',
  };
  const parts = openingParts({ opening, subtitle: '', warning: null } as unknown as Report);
  // U+2011, which the fonts have: the dash between words stays.
  expect(parts.map(({ text }) => text)).toContain(
    'Exchange Meeting of the Five\u2011type Leadership Teams – 2026',
  );
  expect(has(MAIN, 0x2011)).toBe(true);
});

it('the title of an opening slide stands clear of what is above it where a program has not the font named', () => {
  const around = { zone: 'Zone', date: '2026', organiser: 'Department' };
  for (const occasion of [
    'Five-type Leadership Teams: Gaps of 2026',
    'Exchange Meeting of the Five-type Leadership Teams, 2026',
    '2026 年“五型”领导班子创建活动经验交流会',
  ]) {
    const opening = { ...around, occasion };
    const [zone, title] = openingParts({ opening, subtitle: '', warning: null } as unknown as Report);
    if (!zone || !title) throw new Error('an opening slide has a zone and a title');
    const { preferred } = title.sizes;
    const lines = linesIn(title.text, (title.place.w * 72) / 1.3, preferred).length;
    const top = title.place.y + title.place.h - (lines * preferred * 1.3) / 72;
    expect(zone.place.y + zone.place.h, occasion).toBeLessThanOrEqual(top);
  }
});

const EMU = 12_700;
const SHAPE = /<p:sp>.*?<\/p:sp>/gs;

type Shape = { width: number; height: number; size: number; pitch: number; after: number; texts: string[] };

const plain = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

/** The boxes of text on a slide, with what stands in them. */
function shapesOf(xml: string): Shape[] {
  return Array.from(xml.matchAll(SHAPE), ([shape]) => shape).flatMap((shape) => {
    const number = (of: RegExp): number => Number(of.exec(shape)?.[1] ?? 0);
    const paragraphs = Array.from(shape.matchAll(/<a:p>.*?<\/a:p>/gs), ([paragraph]) =>
      Array.from(paragraph.matchAll(/<a:t>([^<]*)<\/a:t>/g), ([, text = '']) => plain(text)).join(''),
    );
    const texts = paragraphs.filter(Boolean);
    if (texts.length === 0 || shape.includes('type="sldNum"')) return [];
    return {
      width: number(/<a:ext cx="(\d+)"/) / EMU - number(/marL="(\d+)"/) / EMU,
      height: number(/<a:ext cx="\d+" cy="(\d+)"/) / EMU,
      size: number(/<a:rPr [^>]*sz="(\d+)"/) / 100,
      pitch: number(/<a:lnSpc><a:spcPts val="(\d+)"/) / 100,
      after: number(/<a:spcAft><a:spcPts val="(\d+)"/) / 100,
      texts,
    };
  });
}

const slidesOf = (bytes: Uint8Array): string[] =>
  Object.entries(unzipSync(bytes))
    .filter(([name]) => /^ppt\/slides\/slide\d+\.xml$/.test(name))
    .map(([, part]) => strFromU8(part));

describe('given texts of any length in boxes of any size', () => {
  const texts = [...ODD_NAMES, LONG.zh, LONG.en, '短', ''];

  it('then the lines of a text fit its room, and hold all of it', () => {
    for (const text of texts)
      for (const [room, size] of [
        [400, 14],
        [90, 12],
        [30, 10],
      ] as const) {
        const lines = linesIn(text, room, size);
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        for (const line of lines) expect(widthOf(line, size)).toBeLessThanOrEqual(room);
      }
  });

  it('then what is cut fits, begins as the text does, and says that it is cut', () => {
    for (const text of texts) {
      const one = cutTo(text, 120, 12);
      expect(widthOf(one, 12)).toBeLessThanOrEqual(120);
      const two = cutToLines(text, 2, 120, 12);
      expect(linesIn(two, 120, 12).length).toBeLessThanOrEqual(2);
      for (const cut of [one, two]) {
        expect(cut === text || cut.endsWith('…')).toBe(true);
        expect(text.startsWith(cut.replace(/…$/, ''))).toBe(true);
      }
    }
  });

  it('then a text is as large as preferred where it fits, and smaller, never too high, where it does not', () => {
    expect(fittedIn(['短'], { width: 300, height: 60 }, { preferred: 30, least: 12 }).size).toBe(30);
    for (const text of texts) {
      const {
        texts: told,
        size,
        pitch,
      } = fittedIn([text], { width: 300, height: 60 }, { preferred: 30, least: 12 });
      expect(size).toBeGreaterThanOrEqual(12);
      expect(linesIn(told[0] ?? '', 300 / 1.05, size).length * pitch).toBeLessThanOrEqual(60);
    }
  });
});

const textsIn = (xml: string, part: RegExp): string[] =>
  Array.from(xml.matchAll(part), ([one]) =>
    Array.from(one.matchAll(/<(?:a:t|c:v)>([^<]*)</g), ([, text = '']) => text).join(''),
  );

describe.each(LANGUAGES)('given slides of names of usual length in %s', (language) => {
  it.each(['ranking', 'meeting', 'gaps'] as const)(
    'then what stands in the tables and at the bars of %s is whole, where all has room',
    async (document) => {
      const bytes = await bytesOf({ document, format: 'pptx', language, rows: documentRows({ units: 12 }) });
      const texts = Object.entries(unzipSync(bytes)).flatMap(([name, part]) =>
        /^ppt\/(?:slides\/slide|charts\/chart)\d+\.xml$/.test(name)
          ? textsIn(strFromU8(part), /<a:tc>.*?<\/a:tc>|<c:cat>.*?<\/c:cat>/gs)
          : [],
      );
      expect(texts.length).toBeGreaterThan(10);
      expect(texts.filter((text) => text.includes('…'))).toEqual([]);
    },
  );
});

describe('given names that begin alike', () => {
  it('then those that are cut keep what tells them apart', () => {
    const cut = (name: string): string => cutTo(name, 120, 12);
    for (const names of [GROUPS, ODD_NAMES]) {
      const told = toldApart(names, cut);
      expect(new Set(told).size).toBe(new Set(names).size);
      for (const text of told) expect(widthOf(text, 12)).toBeLessThanOrEqual(120);
    }
  });
});

describe.each(LANGUAGES)('given slides of long names in %s', (language) => {
  it.each(['zone', 'group'])(
    'then groups of forty letters fit the slides of a %s, and stay apart',
    async (of) => {
      const group = of === 'group' ? { group: GROUPS[0] } : {};
      const bytes = await bytesOf({ format: 'pptx', language, rows: grouped, question: group });
      for (const slide of slidesOf(bytes))
        for (const { width, height, size, pitch, after, texts } of shapesOf(slide)) {
          const lines = texts.reduce((sum, text) => sum + linesIn(text, width, size).length, 0);
          expect(
            lines * (pitch || size * 1.3) + (texts.length - 1) * after,
            texts.join(),
          ).toBeLessThanOrEqual(height + 1);
        }
      if (of === 'group') return;
      const charts = Object.entries(unzipSync(bytes)).flatMap(([name, part]) =>
        /^ppt\/charts\/chart\d+\.xml$/.test(name) ? [strFromU8(part)] : [],
      );
      const labels = charts.flatMap((chart) => {
        const [cat = ''] = /<c:cat>.*?<\/c:cat>/s.exec(chart) ?? [];
        return cat.includes('agri') ? [Array.from(cat.matchAll(/<c:v>([^<]*)</g), ([, text]) => text)] : [];
      });
      expect(labels).toHaveLength(1);
      expect(new Set(labels[0]).size).toBe(GROUPS.length);
    },
  );

  const documents = ['ranking', 'meeting', 'gaps'] as const;

  it.each(documents)(
    'then every text of %s fits its box as it is, before anybody edits it',
    async (document) => {
      const slides = slidesOf(await bytesOf({ document, format: 'pptx', language, rows }));
      expect(slides.length).toBeGreaterThan(3);
      for (const slide of slides) {
        expect(slide).not.toContain('normAutofit');
        for (const { width, height, size, pitch, after, texts } of shapesOf(slide)) {
          const lines = texts.reduce((sum, text) => sum + linesIn(text, width, size).length, 0);
          expect(
            lines * (pitch || size * 1.3) + (texts.length - 1) * after,
            texts.join(),
          ).toBeLessThanOrEqual(height + 1);
        }
      }
    },
  );

  it.skipIf(why)('then on no page of a reader does a word stand beyond the paper', async () => {
    const files: Record<string, Uint8Array> = {};
    for (const document of documents)
      files[`${document}.pptx`] = await bytesOf({ document, format: 'pptx', language, rows });
    const unit = rows.rows.find(({ name }) => name.startsWith('长'))?.unit ?? '';
    files['unit.docx'] = await bytesOf({ document: 'unit', format: 'docx', language, rows, unit });
    const pdfs = await toPdf(files);
    pdfs.set('ours', await bytesOf({ document: 'unit', format: 'pdf', language, rows, unit }));
    expect(pdfs.size).toBe(documents.length + 2);
    for (const [name, pdf] of pdfs)
      for (const { page, words } of await boxesOf(pdf))
        for (const word of words) {
          expect(word.left, `${name} ${word.text}`).toBeGreaterThanOrEqual(-1);
          expect(word.right, `${name} ${word.text}`).toBeLessThanOrEqual(page.width + 1);
          expect(word.bottom, `${name} ${word.text}`).toBeLessThanOrEqual(page.height + 1);
        }
  });
});
