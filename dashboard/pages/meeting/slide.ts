import type { Cut } from '#schemas/cut.ts';
import type { Words } from '../../locales/words.ts';

/** One slide on screen. */

export type SlideLine = {
  /** What stands in front: a rank, a type. */
  lead: string;
  name: string;
  detail: string;
  /** The clause that it comes from; its text opens. */
  clause: string | null;
  figure: string;
  /** How much of the line's bar is filled, 0..1; null for none. */
  share: number | null;
  /** Instead of a bar: where the dot stands on the axis, and how far its band reaches, 0..1. */
  dot: { at: number; reach: readonly [from: number, to: number] | null } | null;
  /** The bar's colour, by its token. */
  token: string;
  alarm: boolean;
};
export type Slide = {
  id: string;
  question: string;
  answer: string;
  lines: SlideLine[];
  /** Said below the lines: where they end among equals, how an axis is read. */
  note?: string;
  /** Of dots: what the axis names, and where, 0..1. */
  ticks?: { at: number; text: string }[];
  /** Of the cover: whose meeting it is, when, and who holds it. */
  opening?: { zone: string; day: string; organiser: string };
};

/** As many lines as the last row of a hall can read. */
export const LINES = 8;

export const line = (given: Partial<SlideLine> & Pick<SlideLine, 'name' | 'figure'>): SlideLine => ({
  lead: '',
  detail: '',
  clause: null,
  share: null,
  dot: null,
  token: 'accent',
  alarm: false,
  ...given,
});

/** What is said below lines that end among equals. */
export const levelNote = (words: Words, { level }: Pick<Cut<unknown>, 'level'>): Pick<Slide, 'note'> =>
  level > 0 ? { note: words.say('slides.level', {}, level) } : {};

/** What is said below lines that have no order, where there are more. */
export const moreNote = (words: Words, all: readonly unknown[]): Pick<Slide, 'note'> =>
  all.length > LINES ? { note: words.say('slides.more', {}, all.length - LINES) } : {};
