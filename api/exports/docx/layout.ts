import { convertMillimetersToTwip, type IFontAttributesProperties, LineRuleType } from 'docx';
import type { Language } from '#schemas/languages.ts';

/**
 * The measures of an official document (公文格式, GB/T 9704-2012): A4, margins 37/26/35/28 mm, title 22 pt, body
 * 16 pt at a pitch of 28 pt, 22 lines a page of 28 characters.
 */

const mm = convertMillimetersToTwip;
export const POINT = 20;

export const PAGE = {
  size: { width: mm(210), height: mm(297) },
  margin: { top: mm(37), right: mm(26), bottom: mm(35), left: mm(28), header: mm(15), footer: mm(28) },
};
/** Width of the text, in twips. */
export const TEXT_WIDTH = mm(156);

/** Sizes in half-points, as the format counts. */
export const SIZE = {
  title: 44,
  titleEnglish: 36,
  body: 32,
  number: 28,
  table: 21,
  small: 18,
  tiny: 16,
  caption: 24,
};
export const PITCH = { line: 28 * POINT, lineRule: LineRuleType.EXACT } as const;
export const TITLE_PITCH = { line: 36 * POINT, lineRule: LineRuleType.EXACT } as const;
/** Two characters of the body. */
export const INDENT = 32 * POINT;

export const RED = 'C00000';

type Role = 'title' | 'body' | 'heading' | 'subheading' | 'number';

const CHINESE: Record<Role, string> = {
  title: '方正小标宋简体',
  body: '仿宋_GB2312',
  heading: '黑体',
  subheading: '楷体_GB2312',
  number: '宋体',
};
const LATIN = 'Times New Roman';

/** The font of a role: Chinese characters in its own, Latin letters and digits in Times. */
export const fontOf = (role: Role): IFontAttributesProperties => ({
  ascii: LATIN,
  hAnsi: LATIN,
  cs: LATIN,
  eastAsia: CHINESE[role],
});

/** Headings are told apart by their font in Chinese, by weight in English. */
export const isBold = (language: Language, role: Role): boolean =>
  language === 'en' && (role === 'title' || role === 'heading' || role === 'subheading');

/** What to take where a font is not installed, with its class: written to the document's font table. */
export const FALLBACKS: readonly (readonly [font: string, instead: string, family: string])[] = [
  ['方正小标宋简体', '宋体', 'roman'],
  ['仿宋_GB2312', '仿宋', 'modern'],
  ['楷体_GB2312', '楷体', 'modern'],
  ['黑体', 'SimHei', 'swiss'],
  ['宋体', 'SimSun', 'roman'],
];
