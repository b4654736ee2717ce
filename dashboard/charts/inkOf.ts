import { lossStep } from '#schemas/presentation/palette.ts';
import type { ChartTheme } from './theme.ts';

/**
 * The ink of a cell by what is lost there, -1 where nothing counts. Said once for all cells: a style of its own for each of
 * thousands takes ECharts twice as long to draw.
 */
export const inkOf =
  (ink: readonly string[], steps: Parameters<typeof lossStep>[1], theme: Pick<ChartTheme, 'wash'>) =>
  ({ value: [, , lost = -1] }: { value: readonly number[] }): string | undefined =>
    lost < 0 ? theme.wash : ink[lossStep(lost, steps)];
