import type { Row } from '#schemas/presentation/answers/rows.ts';
import type { Column } from '#schemas/presentation/table.ts';

/**
 * The ranking's columns as the screen lays them out: where a unit stands comes before its name, and one bar takes the
 * place of the scores. A column that this layout does not know is shown as its description says.
 */
export type Slot = { id: string; width: string; column?: Column<Row> };

const FIRST = ['rank', 'band', 'moved', 'name'];
const WIDTHS: Record<string, string> = {
  rank: '40px',
  band: '136px',
  moved: '52px',
  total: '136px',
  behind: '56px',
  groupRank: '64px',
  eligible: '48px',
};
const FIGURE = 'minmax(64px, 1fr)';
export const BARS = 'bars';
export const isScore = ({ id }: { id: string }): boolean => id.startsWith('criterion:');

export function slotsOf(columns: readonly Column<Row>[], view: 'bars' | 'numbers'): Slot[] {
  const bars = view === 'bars';
  const name = bars ? 'minmax(160px, 1.2fr)' : 'minmax(160px, 2fr)';
  const slots = columns
    .filter((column) => !bars || !isScore(column))
    .map(
      (column): Slot => ({
        id: column.id,
        width: column.id === 'name' ? name : (WIDTHS[column.id] ?? FIGURE),
        column,
      }),
    );
  const first = FIRST.flatMap((id) => slots.find((slot) => slot.id === id) ?? []);
  const others = slots.filter(({ id }) => !FIRST.includes(id));
  return [...first, ...(bars ? [{ id: BARS, width: 'minmax(200px, 3fr)' }] : []), ...others];
}
