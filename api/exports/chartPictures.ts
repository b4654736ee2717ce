import { Resvg } from '@resvg/resvg-js';
import { type EChartsOption, init } from 'echarts';
import LRU from 'zrender/lib/core/LRU.js';
import { takeAnyKey } from '#schemas/anyKey.ts';
import { chartOption, type PictureSize, sizeOf } from './chartOption.ts';
import { rareFont, subsetsOf } from './fontCoverage.ts';
import { fontPath } from './fontFiles.ts';
import { mainFont, WEIGHTS } from './fonts.ts';
import type { Chart } from './report/model.ts';

/** Pictures of charts, drawn without a browser. */

takeAnyKey(LRU);

/** The name that the font carries inside. */
const FONT_NAME = 'Noto Sans SC Thin';

/** A chart option as SVG with text as text. */
export function svgOf(option: EChartsOption, { width, height }: PictureSize): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

/** An SVG as PNG, `zoom` pixels for each of its own. Throws `FontUnavailable`. */
export function pngOf(svg: string, zoom = 2): Uint8Array {
  const text = svg.replace(/<[^>]*>/g, '');
  const fonts = [...WEIGHTS.map(mainFont), ...subsetsOf(text).map((subset) => rareFont(subset, 400))];
  const picture = new Resvg(svg, {
    font: {
      loadSystemFonts: false,
      fontFiles: fonts.map(fontPath),
      defaultFontFamily: FONT_NAME,
      sansSerifFamily: FONT_NAME,
    },
    fitTo: { mode: 'zoom', value: zoom },
    background: '#FFFFFF',
  });
  return picture.render().asPng();
}

export type Picture = PictureSize & { svg: string };

/** A document's chart as SVG, in the size that it is read well in. */
export function pictureOf(chart: Chart, width?: number): Picture {
  const size = sizeOf(chart, width);
  return { ...size, svg: svgOf(chartOption(chart, size), size) };
}
