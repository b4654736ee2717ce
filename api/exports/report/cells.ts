import { fixed, NOTHING, percent } from './figures.ts';
import type { Cell, Column } from './model.ts';

/** A cell as it is read on a page: fixed decimals, per cent, a dash where nothing is. */
export function cellText(cell: Cell, { kind, decimals }: Column): string {
  if (cell === null) return NOTHING;
  if (typeof cell === 'string') return cell;
  if (kind === 'share') return percent(cell);
  return decimals === undefined ? String(cell) : fixed(cell, decimals);
}

/** How a column stands: numbers right, ranks and short words centred, the rest left. */
export const alignmentOf = ({ kind, centred, id }: Column): 'left' | 'center' | 'right' =>
  centred || id === 'rank' ? 'center' : kind === 'text' ? 'left' : 'right';

/** Columns' shares of a width, in whole units that add up to it. */
export function widthsOf(columns: readonly Column[], room: number): number[] {
  const sum = columns.reduce((total, { width }) => total + width, 0);
  const widths = columns.map(({ width }) => Math.floor((width * room) / sum));
  const left = room - widths.reduce((total, width) => total + width, 0);
  return widths.map((width, index) => (index === 0 ? width + left : width));
}

/** Units × requirements, whose heads are long and columns narrow. */
export const isMatrix = ({ id }: { id: string }): boolean => id.startsWith('matrix');
