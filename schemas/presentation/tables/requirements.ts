import type { Day } from '../../dates.ts';
import { isShare } from '../../measureTraits.ts';
import type { Bilingual, Plan } from '../../plan.ts';
import type { ConditionRow, RequirementRow } from '../../results/results.ts';
import { plainText } from '../numbers.ts';
import type { Speech } from '../speech.ts';
import { type Column, count, type Description, day, points, quantity, share, text } from '../table.ts';
import { attainment, clause, criterion, group, rank, unitName, windowName } from './shared.ts';

/** Tables with a requirement or a condition a row. */

type Named = { name: Bilingual };
type Criteria = Pick<Plan, 'criteria'>;

export const requirementName = <Row extends Named>({ vocabulary, name }: Speech): Column<Row> =>
  text('name', vocabulary.column.requirement, (row) => name(row.name), { width: 34 });

export type Missed = {
  id: string;
  criterion: string;
  name: Bilingual;
  clause: string;
  points?: number;
  mean: number | null;
  short: number;
  counted: number;
  lost: number;
};

/** How commonly requirements are missed. */
export function missesTable<Row extends Missed>(
  speech: Speech,
  title: string,
  plan: Criteria,
): Description<Row> {
  const { column, uncounted } = speech.vocabulary;
  return {
    id: 'misses',
    title,
    columns: [
      { ...criterion<Row>(speech, plan), not: ['screen'] },
      requirementName(speech),
      clause(speech),
      points('points', column.points, (row) => row.points ?? null, { not: ['screen', 'page'] }),
      text(
        'short',
        column.shortOf,
        ({ short, counted }) => (counted > 0 ? `${plainText(short)} / ${plainText(counted)}` : uncounted),
        { width: 10, centred: true, not: ['sheet'] },
      ),
      // A phone has room for two figures: how many units are short, and what that costs.
      share('mean', column.meanAttainment, ({ mean }) => mean, { width: 11, not: ['phone'] }),
      count('shortUnits', column.short, ({ short }) => short, { width: 11, not: ['screen', 'page'] }),
      count('counted', column.counted, ({ counted }) => counted, { width: 10, not: ['screen', 'page'] }),
      // What counts for nobody costs nobody anything: that is no loss of 0.00.
      points('lost', column.lostAll, ({ lost, counted }) => (counted > 0 ? lost : null), { width: 11 }),
    ],
  };
}

/** What must hold for commendation. */
export function conditionTable({ vocabulary, name }: Speech): Description<ConditionRow> {
  const { column, conditionStatus, sheet } = vocabulary;
  return {
    id: 'conditions',
    title: sheet.conditions,
    columns: [
      text('name', column.condition, (row) => (row.name ? name(row.name) : row.id), { width: 30 }),
      text('clause', column.clause, (row) => row.clause, { width: 10, centred: true }),
      day('by', column.by, ({ by }) => by, { width: 14 }),
      day('metOn', column.metOn, ({ metOn }) => metOn, { width: 14, not: ['screen'] }),
      text('status', column.status, ({ status }) => conditionStatus[status], { width: 14, centred: true }),
    ],
  };
}

/** How a unit's requirements are looked at: what its plan calls them, over which time, on which day, and how pages write a day. */
export type Standing = { plan: Criteria; basis: 'year' | 'to-date'; on: Day; dayText?: (day: Day) => string };

/** What is missing, in a word: the windows that count and are not met, or how much of how much. What ends on the day `on` counts. */
export function missingText(
  speech: Speech,
  { basis, on }: Pick<Standing, 'basis'> & { on?: Day },
  { windows, measure }: Pick<RequirementRow, 'windows' | 'measure'>,
): string | null {
  if (isShare(measure)) return null;
  const lacking = windows.filter(
    ({ status, to }) => status === 'missed' || (status !== 'met' && (basis === 'year' || to === on)),
  );
  if (windows.length > 1)
    return lacking.length ? speech.list(lacking.map(({ label }) => windowName(speech, label))) : null;
  const [only] = windows;
  return only && only.actual < only.required ? `${plainText(only.actual)}/${plainText(only.required)}` : null;
}

/** A unit's requirements: how far they are met, what that costs, and what closing the gap would bring. */
export function standingTable(
  speech: Speech,
  title: string,
  { plan, basis, on, dayText = (by) => by }: Standing,
): Description<RequirementRow> {
  const { column, basisOf, status } = speech.vocabulary;
  return {
    id: 'requirements',
    title,
    columns: [
      { ...criterion<RequirementRow>(speech, plan), not: ['screen', 'page'] },
      requirementName(speech),
      { ...clause<RequirementRow>(speech), centred: true },
      text('basis', column.basis, (row) => basisOf[row.basis], { width: 12, not: ['screen', 'page'] }),
      points('points', column.points, (row) => row.points, { not: ['screen', 'page'] }),
      text(
        'windows',
        column.year,
        ({ windows }) =>
          speech.list(windows.map((window) => `${windowName(speech, window.label)}${status[window.status]}`)),
        { not: ['sheet', 'page'] },
      ),
      attainment(speech),
      points('lost', column.lost, ({ lost }) => lost, { ordering: true }),
      text('missing', column.missing, (row) => missingText(speech, { basis, on }, row), { not: ['screen'] }),
      day('due', column.due, ({ due }) => due, { width: 14, onPage: ({ due }) => due && dayText(due) }),
      count('rankIfClosed', column.ifClosed, (row) => row.rankIfClosed, {
        short: column.ifClosedShort,
        width: 8,
      }),
      count('rankIfCaughtUp', column.ifCaughtUp, (row) => row.rankIfCaughtUp, { width: 11, not: ['page'] }),
    ],
  };
}

type WindowOf = RequirementRow['windows'][number] & Named;

/** Every window of every requirement. */
export function windowTable(speech: Speech): Description<WindowOf> {
  const { column, sheet, status } = speech.vocabulary;
  return {
    id: 'windows',
    title: sheet.windows,
    columns: [
      requirementName(speech),
      text('window', column.window, ({ label }) => windowName(speech, label), { width: 12 }),
      day('from', column.from, ({ from }) => from),
      day('to', column.to, ({ to }) => to),
      quantity('actual', column.actual, ({ actual }) => actual),
      quantity('required', column.required, ({ required }) => required),
      text('status', column.status, (window) => status[window.status], { width: 10, centred: true }),
    ],
  };
}

type Gap = {
  rank: number | null;
  unit: string;
  group: string;
  criterion: string;
  name: Bilingual;
  clause: string;
  attainment: number | null;
  lost: number | null;
};

/** Every gap of every unit. */
export function gapTable(speech: Speech, plan: Criteria): Description<Gap> {
  const { vocabulary } = speech;
  return {
    id: 'gaps',
    title: vocabulary.sheet.gapsByUnit,
    columns: [
      rank(speech),
      text('unit', vocabulary.column.unit, ({ unit }) => unit),
      group(speech),
      criterion(speech, plan),
      requirementName(speech),
      clause(speech),
      attainment(speech),
      points('lost', vocabulary.column.lost, ({ lost }) => lost),
    ],
  };
}

type Crossed = Named & { id: string; index: number };
type About<Row> = Pick<Description<Row>, 'id' | 'title'> & { width: number };
type Line = { rank: number | null; name: string; group: string };
type Attained = Line & { attainments: readonly (number | null)[] };
type Lost = Line & { lost: readonly (number | null)[]; lostTotal: number };

const unitColumns = <Row extends Line>(speech: Speech): Column<Row>[] => [
  rank(speech),
  unitName(speech),
  { ...group<Row>(speech), not: ['page'] },
];

/** Units and requirements crossed: on a page one criterion's, so that they have room. */
export const matrixTable = (
  speech: Speech,
  { id, title, width }: About<Attained>,
  requirements: readonly Crossed[],
): Description<Attained> => ({
  id,
  title,
  columns: [
    ...unitColumns<Attained>(speech),
    ...requirements.map(({ id: requirement, name, index }) =>
      share<Attained>(requirement, speech.name(name), ({ attainments }) => attainments[index] ?? null, {
        width,
      }),
    ),
  ],
});

/** The same with the points that each gap costs, and what they come to. */
export const lossTable = (
  speech: Speech,
  { id, title, width }: About<Lost>,
  requirements: readonly Crossed[],
): Description<Lost> => ({
  id,
  title,
  columns: [
    ...unitColumns<Lost>(speech),
    points('lostTotal', speech.vocabulary.column.lost, ({ lostTotal }) => lostTotal, { ordering: true }),
    ...requirements.map(({ id: requirement, name, index }) =>
      points<Lost>(requirement, speech.name(name), ({ lost }) => lost[index] ?? null, { width }),
    ),
  ],
});

type Behind = {
  rank: number | null;
  name: string;
  group: string;
  lost: number;
  /** What costs most, and how much else costs as much as the last of it. */
  most: readonly Bilingual[];
  level: number;
};

function mostOf({ vocabulary, list, name }: Speech, { most, level }: Behind): string {
  const names = list(most.map(name));
  return level > 0 ? vocabulary.andLevel(names, level) : names;
}

/** Units by what their gaps cost them, with the requirements that cost most. */
export const costTable = (speech: Speech, title: string): Description<Behind> => ({
  id: 'behind',
  title,
  columns: [
    rank(speech),
    unitName(speech),
    group(speech),
    points('lost', speech.vocabulary.column.lost, ({ lost }) => lost, { ordering: true }),
    text('lostMost', speech.vocabulary.column.lostMost, (row) => mostOf(speech, row), { width: 54 }),
  ],
});
