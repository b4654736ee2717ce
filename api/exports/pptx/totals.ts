import { COLORS } from '#schemas/presentation/palette.ts';
import { escaped } from '../fonts/markup.ts';
import { widthOf } from '../measure.ts';
import type { Chart } from '../report/model.ts';
import { hex } from './stage.ts';

/**
 * What stands at the ends of stacked bars. The office formats know no label at the end of a stack, so the totals are one
 * more series: bars without colour that begin where the stack ends, whose labels stand at their beginning. The figures
 * are those of the workbook behind the chart, and change with it.
 */

/** What each bar says, and what that is where it is no more than the figure. */
export type TotalLabels = { texts: readonly string[]; decimals: number; values: readonly number[] };

/** Programs do not agree on which entry of a legend is which: the series has a name that shows nothing there. */
export const UNNAMED = '\u00A0';

const STEPS = 5;
const SIZE = 12;
const PADDING = 10;

const decimalsIn = (text: string): number => text.split('.')[1]?.length ?? 0;

const isFigure = (text: string): boolean => /^\d+(\.\d+)?$/.test(text);

/** The totals as they are said: what the parts add up to may differ from them in the last digit. */
export function totalLabels({ series, categories, ends = [] }: Chart): TotalLabels {
  const sum = (at: number): number => series.reduce((all, { values }) => all + (values[at] ?? 0), 0);
  return {
    texts: ends,
    decimals: Math.max(0, ...ends.filter(isFigure).map(decimalsIn)),
    values: categories.map((_, at) => (isFigure(ends[at] ?? '') ? Number(ends[at]) : sum(at))),
  };
}

/** The axis of a stacked chart, with room for the labels within `width` points; its steps end where the scale does. */
export function axisWithEnds({ axis, ends = [] }: Chart, width: number): { max: number; step: number } {
  const scale = axis.max ?? 100;
  const widest = Math.max(0, ...ends.map((text) => widthOf(text, SIZE))) + PADDING;
  const room = Math.min(scale / STEPS - scale / 100, (scale * widest) / Math.max(1, width - widest));
  return { max: scale + room, step: scale / STEPS };
}

const SHOWN =
  '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>';

/** A label that is more than a figure. */
const said = (text: string, at: number, fontFace: string): string =>
  [
    `<c:dLbl><c:idx val="${at}"/><c:tx><c:rich><a:bodyPr wrap="none"/><a:lstStyle/><a:p><a:r><a:rPr lang="zh-CN" sz="${SIZE * 100}">`,
    `<a:solidFill><a:srgbClr val="${hex(COLORS.ink)}"/></a:solidFill><a:latin typeface="${fontFace}"/><a:ea typeface="${fontFace}"/></a:rPr>`,
    `<a:t>${escaped(text)}</a:t></a:r></a:p></c:rich></c:tx><c:dLblPos val="inBase"/>${SHOWN}</c:dLbl>`,
  ].join('');

const LAST_SERIES = /<c:ser>(?:(?!<c:ser>).)*<\/c:ser>(?!.*<c:ser>)/s;
const FILL = /<c:spPr>.*?<\/c:spPr>/s;
const LABELS = /<c:dLbls>.*?<\/c:dLbls>/s;
const FONT = /<a:latin typeface="([^"]*)"/;

/** The last series of the chart becomes the labels, without colour. */
export function withTotals(xml: string, { texts, decimals }: TotalLabels): string {
  const format = decimals ? `0.${'0'.repeat(decimals)}` : '0';
  return xml.replace(LAST_SERIES, (series) => {
    const fontFace = FONT.exec(series)?.[1] ?? '';
    const own = texts.map((text, at) => (isFigure(text) ? '' : said(text, at, fontFace)));
    return series
      .replace(FILL, '<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>')
      .replace(LABELS, (labels) =>
        labels
          .replace('<c:dLbls>', `<c:dLbls>${own.join('')}`)
          .replace(/formatCode="[^"]*"/, `formatCode="${format}"`)
          .replace('</c:txPr>', '</c:txPr><c:dLblPos val="inBase"/>')
          .replace('<c:showVal val="0"/>', '<c:showVal val="1"/>'),
      );
  });
}
