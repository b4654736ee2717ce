import type { Bilingual } from '../../plan.ts';
import type { Speech } from '../speech.ts';
import { type Description, day, text } from '../table.ts';

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
