import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { advanceOf, has } from '#api/exports/fonts/coverage.ts';
import { MAIN } from '#api/exports/fonts/faces.ts';
import { pdfOf } from '#api/exports/pdf/document.ts';
import { pdfSlidesOf } from '#api/exports/pdf/slides.ts';
import type { DocumentName, Report } from '#api/exports/report/model.ts';
import { readable } from '#api/exports/report/printable.ts';
import { reportOf } from '#api/exports/report/report.ts';
import { notesOf } from '#api/exports/report/slides.ts';
import { LANGUAGES, type Language } from '#schemas/languages.ts';
import { bytesOf, orderOf } from '#test/support/documents.ts';
import { linesOf, popplerUnavailable } from '#test/support/office.ts';

/** No line of a document ends between a figure and what it counts; files that are searched and reckoned with keep plain blanks. */

const HELD = '\u00a0';
/** A plain blank at which a line may end: behind a figure, or between 第 and its figure. */
const PARTED = /\d [\p{Script=Han}\p{Script=Latin}]|第 \d/u;
const NO_POPPLER = popplerUnavailable();

const SUBJECTS = LANGUAGES.flatMap((language) =>
  (['ranking', 'unit', 'gaps', 'meeting'] as const).map((document) => ({ document, language })),
);

/** Letters and figures alone: what a reader of PDF makes of blanks and quotes is its own. */
const bare = (text: string): string => text.replace(/[\s“”‘’"'&;]/gu, '');

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsOf) : [];
}

/** What stands on both sides of every blank that holds, as far as tells it from others. */
function held(report: object): Set<string> {
  const keys = new Set<string>();
  for (const text of new Set(textsOf(report)))
    for (const { index } of text.matchAll(/\u00a0/g))
      keys.add(`${bare(text.slice(0, index)).slice(-3)}|${bare(text.slice(index)).slice(0, 3)}`);
  return keys;
}

/** The lines that end between such two. */
async function partedIn(pdf: Uint8Array, keys: ReadonlySet<string>): Promise<string[]> {
  const pages = await linesOf(pdf);
  return pages.flatMap((lines) =>
    lines.flatMap((line) => {
      const below = lines.filter(
        ({ left, right, top }) =>
          top > line.top + 2 && top < line.bottom + 6 && left < line.right && right > line.left,
      );
      return below.flatMap((next) =>
        keys.has(`${bare(line.text).slice(-3)}|${bare(next.text).slice(0, 3)}`)
          ? [`${line.text} / ${next.text}`]
          : [],
      );
    }),
  );
}

const reportFor = (document: DocumentName, language: Language, extent: 'pages' | 'slides'): Report =>
  reportOf(document, orderOf({ document }).reportData, language, extent);

describe.skipIf(NO_POPPLER).each(SUBJECTS)(
  'given the PDF of $document in $language',
  ({ document, language }) => {
    it('then no line of it ends between a figure and what it counts, as lines would without', async () => {
      const plain = reportFor(document, language, 'pages');
      const keys = held(readable(plain));
      expect(await partedIn(await bytesOf({ document, language, format: 'pdf' }), keys)).toEqual([]);
      if (document !== 'gaps') expect(await partedIn(await pdfOf(plain), keys)).not.toEqual([]);
    });
  },
);

/** A day without blanks: nothing tells where a line may end in it. */
const CLOSE_DAY = /\d年\d|\d月\d/u;

describe.each(SUBJECTS)('given the texts of $document in $language', ({ document, language }) => {
  it.each(['pages', 'slides'] as const)(
    'then every day in its %s has the blanks that hold it together',
    (extent) => {
      const texts = textsOf(reportFor(document, language, extent));
      expect(texts.filter((text) => CLOSE_DAY.test(text))).toEqual([]);
      if (language === 'zh-CN') expect(texts.some((text) => /\d 月 \d/u.test(text))).toBe(true);
    },
  );
});

describe.skipIf(NO_POPPLER).each(LANGUAGES)('given the slides of the meeting as PDF in %s', (language) => {
  it('then no line of them, or of what is said beside them, ends there either', async () => {
    const plain = reportFor('meeting', language, 'slides');
    const keys = held(readable({ ...plain, notes: plain.slides.map((slide) => notesOf(plain, slide)) }));
    const slides = { deck: {}, notes: true };
    const made = await bytesOf({ document: 'meeting', language, format: 'pdf', slides });
    expect(await partedIn(made, keys)).toEqual([]);
    expect(await partedIn(await pdfSlidesOf(plain, slides), keys)).not.toEqual([]);
  });
});

const PARAGRAPHS = { docx: /<w:p[ >].*?<\/w:p>/gs, pptx: /<a:p>.*?<\/a:p>/gs };
const RUNS = { docx: /<w:t(?: [^>]*)?>([^<]*)<\/w:t>|(<w:br\/>)/g, pptx: /<a:t>([^<]*)<\/a:t>/g };
const PARTS = { docx: /^word\/document\.xml$/, pptx: /^ppt\/(?:slides|notesSlides)\/\w+\.xml$/ };

/** The paragraphs of a document, each as it is read. */
const paragraphsOf = (bytes: Uint8Array, format: 'docx' | 'pptx'): string[] =>
  Object.entries(unzipSync(bytes))
    .filter(([name]) => PARTS[format].test(name))
    .flatMap(([, part]) =>
      Array.from(strFromU8(part).matchAll(PARAGRAPHS[format]), ([paragraph]) =>
        Array.from(paragraph.matchAll(RUNS[format]), ([, text = '\n']) => text).join(''),
      ),
    );

describe.each(SUBJECTS)('given $document in $language', ({ document, language }) => {
  it.each(['docx', 'pptx'] as const)('then no blank of its %s lets a line end there', async (format) => {
    if (document === 'unit' && format === 'pptx') return;
    const paragraphs = paragraphsOf(await bytesOf({ document, language, format }), format);
    expect(paragraphs.filter((text) => PARTED.test(text))).toEqual([]);
    expect(paragraphs.filter((text) => text.includes(HELD)).length).toBeGreaterThan(5);
  });

  it('then its workbook, its table and its picture have plain blanks', async () => {
    const parts = Object.entries(unzipSync(await bytesOf({ document, language, format: 'xlsx' })));
    expect(parts.filter(([, part]) => strFromU8(part).includes(HELD)).map(([name]) => name)).toEqual([]);
    const formats = document === 'meeting' ? (['svg'] as const) : (['csv', 'svg'] as const);
    for (const format of formats)
      expect(strFromU8(await bytesOf({ document, language, format }))).not.toContain(HELD);
  });
});

it('then the fonts have the blank as wide as a plain one', () => {
  expect(has(MAIN, 0xa0)).toBe(true);
  expect(advanceOf(0xa0)).toBe(advanceOf(0x20));
});
