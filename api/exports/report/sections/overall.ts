import { endsOf } from '#schemas/presentation/answers/extremes.ts';
import { exactMean, pointsText } from '#schemas/presentation/numbers.ts';
import type { RankingRow } from '#schemas/results.ts';
import { groupChart, rankingChart } from '../charts.ts';
import { type Frame, groupsOf, incidentName, ranked, scoresOf, topOf } from '../frame.ts';
import type { Section } from '../model.ts';
import { criteriaTable, groupTable, rankingPage } from '../tables/rankingTables.ts';

/** How many units a chart on a page can name. */
const CHARTED = 20;
const NAMED = 5;
const VETOES_NAMED = 5;

type Placed = ReturnType<typeof ranked>[number];

function leaders(frame: Frame, placed: readonly Placed[]): string {
  const { say, stop, comma } = frame.words;
  const [first] = placed;
  if (!first) return '';
  const tied = placed.filter(({ total }) => total === first.total);
  const named = frame.list(tied.slice(0, NAMED).map(({ name }) => name));
  const lead =
    tied.length > 1
      ? say.leaders(named, pointsText(first.total))
      : say.leader(first.name, pointsText(first.total));
  const next = placed.slice(tied.length, NAMED).map((row) => say.withTotal(row.name, pointsText(row.total)));
  return next.length
    ? `${lead}${comma.trimEnd()}${say.followers(frame.list(next))}${stop}`
    : `${lead}${stop}`;
}

/** How sure the head of the ranking is: who stays there whatever the weights, and whom the first cannot be told from. */
function certainty(frame: Frame, placed: readonly Placed[]): string {
  const { say } = frame.words;
  if (frame.question.group !== undefined) return '';
  const top = topOf(frame);
  const stable = placed.filter(({ topShare }) => topShare === 1);
  const names = frame.list(stable.slice(0, 2 * NAMED).map(({ name }) => name));
  const sure = stable.length ? say.stable(names, stable.length, top) : say.noneStable(top);
  const [first, ...others] = placed;
  const peers = others.filter(
    ({ total, band }) => first && total < first.total && band && first.band && band[0] <= first.band[1],
  );
  if (!first || !peers.length || peers.length > NAMED) return sure;
  return sure + say.overlap(first.name, frame.list(peers.map(({ name }) => name)));
}

function movement(frame: Frame, placed: readonly Placed[]): string {
  const { say } = frame.words;
  const moves = placed.flatMap((row) =>
    row.previousRank == null ? [] : [{ row, by: row.previousRank - row.rank }],
  );
  const rose = moves.filter(({ by }) => by > 0).sort((a, b) => b.by - a.by);
  const fell = moves.filter(({ by }) => by < 0).sort((a, b) => a.by - b.by);
  const risers = rose.slice(0, 3).map(({ row, by }) => say.rose(row.name, by));
  const fallers = fell.slice(0, 3).map(({ row, by }) => say.fell(row.name, -by));
  return (
    (risers.length ? say.risers(frame.list(risers)) : '') +
    (fallers.length ? say.fallers(frame.list(fallers)) : '')
  );
}

function vetoes(frame: Frame): string {
  const { say } = frame.words;
  const hit = frame.rows.filter((row) => row.vetoes.length);
  const told = hit.slice(0, VETOES_NAMED).map((row) => {
    const names = frame.list(row.vetoes.map((id) => incidentName(frame, id)));
    const [total, uncapped] = [pointsText(row.total), pointsText(row.totalWithoutVeto)];
    return row.total === row.totalWithoutVeto
      ? say.vetoedBelow(row.name, names, total)
      : say.vetoed(row.name, names, total, uncapped);
  });
  return told.join('') + (hit.length > VETOES_NAMED ? say.alsoVetoed(hit.length - VETOES_NAMED) : '');
}

function unranked(frame: Frame): string {
  const without = frame.rows.filter(({ rank }) => rank === null);
  if (!without.length) return '';
  return frame.words.say.unranked(
    frame.list(without.slice(0, NAMED).map(({ name }) => name)),
    without.length,
  );
}

export function overallSection(frame: Frame): Section {
  const { words, rows } = frame;
  const placed = ranked(rows);
  const totals = placed.map(({ total }) => total);
  const findings = placed.length
    ? [
        words.say.overall(
          rows.length,
          placed.length,
          pointsText(exactMean(totals)),
          pointsText(totals.reduce((most, total) => Math.max(most, total), 0)),
          pointsText(totals.reduce((least, total) => Math.min(least, total), 100)),
        ) + leaders(frame, placed),
        certainty(frame, placed) + movement(frame, placed),
        vetoes(frame) + unranked(frame),
      ]
    : [words.say.nothing];
  return {
    id: 'overall',
    ...words.section.overall,
    findings: findings.map((finding) => finding.trim()).filter(Boolean),
    ...(placed.length && { answer: leaders(frame, placed).trim() }),
    charts: placed.length ? [rankingChart(frame, CHARTED)] : [],
    tables: rows.length ? [rankingPage(frame)] : [],
  };
}

type Mean = { label: string; average: number };

/** Which of several have the highest mean and which the lowest, all that share it; or that all are equal. */
function endsSentence({ words, list }: Frame, means: readonly Mean[], what: 'groups' | 'criteria'): string {
  const ends = endsOf(means, ({ average }) => average);
  if (!ends) return '';
  if (ends.equal) return words.say[`${what}Equal`](pointsText(ends.all[0]?.average ?? null)).trim();
  const named = (side: readonly Mean[]): [string, string] => [
    list(side.map(({ label }) => label)),
    pointsText(side[0]?.average ?? null),
  ];
  return words.say[what](...named(ends.highest), ...named(ends.lowest)).trim();
}

type Scored = { row: RankingRow; score: number };

/** A criterion's mean and its two ends, all units that share them; or that all are equal. */
function criterionSentence({ words, list }: Frame, scores: readonly Scored[], average: number): string {
  const { say } = words;
  const below = scores.filter(({ score }) => score < 60).length;
  const ends = endsOf(scores, ({ score }) => score);
  if (!ends || ends.equal) return say.criterionEqual(pointsText(average), scores.length, below);
  const named = (side: readonly Scored[]): string => {
    const names = list(side.slice(0, NAMED).map(({ row }) => row.name));
    const all = side.length > NAMED ? say.andMore(names, side.length - NAMED) : names;
    return say.withTotal(all, pointsText(side[0]?.score ?? null));
  };
  return say.criterion(pointsText(average), named(ends.highest), named(ends.lowest), below);
}

/** null where there is one group only. */
export function groupSection(frame: Frame): Section | null {
  const { words, rows } = frame;
  const means = groupsOf(rows).flatMap((group) => {
    const average = exactMean(ranked(rows.filter((row) => row.group === group)).map(({ total }) => total));
    return average === null ? [] : [{ group: frame.term(group), average }];
  });
  if (means.length < 2) return null;
  return {
    id: 'groups',
    ...words.section.groups,
    findings: [
      endsSentence(
        frame,
        means.map(({ group, average }) => ({ label: group, average })),
        'groups',
      ),
    ],
    charts: [groupChart(frame)],
    tables: [groupTable(frame)],
  };
}

export function criteriaSection(frame: Frame): Section {
  const { words, rows } = frame;
  const scored = frame.criteria.map((criterion) => {
    const scores = scoresOf(rows, criterion.id);
    return { label: criterion.label, scores, average: exactMean(scores.map(({ score }) => score)) };
  });
  const known = scored.flatMap(({ label, average }) => (average === null ? [] : [{ label, average }]));
  return {
    id: 'criteria',
    ...words.section.criteria,
    findings: known.length > 1 ? [endsSentence(frame, known, 'criteria')] : [],
    numbering: 'headings',
    points: scored.map(({ label, scores, average }) => ({
      lead: `${label}${words.stop}`,
      text: (average === null ? words.say.noCriterion : criterionSentence(frame, scores, average)).trim(),
    })),
    charts: [],
    tables: known.length ? [criteriaTable(frame)] : [],
  };
}
