import type { Day } from '#schemas/dates.ts';
import { entryOf } from '#schemas/entries.ts';
import { gapsOf } from '#schemas/presentation/answers/unit.ts';
import { dayText } from '#schemas/presentation/days.ts';
import { exactDifference, exactMean } from '#schemas/presentation/numbers.ts';
import { type Place, type Table, tableAt } from '#schemas/presentation/table.ts';
import { claimTable, type SelfClaim } from '#schemas/presentation/tables/claims.ts';
import {
  conditionTable,
  missingText,
  standingTable,
  windowTable,
} from '#schemas/presentation/tables/requirements.ts';
import { profileTable as described, type ProfileLine } from '#schemas/presentation/tables/zone.ts';
import type { RequirementRow, Standing } from '#schemas/results/results.ts';
import { type Frame, scoresOf } from '../frame.ts';

/** Tables about one unit. */

const middle = (scores: readonly number[]): number | null => {
  const sorted = [...scores].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : exactMean([low, high]);
};

export type ProfileRow = ProfileLine & { id: string };

/** The unit's criteria beside its group's median and best. */
export function profileOf(frame: Frame, { row }: Standing): ProfileRow[] {
  const peers = frame.rows.filter(({ group }) => group === row.group);
  return frame.criteria.map(({ id, label, weight }) => {
    const scores = scoresOf(peers, id).map(({ score }) => score);
    return {
      id,
      label,
      weight,
      own: entryOf(row.criteria, id) ?? null,
      median: middle(scores),
      best: scores[0] ?? null,
    };
  });
}

export const profileTable = (frame: Frame, standing: Standing): Table =>
  tableAt(described(frame), profileOf(frame, standing), 'sheet');

/** What was missed, in a word: what ends today is not. */
export const missing = (frame: Frame, row: RequirementRow): string | null =>
  missingText(frame, { basis: frame.question.basis }, row);

function standingAt(
  frame: Frame,
  title: string,
  on: Day,
  rows: readonly RequirementRow[],
  place: Place,
): Table {
  const { plan, question, language } = frame;
  const asked = { plan, basis: question.basis, on, dayText: (due: string) => dayText(language, due) };
  return tableAt(standingTable(frame, title, asked), rows, place);
}

/** The unit's gaps, for a page. */
export const unitGapPage = (frame: Frame, standing: Standing): Table => ({
  ...standingAt(frame, frame.words.section.unitGaps.heading, standing.on, gapsOf(standing), 'page'),
  id: 'gaps',
});

/** Every requirement of the unit, for a sheet. */
export const unitRequirementSheet = (frame: Frame, { requirements, on }: Standing): Table =>
  standingAt(frame, frame.words.sheet.unitRequirements, on, requirements, 'sheet');

/** Every window of every requirement, for a sheet. */
export const windowSheet = (frame: Frame, { requirements }: Standing): Table =>
  tableAt(
    windowTable(frame),
    requirements.flatMap(({ name, windows }) => windows.map((window) => ({ ...window, name }))),
    'sheet',
  );

export const conditionPage = (frame: Frame, { conditions }: Standing): Table =>
  tableAt(conditionTable(frame), conditions, 'page');

/** What the unit says of itself in each type, beside what the evidence bears out. */
export const claimsOf = (frame: Frame, { selfInspection, row }: Standing): SelfClaim[] =>
  frame.criteria.flatMap(({ id }) => {
    const claim = entryOf(selfInspection?.criteria, id);
    if (!claim) return [];
    const evidenced = entryOf(row.criteria, id) ?? null;
    const difference = evidenced === null ? null : exactDifference(claim.selfScore, evidenced);
    return [{ ...claim, criterion: id, self: claim.selfScore, evidenced, difference }];
  });

export const selfTable = (frame: Frame, standing: Standing, place: Place = 'sheet'): Table =>
  tableAt(claimTable(frame, frame.plan, { units: false }), claimsOf(frame, standing), place);
