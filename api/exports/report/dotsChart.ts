import { dotPlotOf } from '#schemas/presentation/dotPlot.ts';
import { bandText, plainText } from '#schemas/presentation/numbers.ts';
import { COLORS } from '#schemas/presentation/palette.ts';
import { type Frame, ranked } from './frame.ts';
import type { Chart } from './model.ts';
import { cutNote } from './shorten.ts';

/** The first units as dots with the reach of their bands; null where bars tell them apart. */
export function dotsChart(frame: Frame): Chart | null {
  const plot = dotPlotOf(frame.rows);
  if (!plot) return null;
  const { words } = frame;
  const { dots, from, to, step } = plot;
  const standings = ranked(frame.rows).map(frame.placeOf);
  const banded = dots.some(({ span }) => span !== null);
  const cut = cutNote(words, 'firstOf', standings, dots.length);
  return {
    id: 'dots',
    kind: 'dots',
    title: words.chart.dots,
    alt: words.chart.dotsAlt(dots.length, plainText(from)),
    categories: dots.map(
      ({ row }) => `${frame.placeOf(row)} ${row.name}${row.vetoes.length ? words.vetoMark : ''}`,
    ),
    series: [{ name: words.chart.total, color: COLORS.accent, values: dots.map(({ row }) => row.total) }],
    spans: dots.map(({ span }) => span),
    stacked: false,
    ends: dots.map(({ row }) =>
      words.chart.dotEnd(frame.totalText(row.total), row.band === null ? '' : bandText(row.band)),
    ),
    axis: { name: words.chart.points, min: from, max: to, step },
    note: [words.dots(plainText(from), plainText(step), banded), cut]
      .filter(Boolean)
      .join(frame.language === 'en' ? ' ' : ''),
  };
}
