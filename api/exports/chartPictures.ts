import { Resvg } from '@resvg/resvg-js';
import type { EChartsOption } from 'echarts';
import LRU from 'zrender/lib/core/LRU.js';
import { takeAnyKey } from '#schemas/anyKey.ts';
import { chartOption, type PictureSize, sizeOf } from './chartOption.ts';
import { init } from './echarts.ts';
import { type Face, fileOf, MAIN, WEIGHTS } from './fonts/faces.ts';
import { withFonts } from './fonts/files.ts';
import { inFaces, textIn } from './fonts/markup.ts';
import type { Ink } from './fonts/runs.ts';
import { subsetOf } from './fonts/subset.ts';
import type { Chart } from './report/model.ts';

/** Pictures of charts, drawn without a browser. */

takeAnyKey(LRU);

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

const BOLD = /font-weight[:=]\s*"?(?:bold|[6-9]00)/;

/** The fonts of a drawing, each with no more than what it shows there: the renderer would set whole lines in another. */
function fontsOf(svg: string, faces: readonly Face[]): Buffer[] {
  const weights = BOLD.test(svg) ? WEIGHTS : ([400] as const);
  return faces.flatMap((face) => {
    const files = new Set(weights.map((weight) => fileOf(face, weight)));
    return [...files].map((path) => subsetOf(path, textIn(svg, face, faces)));
  });
}

/** An SVG as PNG, `zoom` pixels for each of its own; `ink` learns what it lacks. Throws `FontUnavailable`. */
export function pngOf(svg: string, ink: Ink, zoom = 2): Uint8Array {
  const drawn = inFaces(svg, ink);
  return withFonts(fontsOf(drawn, [MAIN, ...ink.faces]), (fontFiles) => {
    const picture = new Resvg(drawn, {
      font: {
        loadSystemFonts: false,
        fontFiles,
        defaultFontFamily: MAIN.family,
        sansSerifFamily: MAIN.family,
      },
      fitTo: { mode: 'zoom', value: zoom },
      background: '#FFFFFF',
    });
    return picture.render().asPng();
  });
}

export type Picture = PictureSize & { svg: string };

/** A document's chart as SVG, in the size that it is read well in. */
export function pictureOf(chart: Chart, width?: number): Picture {
  const size = sizeOf(chart, width);
  return { ...size, svg: svgOf(chartOption(chart, size), size) };
}
