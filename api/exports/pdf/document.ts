import pdfmake from 'pdfmake';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { COLORS } from '#schemas/presentation/palette.ts';
import type { Table } from '#schemas/presentation/table.ts';
import { pictureOf } from '../chartPictures.ts';
import { isFontFile, MAIN } from '../fonts/faces.ts';
import { inFaces } from '../fonts/markup.ts';
import { type Ink, missingIn, newInk } from '../fonts/runs.ts';
import { cutTo } from '../measure.ts';
import { wordsIn } from '../report/frame.ts';
import type { Chart, Report, Section } from '../report/model.ts';
import type { Words } from '../report/words/zh.ts';
import { quicken } from './quick/quick.ts';
import { isWide, tableContent } from './table.ts';
import { fontsFor, textOf } from './text.ts';

/** The report on A4 pages: numbered, table heads repeated, charts as drawings, the font embedded as far as it is used. */

const MARGIN = 48;
const WIDTH = 595 - 2 * MARGIN;
const DRAWN_WIDTH = 720;
const FOOT_SIZE = 8;
/** What the number of the page takes beside the title. */
const FOOT_NUMBER = 90;

type Orientation = 'portrait' | 'landscape';

function chartContent(chart: Chart, ink: Ink, { captionOf }: Words['letter']): Content {
  const { svg } = pictureOf(chart, DRAWN_WIDTH);
  const caption = chart.note ? captionOf(chart.title, chart.note) : chart.title;
  return {
    stack: [
      { svg: inFaces(svg, ink), width: WIDTH },
      {
        text: textOf(caption, ink),
        alignment: 'center',
        fontSize: 9,
        color: COLORS.muted,
        margin: [0, 3, 0, 10],
      },
    ],
    unbreakable: true,
    margin: [0, 6, 0, 0],
  };
}

function tableBlocks(table: Table, ink: Ink, landscape: boolean): Content[] {
  const note: Content[] = table.note
    ? [{ text: textOf(table.note, ink), fontSize: 8.5, color: COLORS.muted, margin: [0, 0, 0, 6] }]
    : [];
  return table.rows.length ? [...tableContent(table, ink, landscape), ...note] : [];
}

function sectionContent(
  section: Section,
  ink: Ink,
  turn: Orientation | null,
  words: Words['letter'],
): Content[] {
  const wide = section.tables.some(isWide);
  const { findings, points = [] } = section;
  const [first, ...others] = findings;
  const paragraph = (finding: string): Content => ({ text: textOf(finding, ink), margin: [0, 0, 0, 5] });
  const heading: Content = {
    text: textOf(section.heading, ink),
    fontSize: 14,
    bold: true,
    color: COLORS.accent,
    margin: [0, 12, 0, 4],
  };
  return [
    {
      stack: [heading, ...(first === undefined ? [] : [paragraph(first)])],
      unbreakable: true,
      ...(turn && { pageBreak: 'before', pageOrientation: turn }),
    },
    ...others.map(paragraph),
    ...points.map(
      ({ lead, text }, index): Content => ({
        text: [`${index + 1}. `, { text: textOf(lead, ink), bold: true }, { text: textOf(text, ink) }],
        margin: [10, 0, 0, 3],
      }),
    ),
    ...section.charts
      .filter(({ categories }) => categories.length)
      .map((chart) => chartContent(chart, ink, words)),
    ...section.tables.flatMap((table) => tableBlocks(table, ink, wide)),
  ];
}

function sections(report: Report, ink: Ink): Content[] {
  let lying = false;
  return report.sections.flatMap((section) => {
    const wide = section.tables.some(isWide);
    const turn = wide === lying ? null : wide ? 'landscape' : 'portrait';
    lying = wide;
    return sectionContent(section, ink, turn, wordsIn(report.language).letter);
  });
}

function opening({ letter, title, subtitle, warning }: Report, ink: Ink): Content[] {
  return [
    { text: textOf(title, ink), fontSize: 20, bold: true, alignment: 'center', margin: [0, 0, 0, 6] },
    {
      text: textOf(subtitle, ink),
      fontSize: 10,
      color: COLORS.muted,
      alignment: 'center',
      margin: [0, 0, 0, 12],
    },
    ...(warning
      ? [{ text: textOf(warning, ink), color: COLORS.alarm, margin: [0, 0, 0, 6] } as Content]
      : []),
    ...(letter.addressee ? [{ text: textOf(letter.addressee, ink), margin: [0, 0, 0, 4] } as Content] : []),
    { text: textOf(letter.opening, ink), margin: [0, 0, 0, 4] },
  ];
}

function closing({ letter, cover }: Report, ink: Ink): Content[] {
  return [
    ...(letter.closing ? [{ text: textOf(letter.closing, ink), margin: [0, 10, 0, 0] } as Content] : []),
    {
      stack: [
        ...(letter.signer
          ? [{ text: textOf(letter.signer, ink), alignment: 'right', margin: [0, 18, 0, 2] } as Content]
          : []),
        { text: textOf(letter.date, ink), alignment: 'right', margin: [0, 0, 0, 14] },
        ...cover.map(
          ([label, value]): Content => ({
            text: [{ text: textOf(label, ink), color: COLORS.muted }, '  ', { text: textOf(value, ink) }],
            fontSize: 8,
          }),
        ),
      ],
      unbreakable: true,
    },
  ];
}

/** The clauses that the pages name, on pages that stand. */
function annexContent({ annex, language, sections: told }: Report, ink: Ink): Content[] {
  if (!annex) return [];
  const lying = told.at(-1)?.tables.some(isWide) ?? false;
  const heading: Content = {
    text: textOf(wordsIn(language).annex.heading, ink),
    fontSize: 14,
    bold: true,
    color: COLORS.accent,
    pageBreak: 'before',
    ...(lying && { pageOrientation: 'portrait' as const }),
  };
  // Room below the last table would begin a page of its own where the table ends with the page.
  const table = tableContent({ ...annex, title: '' }, ink, false).map((part) => ({
    ...(part as object),
    margin: 0,
  }));
  return [heading, ...(table as Content[])];
}

/** What the marks stand for; computed last, when all that is drawn is known. */
function marks({ language }: Report, ink: Ink): Content[] {
  const missing = missingIn(ink);
  return missing === null
    ? []
    : [
        {
          text: wordsIn(language).letter.marked(missing),
          fontSize: 8,
          color: COLORS.muted,
          margin: [0, 6, 0, 0],
        },
      ];
}

/** What each page is of: in one line where it fits, else the filters stand in a line of their own, so that none is cut off. */
export function footOf({ title, subtitle }: Pick<Report, 'title' | 'subtitle'>, width: number): string[] {
  const whole = `${title} · ${subtitle}`;
  if (cutTo(whole, width, FOOT_SIZE) === whole) return [whole];
  return [title, subtitle].map((line) => cutTo(line, width, FOOT_SIZE));
}

function definition(report: Report, ink: Ink): TDocumentDefinitions {
  const { page } = wordsIn(report.language).letter;
  const foot = { fontSize: FOOT_SIZE, color: COLORS.muted };
  const left = textOf(footOf(report, WIDTH - FOOT_NUMBER).join('\n'), ink);
  return {
    pageSize: 'A4',
    pageMargins: [MARGIN, MARGIN, MARGIN, 52],
    info: { title: report.title, subject: report.subtitle, author: wordsIn(report.language).letter.signer },
    language: report.language,
    defaultStyle: { font: MAIN.family, fontSize: 10.5, lineHeight: 1.15, color: COLORS.ink },
    content: [
      ...opening(report, ink),
      ...sections(report, ink),
      ...closing(report, ink),
      ...annexContent(report, ink),
      ...marks(report, ink),
    ],
    footer: (current, count) => ({
      margin: [MARGIN, 16, MARGIN, 0],
      columns: [
        { text: left, ...foot },
        { text: page(current, count), width: 'auto', alignment: 'right', ...foot },
      ],
    }),
  };
}

quicken(true);

/** Throws `FontUnavailable` where the font is missing. */
export async function pdfOf(report: Report): Promise<Uint8Array> {
  const ink = newInk();
  const document = definition(report, ink);
  pdfmake.setFonts(fontsFor(ink));
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(isFontFile);
  return pdfmake.createPdf(document).getBuffer();
}
