import type { Plan } from '../../plan.ts';
import type { ActivityRow } from '../../results/results.ts';
import { stateOf } from '../answers/recorded.ts';
import { movesText } from '../numbers.ts';
import { nameIn, type Speech } from '../speech.ts';
import { count, type Description, day, points, quantity, text } from '../table.ts';
import { group, unitName } from './shared.ts';

/** Tables that documents alone have: of criteria, of groups, and of activities. */

/** Scores that stand beside or below each other. */
const score = { ordering: true, quantity: 'score', width: 8 } as const;

type End = { name: string | null; score: number | null };
export type CriterionLine = {
  label: string;
  weight: number;
  mean: number | null;
  best: End;
  lowest: End;
  below: number;
};

/** Each criterion over all units. */
export const criteriaTable = (
  { vocabulary: { column } }: Speech,
  title: string,
): Description<CriterionLine> => ({
  id: 'criteria',
  title,
  columns: [
    text('criterion', column.criterion, ({ label }) => label, { width: 13 }),
    points('weight', column.weight, ({ weight }) => weight, { width: 8 }),
    points('mean', column.mean, ({ mean }) => mean, score),
    text('best', column.best, ({ best }) => best.name),
    points('bestScore', column.bestScore, ({ best }) => best.score, score),
    text('lowest', column.lowest, ({ lowest }) => lowest.name),
    points('lowestScore', column.lowestScore, ({ lowest }) => lowest.score, score),
    count('below', column.below, ({ below }) => below, { width: 11 }),
  ],
});

export type GroupLine = {
  group: string;
  units: number;
  mean: number | null;
  means: ReadonlyMap<string, number | null>;
  best: string | null;
};

/** Each group: how many units, their means, and the best. */
export function groupTable(
  speech: Speech,
  title: string,
  { criteria }: Pick<Plan, 'criteria'>,
): Description<GroupLine> {
  const { column } = speech.vocabulary;
  return {
    id: 'groups',
    title,
    columns: [
      group(speech),
      count('units', column.units, ({ units }) => units),
      points('mean', column.mean, ({ mean }) => mean, score),
      ...criteria.map(({ id, name }) =>
        points<GroupLine>(id, speech.name(name), ({ means }) => means.get(id) ?? null, score),
      ),
      text('best', column.best, ({ best }) => best),
    ],
  };
}

export type MoverLine = {
  name: string;
  before: number | null;
  rank: number | null;
  places: number;
  total: number | null;
};

/** Who has moved up, and by how many places. Totals with as many decimals as in the ranking that they are a part of. */
export const moversTable = (
  { vocabulary: { column } }: Speech,
  title: string,
  decimals: number,
): Description<MoverLine> => ({
  id: 'movers',
  title,
  columns: [
    text('name', column.unit, ({ name }) => name),
    count('previous', column.previous, ({ before }) => before),
    count('rank', column.rank, ({ rank }) => rank),
    text('change', column.change, ({ places }) => movesText(places), { width: 8 }),
    points('total', column.total, ({ total }) => total, { width: 8, decimals }),
  ],
});

export type PlaceLine = { label: string; place: number; name: string; group: string; score: number };

/** A unit's score in each criterion, and its place there. */
export function placeTable(speech: Speech): Description<PlaceLine> {
  const { column, sheet } = speech.vocabulary;
  return {
    id: 'criteria',
    title: sheet.criteria,
    columns: [
      text('criterion', column.criterion, ({ label }) => label, { width: 14 }),
      count('place', column.rank, ({ place }) => place),
      unitName(speech),
      group(speech),
      points('score', column.score, (line) => line.score, score),
    ],
  };
}

export type ProfileLine = {
  label: string;
  weight: number;
  own: number | null;
  median: number | null;
  best: number | null;
};

/** A unit's criteria beside its group's median and best. */
export const profileTable = ({ vocabulary: { column, sheet } }: Speech): Description<ProfileLine> => ({
  id: 'profile',
  title: sheet.profile,
  columns: [
    text('criterion', column.criterion, ({ label }) => label, { width: 14 }),
    points('weight', column.weight, ({ weight }) => weight, { width: 10 }),
    points('score', column.score, ({ own }) => own, { ...score, width: 10 }),
    points('median', column.median, ({ median }) => median, { ...score, width: 14 }),
    points('best', column.groupBest, ({ best }) => best, { ...score, width: 12 }),
  ],
});

/** A kind of activity goes by the name of what first asks for it in the plan. */
export function kindNames(
  speech: Speech,
  { requirements, deductions, vetoes }: Pick<Plan, 'requirements' | 'deductions' | 'vetoes'>,
): ReadonlyMap<string, string> {
  const items = [...requirements, ...deductions, ...vetoes].toReversed();
  return new Map(items.map((item) => [item.kind, nameIn(speech, [item], item.id)]));
}

/** What units and kinds of activity are called. */
export type ActivityNames = { units: ReadonlyMap<string, string>; kinds: ReadonlyMap<string, string> };

/** Activities with their state and whether they count. */
export function activityTable(
  { vocabulary }: Pick<Speech, 'vocabulary'>,
  { units, kinds }: ActivityNames,
  kindWidth: number,
): Description<ActivityRow> {
  const { column, sheet, state, yes, no } = vocabulary;
  return {
    id: 'activities',
    title: sheet.activities,
    columns: [
      text('unit', column.id, ({ unit }) => unit, { width: 10 }),
      text('name', column.unit, ({ unit }) => units.get(unit) ?? unit),
      day('occurredOn', column.date, ({ occurredOn }) => occurredOn),
      text('title', column.title, ({ title }) => title, { width: 44 }),
      text('kind', column.kind, ({ kind }) => kinds.get(kind) ?? kind, { width: kindWidth }),
      quantity('quantity', column.quantity, (row) => row.quantity ?? null, { width: 9 }),
      quantity('due', column.dueCount, ({ due }) => due ?? null, { width: 9 }),
      quantity('done', column.doneCount, ({ done }) => done ?? null, { width: 9 }),
      quantity('score', column.score, ({ score }) => score ?? null, { width: 9 }),
      text('state', column.state, (row) => state[stateOf(row)], { width: 10, centred: true }),
      text('counts', column.counts, ({ counts }) => (counts ? yes : no), { width: 8, centred: true }),
      text('activity', column.activity, ({ activity }) => activity, { width: 28 }),
    ],
  };
}
