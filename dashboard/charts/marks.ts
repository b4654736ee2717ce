import { MARK_KINDS, type MarkKind } from '#schemas/results/marks.ts';
import type { ChartTheme } from './theme.ts';

/**
 * The signs of what happened, told apart by their shape: outlines in a box of 12 by 12, for charts and for the page's own
 * drawings alike. A filled shape is something that was decided about a unit, an open one came late.
 */
export const MARK_PATHS: Readonly<Record<MarkKind, string>> = {
  veto: 'M2 0L6 4L10 0L12 2L8 6L12 10L10 12L6 8L2 12L0 10L4 6L0 2Z',
  deduction: 'M0 1H12L6 11.5Z',
  late: 'M6 0A6 6 0 1 1 5.99 0ZM6 2A4 4 0 1 0 6.01 2Z',
  plan: 'M6 0L12 6L6 12L0 6Z',
  seal: 'M1 1H11V11H1Z',
  publication: 'M1 0H3V1H12L9.5 3.5L12 6H3V12H1Z',
};

/** The kinds that are there, in their order: a row of a strip each. */
export const kindsOf = (spots: readonly { kind: MarkKind }[]): MarkKind[] =>
  MARK_KINDS.filter((kind) => spots.some((spot) => spot.kind === kind));

/** One colour for alarm, ink for the rest: the shape tells which it is. */
export const markColor = (kind: MarkKind, theme: Pick<ChartTheme, 'alarm' | 'ink' | 'muted'>): string =>
  kind === 'veto' ? theme.alarm : kind === 'deduction' || kind === 'late' ? theme.ink : theme.muted;
