import { fieldsOf } from '../../measureTraits.ts';
import { type Cell, textOf } from '../cells.ts';
import { columnIn, folded } from '../columns.ts';
import { HEAD_WITHIN, headIn, isBlank, readRow, type SheetHead } from '../rows.ts';
import { faultSentence, type ImportLanguage } from '../words.ts';
import { MEASURE_TYPES, PLAN_TABS, type PlanColumn, type PlanTab, planTab } from './columns.ts';
import { choiceName, planCellSentence, planSentence } from './words.ts';

/** Pure: the sheets of a plan in a workbook, row by row; what they make together is `read.ts`. */

export type PlanSheetRow = { row: number; cells: readonly Cell[] };
/** A sheet of the file as it is; rows without a sign are left out. */
export type PlanSheet = { name: string; rows: readonly PlanSheetRow[] };

/** Where a problem stands. `column`: the head, or of the first sheet the row's name; empty where all of it is meant. */
export type PlanProblem = { column: string; message: string };
export type PlanLine = {
  sheet: string;
  row: number;
  id: string;
  status: 'new' | 'already' | 'changed' | 'refused';
  problems: PlanProblem[];
};

/** Why a file is no plan at all. */
export class NoPlan extends Error {
  /** Heads that a sheet of the plan lacks; empty where there is no such sheet. */
  readonly lacking: readonly PlanColumn[];
  readonly sheet: string;
  /** Heads that stand twice in the sheet. */
  readonly twice: readonly string[];
  constructor(sheet = '', lacking: readonly PlanColumn[] = [], twice: readonly string[] = []) {
    super('the file holds no sheet of a plan');
    this.name = 'NoPlan';
    this.sheet = sheet;
    this.lacking = lacking;
    this.twice = twice;
  }
}

/** A row of a list, or the whole first sheet, as it becomes a part of the document. */
export type Item = {
  line: PlanLine;
  fields: Map<string, unknown>;
  /** How the columns are headed in the file. */
  heads: ReadonlyMap<string, string>;
};
/** `sheet`: the sheet of the file that holds it. `unread`: heads, or names of its first sheet, that nothing is called by. */
export type Read = { tab: PlanTab; sheet: string; items: Item[]; unread: readonly string[] };

const named = (sheet: PlanSheet): PlanTab | undefined =>
  PLAN_TABS.find(({ id, name }) => [id, name.zh, name.en].some((one) => folded(one) === folded(sheet.name)));

/** The heads of a list in the first rows of a sheet. */
function headOf(sheet: PlanSheet, tab: PlanTab): SheetHead | undefined {
  for (const { row, cells } of sheet.rows.slice(0, HEAD_WITHIN)) {
    const head = headIn(tab.columns, row, cells);
    if (head) return head;
  }
  return undefined;
}

/** A sheet of another name is a list's if it has all of that list's columns. */
function byHeads(sheet: PlanSheet): PlanTab | undefined {
  const fitting = PLAN_TABS.filter(({ id }) => id !== 'plan').flatMap((tab) => {
    const head = headOf(sheet, tab);
    return head && head.lacking.length === 0 ? [{ tab, known: head.places.size }] : [];
  });
  return fitting.toSorted((a, b) => b.known - a.known)[0]?.tab;
}

export const blankLine = (sheet: PlanSheet, row: number, id: string): PlanLine => ({
  sheet: sheet.name,
  row,
  id,
  status: 'already',
  problems: [],
});

/** The first sheet: a name in the first column, what is said of the plan beside it. Each row is an item of its own. */
function readHeadSheet(language: ImportLanguage, sheet: PlanSheet): Item[] {
  const { columns } = planTab('plan');
  const rowOf = new Map<string, number>();
  return sheet.rows.flatMap(({ row, cells }) => {
    const found = columnIn(columns, cells[0] ?? null) as PlanColumn | undefined;
    if (!found) return [];
    const line = blankLine(sheet, row, textOf(cells[0] ?? null));
    const fields = new Map<string, unknown>();
    const cell = cells[1] ?? null;
    const reading = textOf(cell) === '' ? undefined : found.read(cell);
    if (reading && 'value' in reading) fields.set(found.field, reading.value);
    const message =
      reading && 'fault' in reading
        ? planCellSentence(language, found, reading.fault)
        : !reading && found.required
          ? faultSentence(language, 'missing', '')
          : undefined;
    if (message !== undefined) line.problems.push({ column: '', message });
    const before = rowOf.get(found.field);
    rowOf.set(found.field, before ?? row);
    if (before !== undefined) {
      const twice = planSentence(language, 'name-twice', String(before), line.id);
      line.problems.push({ column: '', message: twice });
    }
    return [{ line, fields, heads: new Map([[found.field, '']]) }];
  });
}

/** What the first sheet says by names that nothing of a plan has, below the first that something has: above is its title. */
function unreadNames({ rows }: PlanSheet): string[] {
  const { columns } = planTab('plan');
  const isKnown = ({ cells }: PlanSheetRow): boolean => columnIn(columns, cells[0] ?? null) !== undefined;
  return rows
    .slice(Math.max(0, rows.findIndex(isKnown)))
    .filter((row) => !isKnown(row) && row.cells.slice(0, 2).every((cell) => textOf(cell) !== ''))
    .map(({ cells }) => textOf(cells[0] ?? null));
}

/** Cells of a requirement that its measure does not look at, where a clerk changed the one and left the others. */
function ofOtherMeasures(language: ImportLanguage, { line, fields, heads }: Item): void {
  const type = fields.get('measure.type') as keyof typeof MEASURE_TYPES | undefined;
  if (type === undefined) return;
  const own = new Set([...fieldsOf(type), 'type'].map((field) => `measure.${field}`));
  for (const field of [...fields.keys()].filter((one) => one.startsWith('measure.') && !own.has(one))) {
    fields.delete(field);
    const more = choiceName(language, MEASURE_TYPES, type);
    line.problems.push({
      column: heads.get(field) ?? '',
      message: planSentence(language, 'not-of-measure', '', more),
    });
  }
}

function readList(language: ImportLanguage, sheet: PlanSheet, tab: PlanTab): Pick<Read, 'items' | 'unread'> {
  const head = headOf(sheet, tab);
  if (!head)
    throw new NoPlan(
      sheet.name,
      tab.columns.filter(({ required }) => required),
    );
  if (head.twice.length > 0) throw new NoPlan(sheet.name, [], head.twice);
  if (head.lacking.length > 0) throw new NoPlan(sheet.name, head.lacking as PlanColumn[]);
  const heads = new Map([...head.places.values()].map(({ column, head: name }) => [column.field, name]));
  const columnBy = new Map([...head.places.values()].map(({ column, head: name }) => [name, column]));
  const rows = sheet.rows.filter(({ row, cells }) => row > head.row && !isBlank(cells));
  const rowOf = new Map<string, number>();
  const items = rows.map(({ row, cells }) => {
    const { record, faults } = readRow(head, cells, new Set());
    const item = {
      line: blankLine(sheet, row, String(record.get('id') ?? '')),
      fields: new Map(record),
      heads,
    };
    for (const { column, fault } of faults) {
      const message = planCellSentence(language, columnBy.get(column) as PlanColumn, fault);
      item.line.problems.push({ column, message });
    }
    if (tab.id === 'requirements') ofOtherMeasures(language, item);
    const content = JSON.stringify([...record]);
    const before = rowOf.get(content);
    rowOf.set(content, before ?? row);
    if (before !== undefined) {
      const [idColumn = ''] = [heads.get('id')];
      const message = planSentence(language, 'row-twice', String(before));
      item.line.problems.push({ column: idColumn, message });
    }
    return item;
  });
  return { items, unread: head.unread };
}

/** A line for a sheet of what another one holds already: which of the two is meant nobody can know. */
function secondSheet(language: ImportLanguage, sheet: PlanSheet, { tab, sheet: first }: Read): Item {
  const line = blankLine(sheet, sheet.rows[0]?.row ?? 1, '');
  const message = planSentence(language, 'sheet-twice', first, tab.name[language]);
  line.problems.push({ column: '', message });
  return { line, fields: new Map(), heads: new Map() };
}

/** The sheets of a plan in a file; throws `NoPlan` where there is none, or one lacks columns. */
export function planSheets(language: ImportLanguage, sheets: readonly PlanSheet[]): Read[] {
  const reads: Read[] = [];
  for (const sheet of sheets) {
    const tab = named(sheet) ?? byHeads(sheet);
    if (!tab) continue;
    const known = reads.find(({ tab: { id } }) => id === tab.id);
    if (known) {
      known.items.push(secondSheet(language, sheet, known));
      continue;
    }
    const read =
      tab.id === 'plan'
        ? { items: readHeadSheet(language, sheet), unread: unreadNames(sheet) }
        : readList(language, sheet, tab);
    reads.push({ tab, sheet: sheet.name, ...read });
  }
  if (reads.length === 0) throw new NoPlan();
  return reads;
}

/** Columns of all sheets that were not read, each once. */
export const unreadIn = (reads: readonly Read[]): string[] => [
  ...new Set(reads.flatMap(({ unread }) => unread)),
];

/** The year that the file says; undefined where it says none. */
export function yearIn(reads: readonly Read[]): number | undefined {
  const fields = reads.find(({ tab }) => tab.id === 'plan')?.items.map((item) => item.fields) ?? [];
  const year = fields.find((one) => one.has('year'))?.get('year');
  return typeof year === 'number' ? year : undefined;
}
