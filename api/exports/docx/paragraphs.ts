import { AlignmentType, BorderStyle, type IRunOptions, Paragraph, TextRun } from 'docx';
import type { Language } from '#schemas/languages.ts';
import type { Letter, Point, Section } from '../report/model.ts';
import { fontOf, INDENT, isBold, PITCH, POINT, RED, SIZE, TITLE_PITCH } from './layout.ts';

/** The paragraphs of an official document. */

type Role = Parameters<typeof fontOf>[0];

const run = (language: Language, role: Role, text: string, more: Partial<IRunOptions> = {}): TextRun =>
  new TextRun({
    text,
    font: fontOf(role),
    size: role !== 'title' ? SIZE.body : language === 'en' ? SIZE.titleEnglish : SIZE.title,
    bold: isBold(language, role),
    language: { value: 'en-GB', eastAsia: 'zh-CN' },
    ...more,
  });

/** 发文字号, to be filled in, above a red line. */
export const numberLine = (language: Language, number: string): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { ...PITCH, after: 14 * POINT },
    border: { bottom: { style: BorderStyle.SINGLE, size: 12, space: 4, color: RED } },
    children: [run(language, 'body', number)],
  });

/** Characters of a title's line: 156 mm at 22 pt. */
const TITLE_LINE = 20;
/** Where a Chinese title may break without tearing a word apart. */
const BREAKS = /(?<=领导班子|创建活动|年“五型”|关于)/u;

/** A title of two lines is broken between words, the lines as equal as can be. */
function titleLines(language: Language, text: string): string[] {
  if (language === 'en' || text.length <= TITLE_LINE) return [text];
  const pieces = text.split(BREAKS);
  const lines = pieces.slice(1).map((_, index) => {
    const first = pieces.slice(0, index + 1).join('');
    return [first, text.slice(first.length)];
  });
  const longest = (pair: string[]) => Math.max(...pair.map((line) => line.length));
  const [best] = lines.sort((a, b) => longest(a) - longest(b));
  return best && longest(best) <= TITLE_LINE ? best : [text];
}

export const title = (language: Language, text: string): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    keepNext: true,
    spacing: { ...TITLE_PITCH, before: 14 * POINT, after: 6 * POINT },
    children: titleLines(language, text).map((line, index) =>
      run(language, 'title', line, index ? { break: 1 } : {}),
    ),
  });

/** The filters, as on screen, under the title. */
export const subtitle = (language: Language, text: string): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { ...PITCH, after: 10 * POINT },
    children: [run(language, 'subheading', text, { size: SIZE.caption, bold: false })],
  });

export const addressee = (language: Language, text: string): Paragraph =>
  new Paragraph({ spacing: PITCH, children: [run(language, 'body', text)] });

/** Body text: two characters in, both edges straight. */
export const paragraph = (
  language: Language,
  text: string,
  more: { bold?: boolean; keepNext?: boolean } = {},
): Paragraph =>
  new Paragraph({
    alignment: language === 'en' ? AlignmentType.LEFT : AlignmentType.BOTH,
    indent: { firstLine: INDENT },
    spacing: PITCH,
    widowControl: true,
    ...(more.keepNext && { keepNext: true }),
    children: text
      .split('\n')
      .map((line, index) =>
        run(language, 'body', line, { bold: more.bold ?? false, ...(index && { break: 1 }) }),
      ),
  });

const DIGITS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/** 1 → 一, 11 → 十一, 21 → 二十一. */
export function chineseNumber(number: number): string {
  if (number <= 10) return DIGITS[number] ?? String(number);
  const tens = Math.floor(number / 10);
  return `${tens > 1 ? DIGITS[tens] : ''}十${number % 10 ? DIGITS[number % 10] : ''}`;
}

/** 一、, or 1. in English. */
export const heading = (language: Language, number: number, text: string): Paragraph =>
  new Paragraph({
    keepNext: true,
    indent: { firstLine: INDENT },
    spacing: PITCH,
    outlineLevel: 0,
    children: [
      run(language, 'heading', `${language === 'en' ? `${number}. ` : `${chineseNumber(number)}、`}${text}`),
    ],
  });

const markOf = (language: Language, headed: boolean, number: number): string => {
  if (language === 'en') return `(${number}) `;
  return headed ? `（${chineseNumber(number)}）` : `${number}.`;
};

/** (一)lead, or 1. lead, and the rest in the body's font. */
function point(language: Language, headed: boolean, number: number, { lead, text }: Point): Paragraph {
  return new Paragraph({
    alignment: language === 'en' ? AlignmentType.LEFT : AlignmentType.BOTH,
    indent: { firstLine: INDENT },
    spacing: PITCH,
    children: [
      run(language, headed ? 'subheading' : 'body', markOf(language, headed, number) + lead),
      run(language, 'body', text),
    ],
  });
}

export const points = (language: Language, { points: items = [], numbering }: Section): Paragraph[] =>
  items.map((item, index) => point(language, numbering === 'headings', index + 1, item));

/** Width of a text in the body's size, in twips: Chinese characters are square, others half as wide. */
const widthOf = (text: string): number =>
  Array.from(text).reduce((sum, sign) => sum + (sign > '\u2E80' ? 16 : 8), 0) * POINT;

/** Signature and date at the right: the date four characters from the edge, the signature centred on it. */
export function signature(language: Language, { signer, date }: Letter): Paragraph[] {
  const edge = 2 * INDENT;
  const inset = Math.max(0, Math.round(edge + (widthOf(date) - widthOf(signer)) / 2));
  const line = (text: string, right: number, more: object) =>
    new Paragraph({
      alignment: AlignmentType.RIGHT,
      indent: { right },
      spacing: PITCH,
      keepLines: true,
      ...more,
      children: [run(language, 'body', text)],
    });
  return [
    new Paragraph({ spacing: PITCH, keepNext: true, children: [] }),
    ...(signer ? [line(signer, language === 'en' ? 0 : inset, { keepNext: true })] : []),
    line(date, language === 'en' ? 0 : edge, {}),
  ];
}

/** What is annexed begins a page of its own. */
export const annexHead = (language: Language, text: string): Paragraph =>
  new Paragraph({
    pageBreakBefore: true,
    keepNext: true,
    spacing: PITCH,
    outlineLevel: 0,
    children: [run(language, 'heading', text)],
  });

export const caption = (text: string, above: boolean): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    keepNext: above,
    spacing: { before: (above ? 10 : 2) * POINT, after: (above ? 4 : 10) * POINT },
    children: [new TextRun({ text, font: fontOf('heading'), size: SIZE.caption })],
  });

export const note = (text: string): Paragraph =>
  new Paragraph({
    spacing: { before: 2 * POINT, after: 8 * POINT },
    children: [new TextRun({ text, font: fontOf('body'), size: SIZE.table })],
  });
