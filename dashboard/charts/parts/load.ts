import type { EChartsCoreOption } from 'echarts/core';

/** Parts of ECharts that few charts have, a fifth of all of it: each comes with the first chart that has it. */
const PARTS = {
  bar: () => import('./bar.ts'),
  heatmap: () => import('./heatmap.ts'),
  custom: () => import('./custom.ts'),
  legend: () => import('./legend.ts'),
  markLine: () => import('./markLine.ts'),
  title: () => import('./title.ts'),
};
type Part = keyof typeof PARTS;

const isPart = (name: string | undefined): name is Part => name !== undefined && Object.hasOwn(PARTS, name);

type Series = { type?: string; markLine?: unknown };

/** Which of these parts a chart has, by its option. */
export function partsOf({ series, legend, title }: EChartsCoreOption): Part[] {
  const all = [series].flat().filter((one): one is Series => typeof one === 'object' && one !== null);
  const parts = new Set(all.map(({ type }) => type).filter(isPart));
  if (all.some(({ markLine }) => markLine !== undefined)) parts.add('markLine');
  if (legend !== undefined) parts.add('legend');
  if (title !== undefined) parts.add('title');
  return [...parts];
}

const loaded = new Set<Part>();

/** Those of them that are not there yet; nothing to wait for where all are. */
export function load(option: EChartsCoreOption): Promise<unknown> | undefined {
  const missing = partsOf(option).filter((part) => !loaded.has(part));
  if (missing.length === 0) return undefined;
  return Promise.all(missing.map((part) => PARTS[part]().then(() => loaded.add(part))));
}
