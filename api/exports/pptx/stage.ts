import type PptxGenJS from 'pptxgenjs';
import type { Language } from '#schemas/languages.ts';

/** The measures of a slide, in inches: 13.33 × 7.5. */

export type Slide = PptxGenJS.default.Slide;

export const WIDTH = 13.33;
export const LEFT = 0.6;
export const ROOM = WIDTH - 2 * LEFT;
export const ANSWER_TOP = 1.18;
export const ANSWER_HEIGHT = 0.95;
export const EVIDENCE_TOP = 2.2;
export const EVIDENCE_HEIGHT = 4.6;
export const FOOT_TOP = 6.98;
/** What is said below evidence, of its height. */
export const NOTE_HEIGHT = 0.28;

export const hex = (color: string): string => color.slice(1);

export const faceOf = (language: Language): string => (language === 'en' ? 'Calibri' : 'Microsoft YaHei');
