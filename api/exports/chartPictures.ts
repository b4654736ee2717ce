import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { Resvg } from '@resvg/resvg-js';
import { type EChartsOption, init } from 'echarts';
import { chartOption, type PictureSize, sizeOf } from './chartOption.ts';
import { rareFont, subsetsOf } from './fontCoverage.ts';
import { mainFont, WEIGHTS } from './fonts.ts';
import type { Chart } from './report/model.ts';

/** Pictures of charts, drawn without a browser. */

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

const written = new Map<Buffer, string>();

/** A folder that is ours alone: what others could write, the renderer must not read. */
function fontFolder(): string {
  const user = process.getuid?.() ?? 0;
  const folder = join(tmpdir(), `wuxing-fonts-${user}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(folder);
  const ours = process.getuid === undefined || (uid === user && (mode & 0o022) === 0);
  return ours ? folder : mkdtempSync(join(tmpdir(), 'wuxing-fonts-'));
}

/** The renderer reads fonts from files only: each is written once, under its content's name. */
function fileOf(ttf: Buffer): string {
  const known = written.get(ttf);
  if (known && existsSync(known)) return known;
  const name = `${createHash('sha256').update(ttf).digest('hex').slice(0, 24)}.ttf`;
  const path = join(fontFolder(), name);
  if (!existsSync(path)) {
    const half = `${path}.${process.pid}.${threadId}`;
    writeFileSync(half, ttf);
    renameSync(half, path);
  }
  written.set(ttf, path);
  return path;
}

/** An SVG as PNG, `zoom` pixels for each of its own. Throws `FontUnavailable`. */
export function pngOf(svg: string, zoom = 2): Uint8Array {
  const text = svg.replace(/<[^>]*>/g, '');
  const fonts = [...WEIGHTS.map(mainFont), ...subsetsOf(text).map((subset) => rareFont(subset, 400))];
  const picture = new Resvg(svg, {
    font: {
      loadSystemFonts: false,
      fontFiles: fonts.map(fileOf),
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
