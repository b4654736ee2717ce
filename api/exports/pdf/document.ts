import pdfmake from 'pdfmake';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { COLORS } from '#schemas/presentation/palette.ts';
import type { Table } from '#schemas/presentation/table.ts';
import { pictureOf } from '../chartPictures.ts';
import { isFontPath } from '../fontFiles.ts';
import { FAMILY } from '../fonts.ts';
import { wordsIn } from '../report/frame.ts';
import type { Chart, Report, Section } from '../report/model.ts';
import type { Words } from '../report/words/zh.ts';
import { isWide, tableContent } from './table.ts';
import { fontsFor, textOf } from './text.ts';

/** The report on A4 pages: numbered, table heads repeated, charts as drawings, the font embedded as far as it is used. */

const MARGIN = 48;
const WIDTH = 595 - 2 * MARGIN;
const DRAWN_WIDTH = 720;

type Orientation = 'portrait' | 'landscape';

function chartContent(chart: Chart, used: Set<string>, { captionOf }: Words['letter']): Content {
  const { svg } = pictureOf(chart, DRAWN_WIDTH);
  const caption = chart.note ? captionOf(chart.title, chart.note) : chart.title;
  return {
    stack: [
      { svg, width: WIDTH },
      {
        text: textOf(caption, used),
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

function tableBlocks(table: Table, used: Set<string>, landscape: boolean): Content[] {
  const note: Content[] = table.note
    ? [{ text: textOf(table.note, used), fontSize: 8.5, color: COLORS.muted, margin: [0, 0, 0, 6] }]
    : [];
  return table.rows.length ? [...tableContent(table, used, landscape), ...note] : [];
}

function sectionContent(
  section: Section,
  used: Set<string>,
  turn: Orientation | null,
  words: Words['letter'],
): Content[] {
  const wide = section.tables.some(isWide);
  const { findings, points = [] } = section;
  const [first, ...others] = findings;
  const paragraph = (finding: string): Content => ({ text: textOf(finding, used), margin: [0, 0, 0, 5] });
  const heading: Content = {
    text: textOf(section.heading, used),
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
        text: [`${index + 1}. `, { text: textOf(lead, used), bold: true }, { text: textOf(text, used) }],
        margin: [10, 0, 0, 3],
      }),
    ),
    ...section.charts
      .filter(({ categories }) => categories.length)
      .map((chart) => chartContent(chart, used, words)),
    ...section.tables.flatMap((table) => tableBlocks(table, used, wide)),
  ];
}

function sections(report: Report, used: Set<string>): Content[] {
  let lying = false;
  return report.sections.flatMap((section) => {
    const wide = section.tables.some(isWide);
    const turn = wide === lying ? null : wide ? 'landscape' : 'portrait';
    lying = wide;
    return sectionContent(section, used, turn, wordsIn(report.language).letter);
  });
}

function opening({ letter, title, subtitle, warning }: Report, used: Set<string>): Content[] {
  return [
    { text: textOf(title, used), fontSize: 20, bold: true, alignment: 'center', margin: [0, 0, 0, 6] },
    {
      text: textOf(subtitle, used),
      fontSize: 10,
      color: COLORS.muted,
      alignment: 'center',
      margin: [0, 0, 0, 12],
    },
    ...(warning
      ? [{ text: textOf(warning, used), color: COLORS.alarm, margin: [0, 0, 0, 6] } as Content]
      : []),
    { text: textOf(letter.addressee, used), margin: [0, 0, 0, 4] },
    { text: textOf(letter.opening, used), margin: [0, 0, 0, 4] },
  ];
}

function closing({ letter, cover }: Report, used: Set<string>): Content[] {
  return [
    ...(letter.closing ? [{ text: textOf(letter.closing, used), margin: [0, 10, 0, 0] } as Content] : []),
    {
      stack: [
        { text: textOf(letter.signer, used), alignment: 'right', margin: [0, 18, 0, 2] },
        { text: textOf(letter.date, used), alignment: 'right', margin: [0, 0, 0, 14] },
        ...cover.map(
          ([label, value]): Content => ({
            text: [{ text: textOf(label, used), color: COLORS.muted }, '  ', { text: textOf(value, used) }],
            fontSize: 8,
          }),
        ),
      ],
      unbreakable: true,
    },
  ];
}

function definition(report: Report, used: Set<string>): TDocumentDefinitions {
  const { page } = wordsIn(report.language).letter;
  const foot = { fontSize: 8, color: COLORS.muted };
  const left = textOf(`${report.title} · ${report.subtitle}`, used);
  return {
    pageSize: 'A4',
    pageMargins: [MARGIN, MARGIN, MARGIN, 52],
    info: { title: report.title, subject: report.subtitle, author: report.letter.signer },
    language: report.language,
    defaultStyle: { font: FAMILY, fontSize: 10.5, lineHeight: 1.15, color: COLORS.ink },
    content: [...opening(report, used), ...sections(report, used), ...closing(report, used)],
    footer: (current, count) => ({
      margin: [MARGIN, 16, MARGIN, 0],
      columns: [
        { text: left, ...foot },
        { text: page(current, count), width: 'auto', alignment: 'right', ...foot },
      ],
    }),
  };
}

/** Throws `FontUnavailable` where the font is missing. */
export async function pdfOf(report: Report): Promise<Uint8Array> {
  const used = new Set<string>();
  const document = definition(report, used);
  pdfmake.setFonts(fontsFor(used));
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(isFontPath);
  return pdfmake.createPdf(document).getBuffer();
}
