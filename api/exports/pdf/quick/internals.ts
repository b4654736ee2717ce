import { createRequire } from 'node:module';

/** What is used of pdfmake's inside: its version is pinned, and `test/api/exportsQuick.test.ts` compares with it as it comes. */

export type Font = {
  id: string;
  ascender: number;
  ref(): object;
  encode(text: string): [glyphs: string[], positions: Position[]];
  widthOfString(text: string, size: number): number;
};

export type Position = { xAdvance: number; advanceWidth: number; xOffset: number; yOffset: number };

/** A piece of a line, measured. */
export type Inline = {
  text: string;
  x?: number;
  width: number;
  leadingCut: number;
  trailingCut: number;
  lineEnd?: boolean;
  font: Font;
  fontSize: number;
  color: unknown;
  opacity: unknown;
} & Record<string, unknown>;

export type Inlines = { items: Inline[]; minWidth: number; maxWidth: number };

export type StyleStack = {
  styleOverrides: (string | Record<string, unknown>)[];
  getProperty(name: string): unknown;
};

export type TextInlines = {
  pdfDocument: object | null;
  buildInlines(text: unknown, styles: StyleStack): Inlines;
  widthOfText(text: string, inline: Inline): number;
};

export type Line = {
  inlines: Inline[];
  getHeight(): number;
  getAscenderHeight(): number;
  clone(): Line;
} & Record<string, unknown>;

export type LayoutBuilder = {
  writer: { context(): { availableWidth: number } };
  buildNextLine(node: { _inlines?: Inline[] }): Line | null;
};

export type Reference = { write(chunk: Uint8Array | string): void; finalize(): void };

export type PdfDocument = {
  page: { height: number; fonts: Record<string, object>; content: Reference };
  x: number;
  y: number;
  _font: Font;
  _fillColor: unknown;
  addPage(options: unknown): PdfDocument;
  addContent(operators: string): PdfDocument;
  opacity(value: number): PdfDocument;
  fontSize(size: number): PdfDocument;
};

export type Renderer = { pdfDocument: PdfDocument; renderLine(line: Line, x: number, y: number): void };

type TextBreaker = { getBreaks(text: string, styles: null): { text: string; lineEnd?: boolean }[] };

const require = createRequire(import.meta.url);
const classOf = <T>(name: string): { prototype: T; new (...args: unknown[]): T } =>
  (require(`pdfmake/js/${name}.js`) as { default: { prototype: T; new (...args: unknown[]): T } }).default;

export const textInlines = classOf<TextInlines>('TextInlines').prototype;
export const layoutBuilder = classOf<LayoutBuilder>('LayoutBuilder').prototype;
export const renderer = classOf<Renderer>('Renderer').prototype;
export const pdfDocument = classOf<PdfDocument>('PDFDocument').prototype;
export const textBreaker = new (classOf<TextBreaker>('TextBreaker'))();
