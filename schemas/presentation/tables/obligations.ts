import type { Bilingual } from '../../plan.ts';
import type { Speech } from '../speech.ts';
import { count, type Description, day, text } from '../table.ts';
import { clause, windowName } from './shared.ts';

/** Tables with something that the plan asks for by a day a row. */

type Owed = {
  due: string;
  id: string;
  name: Bilingual | null;
  asked: number;
  owing: number;
  units: readonly { name: string }[];
};

/** What falls due next, and who has still to do it. */
export const dueTable = <Row extends Owed>(speech: Speech, title: string): Description<Row> => {
  const { column } = speech.vocabulary;
  return {
    id: 'due',
    title,
    columns: [
      day('due', column.due, ({ due }) => due, { centred: false }),
      text('name', column.obligation, ({ name, id }) => (name ? speech.name(name) : id), { width: 34 }),
      text('owing', column.owing, ({ owing, asked }) => `${owing} / ${asked}`, { width: 10 }),
      text('units', column.owingUnits, ({ units }) => speech.list(units.map(({ name }) => name)), {
        not: ['phone'],
      }),
    ],
  };
};

/** What the plan asks for and by when, and how that stands in a word. */
export const agendaTable = <Row extends Owed & { clause: string; window: string }>(
  speech: Speech,
  title: string,
  stateOf: (row: Row) => string,
): Description<Row> => {
  const { column } = speech.vocabulary;
  return {
    id: 'agenda',
    title,
    columns: [
      ...dueTable<Row>(speech, title).columns.slice(0, 2),
      text('window', column.window, ({ window }) => windowName(speech, window), { not: ['phone'] }),
      clause(speech),
      text('state', column.status, stateOf, { not: ['sheet'] }),
      count('owing', column.owing, ({ owing }) => owing, { not: ['screen'] }),
      count('done', column.doneUnits, ({ asked, owing }) => asked - owing, { not: ['screen'] }),
      text('units', column.owingUnits, ({ units }) => speech.list(units.map(({ name }) => name)), {
        not: ['screen'],
      }),
    ],
  };
};
