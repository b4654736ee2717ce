import pdfmake from 'pdfmake';
import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { COLORS } from '#schemas/presentation/palette.ts';
import { alignmentOf, cellText, type Table } from '#schemas/presentation/table.ts';
import { chartOption } from '../chartOption.ts';
import { svgOf } from '../chartPictures.ts';
import { isFontFile, MAIN } from '../fonts/faces.ts';
import { inFaces } from '../fonts/markup.ts';
import { type Ink, newInk } from '../fonts/runs.ts';
import { cutTo, fittedIn } from '../measure.ts';
import { fittedChart, fittedTable, HEAD_SIZE, PADDING, roomIn } from '../pptx/fitted.ts';
import { OPENING_RULE, openingParts } from '../pptx/opening.ts';
import { answerOf, evidenceOf, fittedPoints } from '../pptx/slides.ts';
import {
  ANSWER_HEIGHT,
  ANSWER_TOP,
  EVIDENCE_HEIGHT,
  EVIDENCE_TOP,
  FOOT_TOP,
  LEFT,
  NOTE_HEIGHT,
  ROOM,
  WIDTH,
} from '../pptx/stage.ts';
import { evened } from '../report/fold.ts';
import { wordsIn } from '../report/frame.ts';
import type { Chart, Report, Section, SlidesOrder } from '../report/model.ts';
import { readable } from '../report/printable.ts';
import { notesOf } from '../report/slides.ts';
import { quicken } from './quick/quick.ts';
import { fontsFor, textOf } from './text.ts';

/** The slides of the presentation as pages of 16:9: the same, in the same order, with the same measures. */

const POINTS = 72;
const HEIGHT = 7.5;
/** Lines of the main font are so high, in sizes of the type; pdfmake's `lineHeight` is a multiple of that. */
const FONT_LINE = 1.448;
const PITCH = 1.3;

type Place = { x: number; y: number; w: number; h: number };
type Look = { color?: string; bold?: boolean; alignment?: 'left' | 'center' | 'right' };

const at = ({ x, y }: Pick<Place, 'x' | 'y'>) => ({ absolutePosition: { x: x * POINTS, y: y * POINTS } });

/** A text as large as its place lets it be, at its top, in its middle or at its bottom. */
function fitted(
  ink: Ink,
  text: string,
  place: Place,
  sizes: { preferred: number; least: number },
  look: Look & { vertical?: 'top' | 'middle' | 'bottom' },
): Content {
  const box = { width: place.w * POINTS, height: place.h * POINTS };
  const { texts, size, pitch, lines } = fittedIn([text], box, sizes);
  const { vertical = 'top', ...rest } = look;
  const left = Math.max(0, box.height - lines * pitch) / POINTS;
  const down = vertical === 'bottom' ? left : vertical === 'middle' ? left / 2 : 0;
  return {
    ...at({ x: place.x, y: place.y + down }),
    columns: [
      {
        width: box.width,
        text: textOf(texts[0] ?? '', ink),
        fontSize: size,
        lineHeight: PITCH / FONT_LINE,
        ...rest,
      },
    ],
  };
}

function openingPage(report: Report, ink: Ink): Content[] {
  const { x, y, w, h } = OPENING_RULE;
  return [
    {
      ...at({ x, y }),
      canvas: [
        { type: 'rect', x: 0, y: 0, w: w * POINTS, h: h * POINTS, color: COLORS.accent, lineWidth: 0 },
      ],
    },
    ...openingParts(report).map(({ text, place, sizes, tone, bold = false, vertical }) =>
      fitted(ink, text, place, sizes, { color: COLORS[tone], bold, vertical, alignment: 'center' }),
    ),
  ];
}

/** A picture's own measure is smaller than its place, so that its type grows as large as the slide's. */
const DRAWN = 0.78;

function chartContent(report: Report, whole: Chart, ink: Ink): Content[] {
  const { chart, note } = fittedChart(report, whole);
  const noteHeight = note === undefined ? 0 : whole.kind === 'dots' ? 0.5 : NOTE_HEIGHT;
  const [width, height] = [ROOM * POINTS, (EVIDENCE_HEIGHT - noteHeight) * POINTS];
  const size = { width: Math.round(width * DRAWN), height: Math.round(height * DRAWN) };
  return [
    { ...at({ x: LEFT, y: EVIDENCE_TOP }), svg: inFaces(svgOf(chartOption(chart, size), size), ink), width },
    ...noteContent(note, noteHeight, ink),
  ];
}

const noteContent = (note: string | undefined, h: number, ink: Ink): Content[] =>
  note === undefined
    ? []
    : [
        fitted(
          ink,
          note,
          { x: LEFT, y: FOOT_TOP - h, w: ROOM, h },
          { preferred: h > NOTE_HEIGHT ? 12 : 11, least: 8 },
          { color: COLORS.muted },
        ),
      ];

function tableContent(report: Report, whole: Table, ink: Ink): Content[] {
  const { table, fontSize, widths, note } = fittedTable(report, whole);
  const { columns, rows, alarmed = [] } = table;
  const red = new Set(alarmed);
  const head = columns.map(
    (column, index): TableCell => ({
      text: textOf(evened(column.heading, roomIn((widths[index] ?? 1) - PADDING, HEAD_SIZE)), ink),
      bold: true,
      fillColor: COLORS.wash,
      alignment: alignmentOf(column),
      fontSize: HEAD_SIZE,
      color: COLORS.muted,
    }),
  );
  const body = rows.map((row, index) =>
    columns.map(
      (column, place): TableCell => ({
        text: textOf(cellText(row[place] ?? null, column), ink),
        alignment: alignmentOf(column),
        color: red.has(index) ? COLORS.alarm : COLORS.ink,
      }),
    ),
  );
  return [
    {
      ...at({ x: LEFT, y: EVIDENCE_TOP }),
      fontSize,
      lineHeight: 1.15 / FONT_LINE,
      table: {
        headerRows: 1,
        widths: widths.map((width) => (width - PADDING) * POINTS),
        body: [head, ...body],
      },
      layout: {
        hLineWidth: () => 0.75,
        vLineWidth: () => 0,
        hLineColor: () => COLORS.rule,
        paddingLeft: () => (PADDING / 2) * POINTS,
        paddingRight: () => (PADDING / 2) * POINTS,
        paddingTop: () => 4.5,
        paddingBottom: () => 4.5,
      },
    },
    ...noteContent(note, NOTE_HEIGHT, ink),
  ];
}

function pointsContent(section: Section, ink: Ink): Content[] {
  const found = fittedPoints(section);
  if (!found) return [];
  const { texts, size } = found;
  return [
    {
      ...at({ x: LEFT, y: EVIDENCE_TOP }),
      columns: [
        {
          width: ROOM * POINTS,
          fontSize: size,
          lineHeight: PITCH / FONT_LINE,
          ul: texts.map((text) => ({ text: textOf(text, ink), margin: [0, 0, 0, 10] })),
        },
      ],
    },
  ];
}

function sectionPage(report: Report, section: Section, ink: Ink): Content[] {
  const { chart, table } = evidenceOf(section);
  return [
    fitted(
      ink,
      section.question,
      { x: LEFT, y: 0.42, w: ROOM, h: 0.7 },
      { preferred: 30, least: 16 },
      { bold: true, vertical: 'middle' },
    ),
    fitted(
      ink,
      answerOf(report, section),
      { x: LEFT, y: ANSWER_TOP, w: ROOM, h: ANSWER_HEIGHT },
      { preferred: 18, least: 12 },
      {},
    ),
    ...(chart
      ? chartContent(report, chart, ink)
      : table
        ? tableContent(report, table, ink)
        : pointsContent(section, ink)),
  ];
}

/** What can be said while the slide before is shown. */
function notesPage(report: Report, slide: Report['slides'][number], number: number, ink: Ink): Content[] {
  const { notesTo } = wordsIn(report.language).letter;
  const title = readable(notesTo(number, slide === 'cover' ? report.opening.occasion : slide.question));
  const box = { width: ROOM * POINTS, height: (FOOT_TOP - ANSWER_TOP - 0.2) * POINTS };
  const { texts, size } = fittedIn(notesOf(report, slide), box, { preferred: 18, least: 8, between: 8 });
  return [
    fitted(
      ink,
      title,
      { x: LEFT, y: 0.42, w: ROOM, h: 0.6 },
      { preferred: 18, least: 11 },
      { color: COLORS.muted, vertical: 'middle' },
    ),
    {
      ...at({ x: LEFT, y: ANSWER_TOP }),
      columns: [
        {
          width: box.width,
          stack: texts.map((text) => ({ text: textOf(text, ink), margin: [0, 0, 0, 8] })),
          fontSize: size,
          lineHeight: PITCH / FONT_LINE,
        },
      ],
    },
  ];
}

const FOOT_SIZE = 11;

/** What stands at the foot of every page but the opening one, which says it itself. */
function foot({ subtitle }: Report, page: string, ink: Ink): Content[] {
  const look = { color: COLORS.muted };
  const room = (ROOM - 1.2) * POINTS;
  return [
    {
      ...at({ x: LEFT, y: FOOT_TOP }),
      text: textOf(cutTo(subtitle, room, FOOT_SIZE), ink),
      fontSize: FOOT_SIZE,
      ...look,
    },
    {
      ...at({ x: WIDTH - LEFT - 1, y: FOOT_TOP }),
      columns: [{ width: POINTS, text: page, fontSize: FOOT_SIZE, alignment: 'right', ...look }],
    },
  ];
}

function definition(report: Report, notes: boolean, ink: Ink): TDocumentDefinitions {
  const pages = report.slides.flatMap((slide, index): Content[][] => {
    const number = index + 1;
    const shown =
      slide === 'cover'
        ? openingPage(report, ink)
        : [...sectionPage(report, slide, ink), ...foot(report, String(number), ink)];
    return notes
      ? [shown, [...notesPage(report, slide, number, ink), ...foot(report, String(number), ink)]]
      : [shown];
  });
  const { opening, subtitle, language } = report;
  return {
    pageSize: { width: WIDTH * POINTS, height: HEIGHT * POINTS },
    pageOrientation: 'landscape',
    pageMargins: 0,
    info: { title: opening.occasion, subject: subtitle, author: opening.organiser },
    language,
    defaultStyle: { font: MAIN.family, color: COLORS.ink },
    // What stands at a place of its own begins no page: something without ink does.
    content: pages.map((page, index) => ({
      stack: [{ text: ' ', fontSize: 1, ...(index > 0 && { pageBreak: 'before' as const }) }, ...page],
    })),
  };
}

quicken(true);

/** Throws `FontUnavailable` where the font is missing. */
export async function pdfSlidesOf(
  report: Report,
  { notes }: Pick<SlidesOrder, 'notes'>,
): Promise<Uint8Array> {
  const ink = newInk();
  const document = definition(report, notes, ink);
  pdfmake.setFonts(fontsFor(ink));
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(isFontFile);
  return pdfmake.createPdf(document).getBuffer();
}
