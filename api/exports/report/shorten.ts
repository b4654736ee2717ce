import { levelBehind, type Standing } from '#schemas/cut.ts';
import type { Table } from '#schemas/presentation/table.ts';
import type { Words } from './words/zh.ts';

/** What a document for reading shows of a long table: its head and its tail, and says so. */
const MOST = 150;
const HEAD = 60;
const TAIL = 20;

/** What is said below the first so many of a list: how many there are, and whether it ends among equals. */
export const cutNote = (
  { say }: Pick<Words, 'say'>,
  what: 'firstOf' | 'cutTop',
  standings: readonly Standing[],
  shown: number,
): string | undefined =>
  standings.length > shown ? say[what](shown, standings.length, levelBehind(standings, shown)) : undefined;

/** The first rows of a table that has standings; it goes on knowing those of all. */
export function cutTable(table: Table, words: Words, most: number): Table {
  const { rows, standings = [] } = table;
  if (rows.length <= most) return table;
  const note = cutNote(words, 'cutTop', standings, most);
  return { ...table, rows: rows.slice(0, most), ...(note !== undefined && { note }) };
}

/** The table itself where it is short enough. */
export function shortened(table: Table, words: Words, most = MOST, head = HEAD, tail = TAIL): Table {
  const { rows, alarmed = [], standings = [] } = table;
  if (rows.length <= most) return table;
  const from = rows.length - tail;
  const at = (index: number): number[] =>
    index < head ? [index] : index >= from ? [index - from + head + 1] : [];
  return {
    ...table,
    rows: [...rows.slice(0, head), table.columns.map(() => '…'), ...rows.slice(from)],
    alarmed: alarmed.flatMap(at),
    note: [
      table.note,
      words.say.cut(head, tail, rows.length, levelBehind(standings, standings.length ? head : 0)),
    ]
      .filter(Boolean)
      .join(' '),
  };
}

/**
 * The table in parts of so many columns at most, as equal as can be; each begins with the columns that say whose row
 * it is. Word opens no table of more than 63, and no page shows so many.
 */
export function broken(table: Table, most: number): Table[] {
  const { columns, rows } = table;
  if (columns.length <= most) return [table];
  const kept = columns.findIndex(({ id }) => id === 'name') + 1;
  const others = columns.length - kept;
  const parts = Math.ceil(others / (most - kept));
  const size = Math.ceil(others / parts);
  return Array.from({ length: parts }, (_, part) => {
    const from = kept + part * size;
    const cut = <T>(list: readonly T[]): T[] => [...list.slice(0, kept), ...list.slice(from, from + size)];
    return {
      ...table,
      title: `${table.title} (${part + 1}/${parts})`,
      columns: cut(columns),
      rows: rows.map(cut),
    };
  });
}
