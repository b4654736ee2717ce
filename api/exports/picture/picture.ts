import type { Language } from '#schemas/languages.ts';
import { parted, unparted } from '#schemas/presentation/numbers.ts';
import { COLORS } from '#schemas/presentation/palette.ts';
import { FONT_STACK } from '../chartOption.ts';
import { pictureOf, pngOf } from '../chartPictures.ts';
import { escaped } from '../fonts/markup.ts';
import { missingIn, newInk } from '../fonts/runs.ts';
import { linesIn } from '../measure.ts';
import { wordsIn } from '../report/frame.ts';
import type { ChartSheet, PictureFormat } from '../report/model.ts';

/** A chart by itself: its title and filters above, what it rests on below. */

const WIDTH = 960;
const MARGIN = 24;
const ROOM = WIDTH - 2 * MARGIN;
/** Pixels of a PNG for each of the picture's, sharp enough for a projector and for paper. */
const ZOOM = 2;

type Style = { size: number; color: string; weight?: number };
const TITLE: Style = { size: 20, color: COLORS.ink, weight: 700 };
const FILTERS: Style = { size: 14, color: COLORS.muted };
const NOTE: Style = { size: 12, color: COLORS.muted };
const WARNING: Style = { size: 14, color: COLORS.alarm };
const NOTHING: Style = { size: 16, color: COLORS.ink };

type Block = { markup: string; height: number };

/** Lines of text from `top` on, broken where they do not fit. */
function textBlock(texts: readonly string[], { size, color, weight = 400 }: Style, top: number): Block {
  const pitch = Math.round(size * 1.6);
  const lines = texts.flatMap((text) => linesIn(unparted(text), ROOM, size).map(parted));
  const markup = lines.map(
    (line, index) =>
      `<text x="${MARGIN}" y="${top + index * pitch + size}" font-size="${size}" font-weight="${weight}" fill="${color}">${escaped(line)}</text>`,
  );
  return { markup: markup.join(''), height: lines.length * pitch };
}

/** ECharts writes a whole SVG, which stands inside another one as it is. */
function chartBlock({ chart }: ChartSheet, top: number): Block {
  const { svg, height } = pictureOf(chart, ROOM);
  return { markup: svg.replace('<svg ', `<svg x="${MARGIN}" y="${top}" `), height };
}

function stacked(sheet: ChartSheet): Block {
  const blocks: ((top: number) => Block)[] = [
    (top) => textBlock([sheet.title], TITLE, top),
    (top) => textBlock([sheet.subtitle], FILTERS, top),
    ...(sheet.warning ? [(top: number) => textBlock([sheet.warning ?? ''], WARNING, top)] : []),
    (top) => (sheet.nothing ? textBlock([sheet.nothing], NOTHING, top) : chartBlock(sheet, top)),
    (top) => textBlock(sheet.notes, NOTE, top),
  ];
  let top = MARGIN;
  let markup = '';
  for (const block of blocks) {
    const made = block(top);
    markup += made.markup;
    top += made.height + 10;
  }
  return { markup, height: top - 10 + MARGIN };
}

function svgSheet(sheet: ChartSheet): string {
  const { markup, height } = stacked(sheet);
  const size = `width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" font-family="${escaped(FONT_STACK)}">`,
    `<title>${escaped(sheet.title)}</title><desc>${escaped(sheet.chart.alt)}</desc>`,
    `<rect width="${WIDTH}" height="${height}" fill="#FFFFFF"/>`,
    markup,
    '</svg>',
  ].join('');
}

/** A PNG with a note on what its font lacks, where it lacks something. */
function pngSheet(sheet: ChartSheet, language: Language): Uint8Array {
  const ink = newInk();
  const png = pngOf(svgSheet(sheet), ink, ZOOM);
  const missing = missingIn(ink);
  if (missing === null) return png;
  const notes = [...sheet.notes, wordsIn(language).letter.marked(missing)];
  return pngOf(svgSheet({ ...sheet, notes }), ink, ZOOM);
}

/** The picture as a file. Throws `FontUnavailable` for a PNG; an SVG's font is that of its reader. */
export function pictureSheet(sheet: ChartSheet, format: PictureFormat, language: Language): Uint8Array {
  return format === 'svg'
    ? Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${svgSheet(sheet)}`, 'utf8')
    : pngSheet(sheet, language);
}
