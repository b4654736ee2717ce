import { cutAt } from '#schemas/cut.ts';
import { placeIn, rankingFacts } from '#schemas/presentation/answers/ranking.ts';
import { type DotPlot, dotPlotOf, placeOn, ticksOf } from '#schemas/presentation/dotPlot.ts';
import { countText, plainText, totalDecimals } from '#schemas/presentation/numbers.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import { someUnits } from '../../locales/someOf.ts';
import type { Words } from '../../locales/words.ts';
import { LINES, levelNote, line, type Slide, type SlideLine } from './slide.ts';

/** The first units: as bars from zero, or as dots with the reach of their bands where bars look alike. */

type Told = { rows: readonly RankingRow[]; group: string | null };

/** Who leads, found as the ranking finds it: in the zone, or in the group that the slides are of. */
function leadSentence(words: Words, { rows, group }: Told): string {
  const [fact] = rankingFacts(rows, { group, nameless: false });
  if (fact?.kind === 'shared')
    return words.say('slides.shared', {
      units: someUnits(words, fact.units),
      total: words.score(fact.total, fact.decimals),
    });
  if (fact?.kind === 'no-ranks') return words.say('ranking.answerNothing');
  if (fact?.kind !== 'first' || !fact.second) return '';
  const named = { unit: fact.unit.name, total: words.score(fact.total, fact.decimals) };
  // Who lies within the play of the weights is not led by so and so much.
  return fact.certainty === 'close'
    ? words.say('slides.leadsClose', { ...named, second: someUnits(words, fact.peers) })
    : words.say('slides.leads', {
        ...named,
        second: someUnits(words, fact.second.units),
        lead: words.gap(fact.second.lead, fact.decimals),
      });
}

/** What stands beside a rank within the group: the rank in the zone. */
const placeDetail = (words: Words, { rank, of }: RankingRow): string =>
  words.say('slides.zonePlace', { rank: countText(rank), of });

function dotOn(plot: DotPlot, index: number): SlideLine['dot'] {
  const dot = plot.dots[index];
  if (!dot) return null;
  const { row, span } = dot;
  return {
    at: placeOn(plot, row.total),
    reach: span && [placeOn(plot, span[0]), placeOn(plot, span[1])],
  };
}

export function leadersSlide(words: Words, input: Told): Slide {
  const { rows, group } = input;
  const decimals = totalDecimals(rows);
  const placed = rows.filter(({ rank }) => rank !== null);
  const cut = cutAt(placed, LINES, (row) => placeIn(group, row));
  const plot = dotPlotOf(rows, LINES);
  const lines = cut.shown.map((row, at) =>
    line({
      lead: countText(placeIn(group, row)),
      name: row.name,
      detail: [
        ...(group === null ? [] : [placeDetail(words, row)]),
        ...(row.band ? [words.say('ranking.bandOf', { band: words.band(row.band) })] : []),
      ].join(' · '),
      figure: words.score(row.total, decimals),
      ...(plot ? { dot: dotOn(plot, at) } : { share: (row.total ?? 0) / 100 }),
    }),
  );
  const answer = leadSentence(words, input);
  const { note } = levelNote(words, cut);
  const slide = { id: 'leaders', question: words.say('slides.leaders'), answer, lines };
  if (!plot) return { ...slide, ...(note !== undefined && { note }) };
  const read = words.vocabulary.dots(
    plainText(plot.from),
    plainText(plot.step),
    placed.some(({ band }) => band !== null),
  );
  return {
    ...slide,
    ticks: ticksOf(plot).map((value) => ({ at: placeOn(plot, value), text: plainText(value) })),
    note: [read, note].filter(Boolean).join(words.locale === 'en' ? ' ' : ''),
  };
}
