import { endsOf } from '#schemas/presentation/answers/extremes.ts';
import { exactMean, pointsText } from '#schemas/presentation/numbers.ts';
import { tableDecimals } from '#schemas/presentation/table.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import { groupChart, rankingChart } from '../charts.ts';
import { dotsChart } from '../dotsChart.ts';
import { type Frame, groupsOf, ranked, scoresOf, someNames } from '../frame.ts';
import type { Section } from '../model.ts';
import { criteriaTable, groupTable, rankingPage } from '../tables/rankingTables.ts';
import { overallSentences } from './leading.ts';

/** How many units a chart on a page can name. */
const CHARTED = 20;
const NAMED = 5;

export function overallSection(frame: Frame): Section {
  const { words, rows } = frame;
  const placed = ranked(rows);
  const dots = dotsChart(frame);
  return {
    id: 'overall',
    ...words.section.overall,
    ...overallSentences(frame),
    charts: placed.length ? [rankingChart(frame, CHARTED)] : [],
    ...(dots && { slideChart: dots }),
    tables: rows.length ? [rankingPage(frame)] : [],
  };
}

type Mean = { label: string; average: number };

/**
 * Which of several have the highest mean and which the lowest, all that share it; or that all are equal. With as many
 * `decimals` as the table beside it.
 */
function endsSentence(
  { words, list }: Frame,
  means: readonly Mean[],
  what: 'groups' | 'criteria',
  decimals: number | undefined,
): string {
  const ends = endsOf(means, ({ average }) => average);
  if (!ends) return '';
  if (ends.equal) return words.say[`${what}Equal`](pointsText(ends.all[0]?.average ?? null, decimals)).trim();
  const named = (side: readonly Mean[]): [string, string] => [
    list(side.map(({ label }) => label)),
    pointsText(side[0]?.average ?? null, decimals),
  ];
  return words.say[what](...named(ends.highest), ...named(ends.lowest)).trim();
}

type Scored = { row: RankingRow; score: number };

/** A criterion's mean and its two ends, all units that share them; or that all are equal. */
function criterionSentence(
  frame: Frame,
  scores: readonly Scored[],
  average: number,
  decimals: number | undefined,
): string {
  const { say } = frame.words;
  const below = scores.filter(({ score }) => score < 60).length;
  const ends = endsOf(scores, ({ score }) => score);
  if (!ends || ends.equal) return say.criterionEqual(pointsText(average, decimals), scores.length, below);
  const named = (side: readonly Scored[]): string => {
    const names = someNames(
      frame,
      side.map(({ row }) => row),
      NAMED,
    );
    return say.withTotal(names, pointsText(side[0]?.score ?? null, decimals));
  };
  return say.criterion(pointsText(average, decimals), named(ends.highest), named(ends.lowest), below);
}

/** null where there is one group only. */
export function groupSection(frame: Frame): Section | null {
  const { words, rows } = frame;
  const means = groupsOf(rows).flatMap((group) => {
    const average = exactMean(ranked(rows.filter((row) => row.group === group)).map(({ total }) => total));
    return average === null ? [] : [{ group: frame.term(group), average }];
  });
  if (means.length < 2) return null;
  const table = groupTable(frame);
  return {
    id: 'groups',
    ...words.section.groups,
    findings: [
      endsSentence(
        frame,
        means.map(({ group, average }) => ({ label: group, average })),
        'groups',
        tableDecimals(table, 'mean'),
      ),
    ],
    charts: [groupChart(frame)],
    tables: [table],
  };
}

export function criteriaSection(frame: Frame): Section {
  const { words, rows } = frame;
  const scored = frame.criteria.map((criterion) => {
    const scores = scoresOf(rows, criterion.id);
    return { label: criterion.label, scores, average: exactMean(scores.map(({ score }) => score)) };
  });
  const known = scored.flatMap(({ label, average }) => (average === null ? [] : [{ label, average }]));
  const table = criteriaTable(frame);
  const decimals = tableDecimals(table, 'mean');
  return {
    id: 'criteria',
    ...words.section.criteria,
    findings: known.length > 1 ? [endsSentence(frame, known, 'criteria', decimals)] : [],
    numbering: 'headings',
    points: scored.map(({ label, scores, average }) => ({
      lead: `${label}${words.stop}`,
      text: (average === null
        ? words.say.noCriterion
        : criterionSentence(frame, scores, average, decimals)
      ).trim(),
    })),
    charts: [],
    tables: known.length ? [table] : [],
  };
}
