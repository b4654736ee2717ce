import type { Plan } from '../../plan.ts';
import { nameIn, type Speech } from '../speech.ts';
import { type Column, count, points, share, text } from '../table.ts';

/** Columns that many tables have, each with its one name. */

export const rank = <Row extends { rank: number | null }>({ vocabulary }: Speech): Column<Row> =>
  count('rank', vocabulary.column.rank, (row) => row.rank, { width: 6 });

export const unitName = <Row extends { name: string }>({ vocabulary }: Speech): Column<Row> =>
  text('name', vocabulary.column.unit, ({ name }) => name);

export const group = <Row extends { group: string }>({ vocabulary, term }: Speech): Column<Row> =>
  text('group', vocabulary.column.group, (row) => term(row.group), { width: 13, not: ['phone'] });

/** A total that the rows are ranked by. */
export const total = <Row extends { total: number | null }>({ vocabulary }: Speech): Column<Row> =>
  points('total', vocabulary.column.total, (row) => row.total, {
    width: 8,
    ordering: true,
    quantity: 'total',
  });

export const uncapped = <Row extends { totalWithoutVeto: number | null }>({
  vocabulary,
}: Speech): Column<Row> =>
  points('uncapped', vocabulary.column.uncapped, (row) => row.totalWithoutVeto, {
    width: 12,
    quantity: 'total',
  });

export const attainment = <Row extends { attainment: number | null }>({ vocabulary }: Speech): Column<Row> =>
  share('attainment', vocabulary.column.attainment, (row) => row.attainment);

export const clause = <Row extends { clause: string }>({ vocabulary }: Speech): Column<Row> =>
  text('clause', vocabulary.column.clause, (row) => row.clause, { width: 10, not: ['phone'] });

export const criterion = <Row extends { criterion: string }>(
  speech: Speech,
  { criteria }: Pick<Plan, 'criteria'>,
): Column<Row> =>
  text('criterion', speech.vocabulary.column.criterion, (row) => nameIn(speech, criteria, row.criterion), {
    width: 13,
  });

/** A window's name; the year has one, too. */
export const windowName = (speech: Speech, label: string): string =>
  (speech.window(label) || speech.vocabulary.window.year) ?? '';
