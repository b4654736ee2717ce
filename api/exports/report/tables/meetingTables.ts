import { entryOf } from '#schemas/entries.ts';
import type { Bilingual } from '#schemas/plan.ts';
import { endsOf } from '#schemas/presentation/answers/extremes.ts';
import { type Place, type Table, tableAt } from '#schemas/presentation/table.ts';
import { incidentTable as described, incidentsOf } from '#schemas/presentation/tables/incidents.ts';
import * as meeting from '#schemas/presentation/tables/meeting.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import { boardOf } from '../board.ts';
import { awardsOf, type Frame, topOf } from '../frame.ts';

/** Every deduction and veto, one a row: vetoes first, in the order of the ranking. */
export const incidentTable = (frame: Frame): Table =>
  tableAt(described(frame, frame.plan), incidentsOf(frame.plan, frame.rows), 'sheet');

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

/** `overall`: within the places of the zone. */
export type Candidate = { row: RankingRow; why: string[]; overall: boolean };

/** Those of the rows whom the board proposes, in the order of the ranking. */
export function candidatesOf(frame: Frame): Candidate[] {
  const { rows, words } = frame;
  const within = new Map(boardOf(frame).proposed.map((one) => [one.unit, one.within]));
  const why = { overall: words.say.whyTop(topOf(frame)), group: words.say.whyGroup };
  return rows.flatMap((row) => {
    const places = within.get(row.unit);
    return places
      ? [{ row, why: places.map((place) => why[place]), overall: places.includes('overall') }]
      : [];
  });
}

export function candidateTable(frame: Frame, place: Place): Table {
  const lines = candidatesOf(frame).map(({ row, why }) => {
    const ends = extremes(frame, row);
    return {
      ...row,
      why: why.join(frame.words.between),
      strongest: ends?.best.label ?? null,
      weakest: ends?.worst.label ?? null,
    };
  });
  return tableAt(meeting.candidateTable(frame, { decimals: frame.totalDecimals }), lines, place);
}

/** What the department decided, where it has. */
export function awardTable(frame: Frame): Table {
  const lines = awardsOf(frame).map((award) => {
    const row = frame.rows.find(({ unit }) => unit === award.unit);
    return { ...award, rank: row?.rank ?? null, name: row?.name ?? award.unit };
  });
  return tableAt(meeting.awardTable(frame), lines, 'page');
}

/** The type that a pair is at, or the requirement. */
export const topicName = (
  frame: Frame,
  { criterion, requirement }: { criterion: string; requirement: Bilingual | null },
): string =>
  requirement === null
    ? (frame.criteria.find(({ id }) => id === criterion)?.label ?? criterion)
    : frame.name(requirement);

/** Who may learn what from whom, and the practice to pass on: the pairs of the board, topic by topic. */
export function pairTable(frame: Frame): Table {
  const { say } = frame.words;
  const { of, lessons } = boardOf(frame);
  const lines = lessons.map((lesson) => {
    const { learner, teacher, practice } = lesson;
    const topic = topicName(frame, lesson);
    return {
      topic,
      learner,
      teacher,
      practice: practice === null ? say.whole(topic) : say.practice(frame.name(practice)),
    };
  });
  return tableAt(meeting.pairTable(frame, { of }), lines, 'page');
}
