import { entryOf } from '#schemas/entries.ts';
import { endsOf } from '#schemas/presentation/answers/extremes.ts';
import { plainText } from '#schemas/presentation/numbers.ts';
import type { Cell, Table } from '#schemas/presentation/table.ts';
import type { RankingRow } from '#schemas/results.ts';
import { type Frame, incidentName, topOf } from '../frame.ts';
import type { Pair } from '../pairs.ts';
import { points, share, text, toldApart, whole } from './columns.ts';

/** Every deduction and veto, one a row, in the order of the ranking. */
export function incidentTable(frame: Frame): Table {
  const { words, rows, plan } = frame;
  const { column } = words;
  const effects = (row: RankingRow): Cell[][] => [
    ...row.vetoes.map((id): Cell[] => {
      const veto = plan.vetoes.find((candidate) => candidate.id === id);
      const effect = veto ? words.say.capped(plainText(veto.cap)) : column.vetoes;
      return [
        row.rank,
        row.name,
        frame.term(row.group),
        incidentName(frame, id),
        veto?.clause ?? null,
        null,
        effect,
      ];
    }),
    ...row.deductions.map(({ id, count, points }): Cell[] => {
      const clause = plan.deductions.find((candidate) => candidate.id === id)?.clause ?? null;
      const effect = words.say.minus(plainText(points));
      return [row.rank, row.name, frame.term(row.group), incidentName(frame, id), clause, count, effect];
    }),
  ];
  const vetoes = new Set(plan.vetoes.map((veto) => incidentName(frame, veto.id)));
  const all = rows.flatMap(effects);
  return {
    id: 'incidents',
    title: words.sheet.incidents,
    columns: [
      whole('rank', column.rank, 6),
      text('name', column.unit, 20),
      text('group', column.group, 13),
      text('incident', column.incident, 24),
      text('clause', column.clause, 9, { centred: true }),
      whole('count', column.count, 6),
      text('effect', column.effect, 15, { centred: true }),
    ],
    rows: all,
    alarmed: all.flatMap((cells, index) => (vetoes.has(String(cells[3])) ? [index] : [])),
  };
}

type Scored = { label: string; score: number };

/** Strongest and weakest type of a unit, all that share it; null where they are all equal. */
export function extremes(frame: Frame, row: RankingRow): { best: Scored; worst: Scored } | null {
  const scores = frame.criteria.flatMap(({ id, label }) => {
    const score = entryOf(row.criteria, id);
    return score == null ? [] : [{ label, score }];
  });
  const ends = endsOf(scores, ({ score }) => score);
  if (!ends || ends.equal) return null;
  const named = (side: readonly Scored[]): Scored => ({
    label: frame.list(side.map(({ label }) => label)),
    score: side[0]?.score ?? 0,
  });
  return { best: named(ends.highest), worst: named(ends.lowest) };
}

export type Candidate = { row: RankingRow; why: string[] };

/** Those whom the board proposes: the first N that are eligible, and the first eligible of each group. */
export function candidatesOf(frame: Frame): Candidate[] {
  const quota = topOf(frame);
  const { proposed, rows, words } = frame;
  if (proposed) {
    const within = new Map(proposed.map((one) => [one.unit, one.within]));
    const why = { overall: words.say.whyTop(quota), group: words.say.whyGroup };
    return rows.flatMap((row) => {
      const places = within.get(row.unit);
      return places ? [{ row, why: places.map((place) => why[place]) }] : [];
    });
  }
  const eligible = frame.rows.filter((row) => row.eligible && row.rank !== null);
  const groups = new Set<string>();
  return eligible.flatMap((row, place) => {
    const why: string[] = [];
    if (place < quota) why.push(frame.words.say.whyTop(quota));
    if (!groups.has(row.group)) why.push(frame.words.say.whyGroup);
    groups.add(row.group);
    return why.length ? [{ row, why }] : [];
  });
}

export function candidateTable(frame: Frame): Table {
  const { words } = frame;
  const { column } = words;
  return {
    id: 'candidates',
    title: words.sheet.candidates,
    columns: [
      whole('rank', column.rank, 6),
      text('name', column.unit, 20),
      text('group', column.group, 13),
      { ...points('total', column.total, 8), decimals: frame.totalDecimals },
      share('topShare', column.topShare, 11),
      text('strongest', column.strongest, 15, { centred: true }),
      text('weakest', column.weakest, 15, { centred: true }),
      text('why', column.why, 24),
    ],
    rows: candidatesOf(frame).map(({ row, why }) => {
      const ends = extremes(frame, row);
      return [
        row.rank,
        row.name,
        frame.term(row.group),
        row.total,
        row.topShare,
        ends?.best.label ?? null,
        ends?.worst.label ?? null,
        why.join(words.between),
      ];
    }),
  };
}

/** What the department decided, where it has. */
export function awardTable(frame: Frame): Table {
  const { words, awards = [], rows } = frame;
  const { column } = words;
  return {
    id: 'awards',
    title: words.sheet.awards,
    columns: [
      whole('rank', column.rank, 6),
      text('name', column.unit, 20),
      text('honour', column.honour, 28),
      text('reason', column.reason, 40),
    ],
    rows: awards.map(({ unit, honour, reason }) => {
      const row = rows.find((candidate) => candidate.unit === unit);
      return [row?.rank ?? null, row?.name ?? unit, honour, reason];
    }),
  };
}

export function pairTable(frame: Frame, pairs: readonly Pair[]): Table {
  const { words } = frame;
  const { column } = words;
  const table: Table = {
    id: 'pairs',
    title: words.sheet.pairs,
    columns: [
      text('criterion', column.criterion, 13),
      text('learner', column.learner, 19),
      points('learnerScore', column.score, 8),
      text('teacher', column.teacher, 19),
      points('teacherScore', column.score, 8),
      text('practice', column.practice, 36),
    ],
    rows: pairs.map(({ criterion, learner, teacher, practice }) => [
      criterion.label,
      learner.row.name,
      learner.score,
      teacher.row.name,
      teacher.score,
      practice === null ? words.say.whole(criterion.label) : words.say.practice(frame.name(practice)),
    ]),
  };
  return toldApart(table, ['learnerScore', 'teacherScore']);
}
