import { LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import type { Scaled } from './scale.ts';

use([LineChart, ScatterChart, GridComponent, LegendComponent, LabelLayout, SVGRenderer]);

const LINES = [
  ['cold', 'ranking, cold', '#b3261e'],
  ['start', 'start → ready', '#3a5a8c'],
  ['first', 'ranking, first', '#6f8fbf'],
  ['again', 'ranking, again', '#8a8a8a'],
] as const;

/** Lines join the sizes with as many units as the first; the others stand alone, as rings. */
export function drawScale(found: readonly Scaled[]): string {
  const units = found[0]?.units;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 760, height: 380 });
  const axis = {
    type: 'log' as const,
    nameLocation: 'middle' as const,
    nameGap: 38,
    minorTick: { show: true },
  };
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: 'sans-serif' },
    grid: { left: 70, right: 150, top: 20, bottom: 60 },
    legend: { show: false },
    xAxis: { ...axis, name: 'activities', min: 50_000, max: 40_000_000 },
    yAxis: { ...axis, name: 'ms' },
    series: LINES.flatMap(([id, name, color]) => [
      {
        type: 'line' as const,
        data: found.filter((one) => one.units === units).map((one) => [one.activities, one[id]]),
        symbolSize: 7,
        itemStyle: { color },
        endLabel: { show: true, formatter: name, color },
        labelLayout: { moveOverlap: 'shiftY' as const },
      },
      {
        type: 'scatter' as const,
        data: found.filter((one) => one.units !== units).map((one) => [one.activities, one[id]]),
        symbolSize: 10,
        itemStyle: { color: '#ffffff', borderColor: color, borderWidth: 2 },
      },
    ]),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${svg}\n`;
}
