import { type EChartsCoreOption, init } from 'echarts/core';
import { groupSpans } from './groupLabels.ts';
import type { HeatInput } from './heat.ts';
import { columnsWithin } from './heatmap.ts';

/** The width between the margins of A4, in pixels. */
const SHEET = 688;
const PRINT_RATIO = 2;

type Part = { from: number; to: number };

/** Whole groups as long as they fit; a group that is wider than a sheet is cut into equal parts. */
function partsOf(groups: readonly string[], most: number): Part[] {
  const pieces = groupSpans(groups).flatMap(({ from, to }) => {
    const count = to + 1 - from;
    const size = Math.ceil(count / Math.ceil(count / most));
    return Array.from({ length: Math.ceil(count / size) }, (_, piece) => ({
      from: from + piece * size,
      to: Math.min(to + 1, from + (piece + 1) * size),
    }));
  });
  const parts: Part[] = [];
  for (const piece of pieces) {
    const last = parts.at(-1);
    if (last && piece.to - last.from <= most) last.to = piece.to;
    else parts.push({ ...piece });
  }
  return parts;
}

/**
 * The map as sheets of paper show it: side by side more columns than fit could not be read, so each sheet has some of
 * the groups, all with the same rows.
 */
export function sheetsOf(input: HeatInput): HeatInput[] {
  const whole = { ...input, paper: true, width: SHEET };
  const groups = input.columns.map(({ group }) => group);
  return partsOf(groups, columnsWithin(whole, SHEET)).map(({ from, to }) => ({
    ...whole,
    columns: input.columns.slice(from, to),
    cells: input.cells.map((row) => row.slice(from, to)),
    selected:
      input.selected && input.selected.x >= from && input.selected.x < to
        ? { ...input.selected, x: input.selected.x - from }
        : null,
  }));
}

/** A chart as a picture as wide as a sheet. What it is made of is registered by EChart.vue. */
export function pictureOf(option: EChartsCoreOption, height: number): HTMLCanvasElement {
  const chart = init(document.createElement('div'), null, { renderer: 'canvas', width: SHEET, height });
  try {
    chart.setOption(option);
    return chart.renderToCanvas({ pixelRatio: PRINT_RATIO });
  } finally {
    chart.dispose();
  }
}
