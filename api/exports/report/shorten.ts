import type { Table } from '#schemas/presentation/table.ts';
import type { Words } from './words/zh.ts';

/** What a document for reading shows of a long table: its head and its tail, and says so. */
const MOST = 150;
const HEAD = 60;
const TAIL = 20;

/** The table itself where it is short enough. */
export function shortened(table: Table, words: Words, most = MOST, head = HEAD, tail = TAIL): Table {
  const { rows, alarmed = [] } = table;
  if (rows.length <= most) return table;
  const from = rows.length - tail;
  const at = (index: number): number[] =>
    index < head ? [index] : index >= from ? [index - from + head + 1] : [];
  return {
    ...table,
    rows: [...rows.slice(0, head), table.columns.map(() => '…'), ...rows.slice(from)],
    alarmed: alarmed.flatMap(at),
    note: [table.note, words.say.cut(head, tail, rows.length)].filter(Boolean).join(' '),
  };
}
