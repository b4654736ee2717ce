import type { Row } from '#schemas/presentation/answers/rows.ts';
import type { Column } from '#schemas/presentation/table.ts';
import type { Fit } from './fit.ts';

/**
 * The ranking's columns as the screen lays them out: where a unit stands comes before its name, and one bar takes the
 * place of the scores. A column that this layout does not know is shown as its description says.
 */
export type Slot = { id: string; width: string; column?: Column<Row> };

const FIRST = ['rank', 'band', 'moved', 'overYear', 'name'];
const FIGURE = 'minmax(64px, 1fr)';
export const BARS = 'bars';
export const isScore = ({ id }: { id: string }): boolean => id.startsWith('criterion:');

/** Digits are one `ch` wide, what is written with them never more. */
const room = (least: number, characters: number, more: number): string =>
  `max(${least}px, calc(${characters}ch + ${more}px))`;
/** The axis of a band beside its figures, and the space between them. */
const AXIS = 88;
export const bandRoom = ({ band }: Fit): string => room(48, band, 0);

const widthsOf = (fit: Fit): Record<string, string> => ({
  rank: room(40, fit.rank, 8),
  band: room(136, fit.band, AXIS),
  moved: room(52, fit.moved, 16),
  overYear: '84px',
  total: '136px',
  behind: '56px',
  groupRank: room(64, fit.groupRank, 4),
  eligible: '48px',
});

const NOTHING_LONG: Fit = { rank: 0, band: 0, moved: 0, groupRank: 0 };

export function slotsOf(
  columns: readonly Column<Row>[],
  view: 'bars' | 'numbers',
  fit: Fit = NOTHING_LONG,
): Slot[] {
  const bars = view === 'bars';
  const widths = widthsOf(fit);
  const name = bars ? 'minmax(160px, 1.2fr)' : 'minmax(160px, 2fr)';
  const slots = columns
    .filter((column) => !bars || !isScore(column))
    .map(
      (column): Slot => ({
        id: column.id,
        width: column.id === 'name' ? name : (widths[column.id] ?? FIGURE),
        column,
      }),
    );
  const first = FIRST.flatMap((id) => slots.find((slot) => slot.id === id) ?? []);
  const others = slots.filter(({ id }) => !FIRST.includes(id));
  return [...first, ...(bars ? [{ id: BARS, width: 'minmax(200px, 3fr)' }] : []), ...others];
}
