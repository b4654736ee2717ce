import type { Words } from '../locales/words.ts';
import type { HeatColumn, HeatInput, HeatPlace, HeatRow } from './heat.ts';
import { plainText } from './theme.ts';

/** What the pointer is over: a cell, or one of the bars. */
export type Pointed = { value: readonly number[] | number; dataIndex?: number; seriesName?: string };

export function tooltipText(
  input: HeatInput,
  { value, dataIndex = -1, seriesName }: Pointed,
  words: Words,
): string {
  const { rows, columns } = input;
  if (!Array.isArray(value)) {
    const of = seriesName === 'rows' ? rows[dataIndex] : columns[dataIndex];
    const says = seriesName === 'rows' ? 'gaps.tooltipRow' : 'gaps.tooltipColumn';
    if (!of) return '';
    const sum =
      of.lost === null ? words.vocabulary.uncounted : words.say(says, { points: words.score(of.lost) });
    return linesText([of.name, besideOf(of, words), sum]);
  }
  const [x = -1, y = -1] = value;
  const head = words.say('gaps.tooltip', { unit: columns[x]?.name ?? '', requirement: rows[y]?.name ?? '' });
  return input.cells[y]?.[x]
    ? linesText([head, aboutCell(words, input, { x, y }), cellText(words, input, { x, y })])
    : '';
}

const linesText = (lines: readonly string[]): string => lines.filter(Boolean).map(plainText).join('\n');

/** Of a requirement its clause and deadline, of a unit its rank. */
const besideOf = (of: HeatRow | HeatColumn, words: Words): string =>
  'rank' in of && of.rank
    ? words.say('finder.rank', { rank: words.count(of.rank) })
    : 'about' in of
      ? (of.about ?? '')
      : '';

/** The clause and the deadline of a cell's requirement, and the rank of its unit. */
export function aboutCell(
  words: Words,
  { rows, columns }: Pick<HeatInput, 'rows' | 'columns'>,
  { x, y }: HeatPlace,
): string {
  return [rows[y], columns[x]]
    .map((of) => (of ? besideOf(of, words) : ''))
    .filter(Boolean)
    .join(' · ');
}

/** What a cell says: points lost and how far it is met, or that it does not count. */
export function cellText(words: Words, { cells }: Pick<HeatInput, 'cells'>, { x, y }: HeatPlace): string {
  const { attainment = null, lost = null, year } = cells[y]?.[x] ?? {};
  const toDate =
    attainment === null
      ? words.vocabulary.uncounted
      : words.say('gaps.tooltipLost', { share: words.share(attainment), points: words.score(lost) });
  return words.phrases([
    toDate,
    ...(year == null ? [] : [words.say('gaps.tooltipYear', { points: words.score(year) })]),
  ]);
}
