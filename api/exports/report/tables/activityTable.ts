import { stateOf } from '#schemas/presentation/answers/recorded.ts';
import type { Cell, Table } from '#schemas/presentation/table.ts';
import type { ActivityRow } from '#schemas/results.ts';
import { halves } from '../fold.ts';
import type { Frame } from '../frame.ts';
import { date, points, text } from './columns.ts';

/** A longer name of a kind wraps. */
const WIDEST_KIND = 62;

/** The head of the activities' table; its rows are made one by one, for there may be hundreds of thousands. */
export function activityTable(frame: Pick<Frame, 'words' | 'plan' | 'rows' | 'name'>): Table {
  const { words } = frame;
  const { column } = words;
  const longestKind = Math.max(...[...activityNames(frame).kinds.values()].map(halves), 0);
  const number = (id: string, heading: string) => ({ ...points(id, heading), decimals: undefined });
  return {
    id: 'activities',
    title: words.sheet.activities,
    columns: [
      text('unit', column.id, 10),
      text('name', column.unit, 20),
      date('occurredOn', column.date),
      text('title', column.title, 44),
      text('kind', column.kind, Math.min(Math.max(longestKind, 22), WIDEST_KIND)),
      number('quantity', column.quantity),
      number('due', column.dueCount),
      number('done', column.doneCount),
      number('score', column.score),
      text('state', column.state, 10, { centred: true }),
      text('counts', column.counts, 8, { centred: true }),
      text('activity', column.activity, 28),
    ],
    rows: [],
  };
}

/** What units and kinds of activity are called. */
export type ActivityNames = { units: ReadonlyMap<string, string>; kinds: ReadonlyMap<string, string> };

/** A kind goes by the name of what first asks for it in the plan. */
export function activityNames({ plan, rows, name }: Pick<Frame, 'plan' | 'rows' | 'name'>): ActivityNames {
  const items = [...plan.requirements, ...plan.deductions, ...plan.vetoes];
  return {
    units: new Map(rows.map((row) => [row.unit, row.name])),
    kinds: new Map(items.toReversed().map((item) => [item.kind, item.name ? name(item.name) : item.kind])),
  };
}

/** One activity as a row of that table. */
export const activityCells = (
  { words }: Pick<Frame, 'words'>,
  { units, kinds }: ActivityNames,
  row: ActivityRow,
): Cell[] => [
  row.unit,
  units.get(row.unit) ?? row.unit,
  row.occurredOn,
  row.title,
  kinds.get(row.kind) ?? row.kind,
  row.quantity ?? null,
  row.due ?? null,
  row.done ?? null,
  row.score ?? null,
  words.state[stateOf(row)],
  row.counts ? words.yes : words.no,
  row.activity,
];
