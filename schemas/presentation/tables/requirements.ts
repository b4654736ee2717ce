import type { Bilingual } from '../../plan.ts';
import type { ConditionRow } from '../../results.ts';
import type { Speech } from '../speech.ts';
import { type Column, type Description, day, points, share, text } from '../table.ts';
import { clause } from './shared.ts';

/** Tables with a requirement or a condition a row. */

export const requirementName = <Row extends { name: Bilingual }>({ vocabulary, name }: Speech): Column<Row> =>
  text('name', vocabulary.column.requirement, (row) => name(row.name), { width: 34 });

export type Missed = {
  id: string;
  name: Bilingual;
  clause: string;
  mean: number | null;
  short: number;
  counted: number;
  lost: number;
};

/** How commonly requirements are missed. */
export function missesTable<Row extends Missed>(speech: Speech, title: string): Description<Row> {
  const { column } = speech.vocabulary;
  return {
    id: 'misses',
    title,
    columns: [
      requirementName(speech),
      clause(speech),
      text('short', column.shortOf, ({ short, counted }) => `${short} / ${counted}`, {
        width: 10,
        centred: true,
      }),
      share('mean', column.meanAttainment, ({ mean }) => mean, { width: 10 }),
      points('lost', column.lostAll, ({ lost }) => lost, { width: 10, not: ['phone'] }),
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
