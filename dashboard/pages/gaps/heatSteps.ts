import type { HeatInput, HeatPlace } from '../../charts/heat.ts';

/** Rows at once. */
const PAGE = 10;

/** Where each key leads from a cell, as far as the map goes; Home and End within the row, with Ctrl to the corners. */
const STEPS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  Home: [Number.NEGATIVE_INFINITY, 0],
  End: [Number.POSITIVE_INFINITY, 0],
  PageUp: [0, -PAGE],
  PageDown: [0, PAGE],
  'Ctrl+Home': [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
  'Ctrl+End': [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
};

const within = (value: number, count: number): number => Math.max(0, Math.min(value, count - 1));

/** The cell that a key leads to; null where it is no key of the map. */
export function cellAt(
  { rows, columns }: Pick<HeatInput, 'rows' | 'columns'>,
  at: HeatPlace,
  { key, ctrlKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey'>,
): HeatPlace | null {
  const way = STEPS[ctrlKey ? `Ctrl+${key}` : key];
  return way ? { x: within(at.x + way[0], columns.length), y: within(at.y + way[1], rows.length) } : null;
}
