import { entryOf } from '#schemas/entries.ts';
import { isShare } from '#schemas/measureTraits.ts';
import { gapsOf } from '#schemas/presentation/answers/unit.ts';
import { exactDifference, exactMean, plainText } from '#schemas/presentation/numbers.ts';
import { type Table, tableAt } from '#schemas/presentation/table.ts';
import { conditionTable } from '#schemas/presentation/tables/requirements.ts';
import type { RequirementRow, Standing } from '#schemas/results.ts';
import { textDay } from '../figures.ts';
import { type Frame, scoresOf } from '../frame.ts';
import { date, points, share, text, toldApart, whole } from './columns.ts';

/** Tables about one unit. */

const labelOf = (frame: Frame, criterion: string): string =>
  frame.criteria.find(({ id }) => id === criterion)?.label ?? criterion;

const middle = (scores: readonly number[]): number | null => {
  const sorted = [...scores].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : exactMean([low, high]);
};

export type ProfileRow = {
  id: string;
  label: string;
  weight: number;
  own: number | null;
  median: number | null;
  best: number | null;
};

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

export function profileTable(frame: Frame, standing: Standing): Table {
  const { words } = frame;
  const { column } = words;
  const table: Table = {
    id: 'profile',
    title: words.sheet.profile,
    columns: [
      text('criterion', column.criterion, 14),
      points('weight', column.weight, 10),
      points('score', column.score, 10),
      points('median', column.median, 14),
      points('best', column.groupBest, 12),
    ],
    rows: profileOf(frame, standing).map(({ label, weight, own, median, best }) => [
      label,
      weight,
      own,
      median,
      best,
    ]),
  };
  return toldApart(table, ['score', 'median', 'best']);
}

/** What is missing, in a word: the windows that count and are not met, or how much of how much. */
export function missing(frame: Frame, { windows, measure }: RequirementRow): string | null {
  if (isShare(measure)) return null;
  const whole = frame.question.basis === 'year';
  const lacking = windows.filter(({ status }) => status === 'missed' || (whole && status !== 'met'));
  if (windows.length > 1)
    return lacking.length
      ? frame.list(
          lacking.map((window) => (frame.window(window.label) || frame.vocabulary.window.year) ?? ''),
        )
      : null;
  const [only] = windows;
  return only && only.actual < only.required ? `${plainText(only.actual)}/${plainText(only.required)}` : null;
}

/** The unit's gaps, for a page. */
export function unitGapPage(frame: Frame, standing: Standing): Table {
  const { words, name, language } = frame;
  const { column } = words;
  const table: Table = {
    id: 'gaps',
    title: words.section.unitGaps.heading,
    columns: [
      text('requirement', column.requirement, 27),
      text('clause', column.clause, 9, { centred: true }),
      share('attainment', column.attainment, 8),
      points('lost', column.lost, 7),
      text('missing', column.missing, 18),
      text('due', column.due, 13, { centred: true }),
      whole('ifClosed', column.ifClosedShort, 7),
    ],
    rows: gapsOf(standing).map((gap) => [
      name(gap.name),
      gap.clause,
      gap.attainment,
      gap.lost,
      missing(frame, gap),
      gap.due && textDay(language, gap.due),
      gap.rankIfClosed,
    ]),
  };
  return toldApart(table, ['lost']);
}

/** Every requirement of the unit, for a sheet. */
export function unitRequirementSheet(frame: Frame, { requirements }: Standing): Table {
  const { words, name } = frame;
  const { column } = words;
  return {
    id: 'requirements',
    title: words.sheet.unitRequirements,
    columns: [
      text('criterion', column.criterion, 12),
      text('requirement', column.requirement, 44),
      text('clause', column.clause, 10),
      text('basis', column.basis, 12),
      points('points', column.points),
      share('attainment', column.attainment),
      points('lost', column.lost),
      text('missing', column.missing, 30),
      date('due', column.due),
      whole('ifClosed', column.ifClosed, 11),
      whole('ifCaughtUp', column.ifCaughtUp, 11),
    ],
    rows: requirements.map((row) => [
      labelOf(frame, row.criterion),
      name(row.name),
      row.clause,
      words.basisOf[row.basis],
      row.points,
      row.attainment,
      row.lost,
      missing(frame, row),
      row.due,
      row.rankIfClosed,
      row.rankIfCaughtUp,
    ]),
  };
}

/** Every window of every requirement, for a sheet. */
export function windowSheet(frame: Frame, { requirements }: Standing): Table {
  const { words, name } = frame;
  const { column } = words;
  return {
    id: 'windows',
    title: words.sheet.windows,
    columns: [
      text('requirement', column.requirement, 44),
      text('window', column.window, 12),
      date('from', column.from),
      date('to', column.to),
      { id: 'actual', heading: column.actual, kind: 'number', width: 10 },
      { id: 'required', heading: column.required, kind: 'number', width: 10 },
      text('status', column.status, 10, { centred: true }),
    ],
    rows: requirements.flatMap((row) =>
      row.windows.map((window) => [
        name(row.name),
        (frame.window(window.label) || frame.vocabulary.window.year) ?? '',
        window.from,
        window.to,
        window.actual,
        window.required,
        words.status[window.status],
      ]),
    ),
  };
}

export const conditionPage = (frame: Frame, { conditions }: Standing): Table =>
  tableAt(conditionTable(frame), conditions, 'page');

/** Self-scores beside what the evidence bears out. */
export function selfTable(frame: Frame, { selfInspection, row }: Standing): Table {
  const { words } = frame;
  const { column } = words;
  const table: Table = {
    id: 'self',
    title: words.sheet.self,
    columns: [
      text('criterion', column.criterion, 14),
      points('self', column.self, 12),
      points('score', column.score, 12),
      points('difference', column.difference, 14),
    ],
    rows: frame.criteria.flatMap(({ id, label }) => {
      const self = entryOf(selfInspection?.criteria, id)?.selfScore;
      const score = entryOf(row.criteria, id) ?? null;
      return self === undefined
        ? []
        : [[label, self, score, score === null ? null : exactDifference(self, score)]];
    }),
  };
  return toldApart(table, ['self', 'score']);
}
