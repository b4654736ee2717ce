import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

/** Loaded when somebody saves a chart as SVG; what the chart is made of is registered by EChart.vue. */
use([SVGRenderer]);

/** A chart as an SVG document of that many pixels, on its own ground. */
export function vectorOf(
  option: EChartsCoreOption,
  size: { width: number; height: number },
  ground: string,
): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    chart.setOption({ ...option, animation: false, backgroundColor: ground });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
