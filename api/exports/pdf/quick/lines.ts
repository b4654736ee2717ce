import type { Font, Inline, Line, PdfDocument, Renderer } from './internals.ts';

/** Lines of plain text, written as pdfkit writes them, with what a text and a colour come to looked up once. */

type Drawn = { operator: string; width: number };

const drawn = new WeakMap<Font, Map<string, Drawn | null>>();
const COLOR = /^#[0-9a-f]{6}$/i;
const colors = new Map<string, string>();

/** Whatever makes a line or a piece of it more than text. */
const OF_LINE = ['_outline', '_pageNodeRef', 'id'];
const OF_PIECE = [
  '_pageNodeRef',
  'background',
  'decoration',
  'link',
  'linkToPage',
  'linkToDestination',
  'fontFeatures',
  'characterSpacing',
  'sup',
  'sub',
];

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

const isPlain = (line: Line): boolean =>
  !OF_LINE.some((name) => line[name]) &&
  line.inlines.every(
    (inline) =>
      typeof inline.color === 'string' &&
      COLOR.test(inline.color) &&
      inline.opacity === 1 &&
      !OF_PIECE.some((name) => inline[name]) &&
      !inline.text.includes('\n'),
  );

/** The glyphs of a text, with what lies between them; null where one is moved off the line. */
function glyphsOf(font: Font, text: string): string | null {
  const [encoded, positions] = font.encode(text);
  const segments: string[] = [];
  let last = 0;
  positions.forEach(({ xAdvance, advanceWidth }, at) => {
    const advance = xAdvance - advanceWidth;
    if (advance === 0 && at + 1 < positions.length) return;
    segments.push(`<${encoded.slice(last, at + 1).join('')}> ${rounded(-advance)}`);
    last = at + 1;
  });
  return positions.some(({ xOffset, yOffset }) => xOffset || yOffset) ? null : `[${segments.join(' ')}] TJ`;
}

function drawnOf(inline: Inline): Drawn | null {
  const { font, fontSize, text } = inline;
  const known = drawn.get(font) ?? new Map<string, Drawn | null>();
  drawn.set(font, known);
  const name = `${fontSize} ${text}`;
  let found = known.get(name);
  if (found === undefined) {
    const operator = text === '' ? '' : glyphsOf(font, text);
    found = operator === null ? null : { operator, width: font.widthOfString(text, fontSize) };
    known.set(name, found);
  }
  return found;
}

function colorOf(color: string): string {
  let operators = colors.get(color);
  if (operators === undefined) {
    const hex = Number.parseInt(color.slice(1), 16);
    const parts = [hex >> 16, (hex >> 8) & 0xff, hex & 0xff].map((part) => part / 255);
    operators = `/DeviceRGB cs\n${parts.join(' ')} scn\nf`;
    colors.set(color, operators);
  }
  return operators;
}

function draw(doc: PdfDocument, inline: Inline, { operator, width }: Drawn, x: number, y: number): void {
  const { font, fontSize } = inline;
  const color = inline.color as string;
  doc.opacity(1);
  doc.addContent(colorOf(color));
  doc._fillColor = [color, undefined];
  doc._font = font;
  doc.fontSize(fontSize);
  doc.x = x + width;
  doc.y = y;
  if (operator === '') return;
  const { page } = doc;
  page.fonts[font.id] ??= font.ref();
  const base = page.height - y - (font.ascender / 1000) * fontSize;
  doc.addContent(
    `q\n1 0 0 -1 0 ${rounded(page.height)} cm\nBT\n1 0 0 1 ${rounded(x)} ${rounded(base)} Tm\n/${font.id} ${rounded(fontSize)} Tf\n${operator}\nET\nQ`,
  );
}

/** `renderLine` for plain text; everything else is left to `original`. */
export const plainly = (original: Renderer['renderLine']): Renderer['renderLine'] =>
  function (this: Renderer, line, x, y) {
    const pieces = isPlain(line) ? line.inlines.map(drawnOf) : [null];
    if (pieces.includes(null)) return original.call(this, line, x, y);
    const height = line.getHeight();
    const descent = height - line.getAscenderHeight();
    line.inlines.forEach((inline, at) => {
      const toBase = height - (inline.font.ascender / 1000) * inline.fontSize - descent;
      const piece = pieces[at];
      if (piece) draw(this.pdfDocument, inline, piece, (x || 0) + (inline.x ?? 0), (y || 0) + toBase);
    });
  };

/** `addPage` whose page gathers its operators as text: made bytes once, not each by itself. */
export const gathering = (original: PdfDocument['addPage']): PdfDocument['addPage'] =>
  function (this: PdfDocument, options) {
    original.call(this, options);
    const { content } = this.page;
    const write = content.write.bind(content);
    const finalize = content.finalize.bind(content);
    let gathered: string[] = [];
    const flush = (): void => {
      if (gathered.length > 0) write(gathered.join('\n'));
      gathered = [];
    };
    content.write = (chunk) => {
      if (typeof chunk === 'string') gathered.push(chunk);
      else {
        flush();
        write(chunk);
      }
    };
    content.finalize = () => {
      flush();
      finalize();
    };
    return this;
  };
