import { fittedIn, linesIn } from '../measure.ts';
import type { Report } from '../report/model.ts';
import { WIDTH } from './stage.ts';

/** What stands where on the opening slide, in whatever format it is drawn, in inches. */

export type OpeningPart = {
  text: string;
  place: { x: number; y: number; w: number; h: number };
  sizes: { preferred: number; least: number };
  tone: 'ink' | 'muted' | 'alarm';
  bold?: boolean;
  vertical: 'top' | 'bottom';
};

const POINTS = 72;
const SIDE = 1;
const ACROSS = { x: SIDE, w: WIDTH - 2 * SIDE };
const TITLE = { top: 1.5, height: 2.5 };
const TITLE_SIZES = { preferred: 36, least: 18 };
const ZONE_HEIGHT = 0.6;
/** Where a program has not the font named, bold letters are wider by so much; the title is made no smaller for it than that. */
const BOLDER = 1.3;
const STEADY = 28;

/** The line between what the meeting is and who holds it. */
export const OPENING_RULE = { ...ACROSS, y: 4.25, h: 0.03 };

/** A hyphen within a word, at which no program ends a line: large type has few words on one. */
const unbroken = (text: string): string => text.replace(/(?<=\p{L})-(?=\p{L})/gu, '\u2011');

/** The largest size in which the title takes as many lines in any font: else it would reach what stands above it. */
function steadySize(title: string): number {
  const linesAt = (size: number, room: number): number => linesIn(title, room, size).length;
  const width = ACROSS.w * POINTS;
  for (let size = TITLE_SIZES.preferred; size >= STEADY; size--)
    if (linesAt(size, width / BOLDER) === linesAt(size, width)) return size;
  return TITLE_SIZES.preferred;
}

/** Whose meeting it is stands right above its name, however many lines that takes. */
export function openingParts({ opening, subtitle, warning }: Report): OpeningPart[] {
  const { zone, date, organiser } = opening;
  const occasion = unbroken(opening.occasion);
  const box = { width: ACROSS.w * POINTS, height: TITLE.height * POINTS };
  const sizes = { ...TITLE_SIZES, preferred: steadySize(occasion) };
  const { lines, pitch } = fittedIn([occasion], box, sizes);
  const above = TITLE.top + TITLE.height - (lines * pitch) / POINTS - ZONE_HEIGHT - 0.15;
  const part = (
    text: string,
    y: number,
    h: number,
    preferred: number,
    more: Partial<OpeningPart> = {},
  ): OpeningPart => ({
    text,
    place: { ...ACROSS, y, h },
    sizes: { preferred, least: 10 },
    tone: 'ink',
    vertical: 'top',
    ...more,
  });
  return [
    part(zone, above, ZONE_HEIGHT, 24, { vertical: 'bottom' }),
    part(occasion, TITLE.top, TITLE.height, 0, { sizes, bold: true, vertical: 'bottom' }),
    part(organiser, 4.5, 0.6, 22),
    part(date, 5.12, 0.45, 20),
    part(warning ?? '', 5.75, 0.7, 16, { tone: 'alarm' }),
    part(subtitle, 6.6, 0.45, 14, { tone: 'muted' }),
  ].filter(({ text }) => text !== '');
}
