import type { ECharts } from 'echarts/core';

type Painter = { refresh: () => unknown };

/**
 * Brings a chart to the size of its element, with the option that waits to be drawn. ECharts would draw thrice: the
 * option at the old size, the old picture at the new size, and the option at the new size. Here only the last is drawn.
 */
export function resizeOnce(chart: ECharts): void {
  const { clientWidth: width, clientHeight: height } = chart.getDom();
  if (!width || !height || (width === chart.getWidth() && height === chart.getHeight())) return;
  const zr = chart.getZr();
  const painter = zr.painter as Painter;
  // An own property hides the method of the class, and is taken away again.
  painter.refresh = () => painter;
  try {
    chart.resize();
  } finally {
    Reflect.deleteProperty(painter, 'refresh');
  }
  // A canvas is empty after its size has changed: it is painted before anyone sees it.
  zr.flush();
}
