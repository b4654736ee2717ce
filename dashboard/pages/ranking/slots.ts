import type { Row } from '#schemas/presentation/answers/rows.ts';
import type { Column } from '#schemas/presentation/table.ts';
import { widthOf } from '../../charts/cut.ts';
import type { Fit } from './fit.ts';

/**
 * The ranking's columns as the screen lays them out: where a unit stands comes before its name, and one bar takes the
 * place of the scores. A column that this layout does not know is shown as its description says.
 */
export type Slot = {
  id: string;
  width: string /** Pixels without which it cannot be read. */;
  least: number;
  column?: Column<Row>;
};

const FIRST = ['rank', 'band', 'moved', 'overYear', 'name'];
export const BARS = 'bars';
export const isScore = ({ id }: { id: string }): boolean => id.startsWith('criterion:');

type Wide = Pick<Slot, 'width' | 'least'>;
/** A digit in the page's size, at most. */
const DIGIT = 9;
/** Digits are one `ch` wide, what is written with them never more. */
const room = (least: number, characters: number, more: number): Wide => ({
  width: `max(${least}px, calc(${characters}ch + ${more}px))`,
  least: Math.max(least, characters * DIGIT + more),
});
const fixed = (least: number): Wide => ({ width: `${least}px`, least });
const growing = (least: number, share: number): Wide => ({ width: `minmax(${least}px, ${share}fr)`, least });
/** Half a Chinese sign in the size of captions, or a Latin letter or digit, at most. */
const CAPTION = 6.7;
export const captionRoom = (said: string): number => Math.ceil(widthOf(said) * CAPTION);
/** The axis of a band beside its figures, and the space between them. */
const AXIS = 88;
export const bandRoom = ({ band }: Fit): string => room(48, band, 0).width;

/**
 * On a phone a row has two lines: ranks above moves, totals above distances. Of the columns beside the bars each has
 * room for the longest figure of all rows; `behind`: what the longest distance is said with.
 */
export const phoneRoom = ({ rank, moved }: Fit, behind: string): Record<string, string> => ({
  '--places': `max(32px, ${rank}ch, ${moved - 1}ch)`,
  '--behind': `${Math.max(76, captionRoom(behind))}px`,
});

const widthsOf = (fit: Fit, uncapped: number): Record<string, Wide> => ({
  rank: room(40, fit.rank, 8),
  band: room(136, fit.band, AXIS),
  moved: room(52, fit.moved, 16),
  overYear: fixed(84),
  total: fixed(Math.max(136, uncapped)),
  behind: fixed(56),
  groupRank: room(64, fit.groupRank, 4),
  eligible: fixed(64),
});

/** Half a sign of a head, and a score: below its type's name it has room for both. */
const [HALF, SCORE] = [7, 52];
const scoreRoom = ({ heading, short = heading }: Column<Row>): Wide =>
  growing(Math.max(SCORE, widthOf(short) * HALF), 1);

/** Names are cut below this; beside a veto, which does not give way, at most below that. */
const [NAME, NAME_AT_MOST] = [160, 240];
/** Half a Chinese sign in the size of names, or a Latin letter, and what stands between a name and its mark. */
const [NAME_HALF, BESIDE] = [7.2, 8];
/** What a name takes with the mark of its veto beside it. */
export const vetoedRoom = (name: string, mark: string): number =>
  Math.min(NAME_AT_MOST, Math.ceil(widthOf(name) * NAME_HALF) + BESIDE + captionRoom(mark));
const NOTHING_LONG: Fit = { rank: 0, band: 0, moved: 0, groupRank: 0 };

export function slotsOf(
  columns: readonly Column<Row>[],
  view: 'bars' | 'numbers',
  fit: Fit = NOTHING_LONG,
  /** What the names of the types take above the bars. */
  heads = 0,
  /** What the total of a vetoed unit without its veto takes, before the total or above it; 0 where none is vetoed. */
  uncapped = 0,
  /** What the longest name of a vetoed unit takes with its mark. */
  vetoed = 0,
): Slot[] {
  const bars = view === 'bars';
  const widths = widthsOf(fit, uncapped);
  const name = growing(Math.max(NAME, vetoed), bars ? 1.2 : 2);
  const slots = columns
    .filter((column) => !bars || !isScore(column))
    .map(
      (column): Slot => ({
        id: column.id,
        ...(column.id === 'name' ? name : (widths[column.id] ?? scoreRoom(column))),
        column,
      }),
    );
  const first = FIRST.flatMap((id) => slots.find((slot) => slot.id === id) ?? []);
  const others = slots.filter(({ id }) => !FIRST.includes(id));
  return [...first, ...(bars ? [{ id: BARS, ...growing(Math.max(200, heads), 3) }] : []), ...others];
}
