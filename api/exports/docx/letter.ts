import {
  AlignmentType,
  Document,
  Footer,
  ImageRun,
  NumberFormat,
  Packer,
  PageNumber,
  Paragraph,
  TextRun,
} from 'docx';
import type { Table } from '#schemas/presentation/table.ts';
import { pictureOf, pngOf } from '../chartPictures.ts';
import { type Ink, missingIn, newInk } from '../fonts/runs.ts';
import { wordsIn } from '../report/frame.ts';
import type { Chart, Report, Section } from '../report/model.ts';
import { readable } from '../report/printable.ts';
import { broken, shortened } from '../report/shorten.ts';
import { FONT_TABLE } from './fontTable.ts';
import { fontOf, PAGE, POINT, SIZE } from './layout.ts';
import {
  addressee,
  annexHead,
  caption,
  heading,
  note,
  numberLine,
  paragraph,
  points,
  signature,
  subtitle,
  title,
} from './paragraphs.ts';
import { tableOf } from './table.ts';

type Block = Paragraph | ReturnType<typeof tableOf>;

/** Width of a picture on the page, in pixels of 1/96 inch; the text is 156 mm wide. */
const PICTURE_WIDTH = 580;
const DRAWN_WIDTH = 720;
/** Word opens no table of more than 63. */
const MOST_COLUMNS = 60;

function picture(chart: Chart, ink: Ink): Paragraph {
  const { svg, width, height } = pictureOf(chart, DRAWN_WIDTH);
  const scale = PICTURE_WIDTH / width;
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    keepNext: true,
    spacing: { before: 8 * POINT },
    children: [
      new ImageRun({
        type: 'png',
        data: pngOf(svg, ink),
        transformation: { width: PICTURE_WIDTH, height: Math.round(height * scale) },
        altText: { title: chart.title, description: chart.alt, name: chart.id },
      }),
    ],
  });
}

/** Numbers tables and figures through the document. */
type Counter = { table: number; figure: number };

function tableBlocks(report: Report, table: Table, counter: Counter): Block[] {
  const words = wordsIn(report.language);
  const short = shortened(table, words);
  counter.table++;
  return [
    caption(readable(`${words.letter.table}${counter.table} ${short.title}`), true),
    tableOf(short, report.language),
    note(readable(short.note ?? '')),
  ];
}

function chartBlocks(report: Report, chart: Chart, counter: Counter): Block[] {
  counter.figure++;
  const { figure, captionOf, marked } = wordsIn(report.language).letter;
  const said = chart.note ? captionOf(chart.title, chart.note) : chart.title;
  const ink = newInk();
  const drawn = picture(chart, ink);
  const missing = missingIn(ink);
  return [
    drawn,
    caption(readable(`${figure}${counter.figure} ${said}`), false),
    ...(missing === null ? [] : [note(marked(missing))]),
  ];
}

/** Where nothing comes between a section's text and the signature, the last of the text goes along with it. */
const isLastWord = ({ sections, letter }: Report, section: Section, finding: string): boolean =>
  letter.closing === '' && section === sections.at(-1) && finding === section.findings.at(-1);

const sectionBlocks = (report: Report, section: Section, number: number, counter: Counter): Block[] => [
  heading(report.language, number, section.heading),
  ...section.findings.map((finding) =>
    paragraph(report.language, finding, { keepNext: isLastWord(report, section, finding) }),
  ),
  ...points(report.language, section),
  ...section.charts.flatMap((chart) => chartBlocks(report, chart, counter)),
  ...section.tables
    .flatMap((table) => broken(table, MOST_COLUMNS))
    .flatMap((table) => tableBlocks(report, table, counter)),
];

/** — 1 —, at the outer edge: right on odd pages, left on even ones, one character in. */
function pageNumber(odd: boolean): Footer {
  const inset = 14 * POINT;
  return new Footer({
    children: [
      new Paragraph({
        alignment: odd ? AlignmentType.RIGHT : AlignmentType.LEFT,
        indent: odd ? { right: inset } : { left: inset },
        children: [
          new TextRun({
            font: fontOf('number'),
            size: SIZE.number,
            children: ['— ', PageNumber.CURRENT, ' —'],
          }),
        ],
      }),
    ],
  });
}

const annexBlocks = ({ annex, language }: Report): Block[] =>
  annex ? [annexHead(language, wordsIn(language).annex.heading), tableOf(annex, language), note('')] : [];

function blocksOf(report: Report): Block[] {
  const { language, letter } = report;
  const counter = { table: 0, figure: 0 };
  return [
    ...(letter.number ? [numberLine(language, letter.number)] : []),
    title(language, report.title),
    subtitle(language, report.subtitle),
    ...(letter.addressee ? [addressee(language, letter.addressee)] : []),
    ...(report.warning ? [paragraph(language, report.warning, { bold: true })] : []),
    paragraph(language, letter.opening),
    ...report.sections.flatMap((section, index) => sectionBlocks(report, section, index + 1, counter)),
    ...(letter.closing ? [paragraph(language, letter.closing, { keepNext: true })] : []),
    ...signature(language, letter),
    ...annexBlocks(report),
  ];
}

/** The report as an official document. Throws `FontUnavailable` where charts cannot be drawn. */
export async function letterOf(report: Report): Promise<Uint8Array> {
  const document = new Document({
    title: report.title,
    subject: report.subtitle,
    creator: wordsIn(report.language).letter.signer,
    evenAndOddHeaderAndFooters: true,
    styles: { default: { document: { run: { font: fontOf('body'), size: SIZE.body } } } },
    sections: [
      {
        properties: { page: { ...PAGE, pageNumbers: { start: 1, formatType: NumberFormat.DECIMAL } } },
        footers: { default: pageNumber(true), even: pageNumber(false) },
        children: blocksOf(report),
      },
    ],
  });
  return Packer.toBuffer(document, undefined, [FONT_TABLE]);
}
