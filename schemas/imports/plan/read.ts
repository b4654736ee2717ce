import { fieldsOf } from '../../measureTraits.ts';
import { type Plan, plan as planSchema } from '../../plan.ts';
import { type PlanDifference, planDifferences } from '../../planDifferences.ts';
import { type Cell, textOf } from '../cells.ts';
import { columnIn, folded } from '../columns.ts';
import { HEAD_WITHIN, headIn, isBlank, readRow, type SheetHead } from '../rows.ts';
import { faultSentence, type ImportLanguage } from '../words.ts';
import {
  MEASURE_TYPES,
  PLAN_TABS,
  type PlanColumn,
  type PlanTab,
  type PlanTabId,
  planTab,
} from './columns.ts';
import { choiceName, type PlanFaultCode, planCellSentence, planSentence } from './words.ts';

/** Pure: the plan that a workbook holds, and what is wrong with it, row by row. */

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

export type ReadPlan = {
  /** null where it breaks the shape of a plan. */
  document: Plan | null;
  lines: PlanLine[];
  /** Against the plan that is adopted; empty where there is none, or no document. */
  differences: PlanDifference[];
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
type Item = {
  line: PlanLine;
  fields: Map<string, unknown>;
  /** How the columns are headed in the file. */
  heads: ReadonlyMap<string, string>;
};
type Read = { tab: PlanTab; items: Item[] };

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

function set(target: Record<string, unknown>, field: string, value: unknown): void {
  const [first = '', second] = field.split('.');
  if (second === undefined) target[first] = value;
  else {
    target[first] ??= {};
    (target[first] as Record<string, unknown>)[second] = value;
  }
}

const blankLine = (sheet: PlanSheet, row: number, id: string): PlanLine => ({
  sheet: sheet.name,
  row,
  id,
  status: 'already',
  problems: [],
});

/** The first sheet: a name in the first column, what is said of the plan beside it. Each row is an item of its own. */
function readHeadSheet(language: ImportLanguage, sheet: PlanSheet): Item[] {
  const { columns } = planTab('plan');
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
    return [{ line, fields, heads: new Map([[found.field, '']]) }];
  });
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

function readList(language: ImportLanguage, sheet: PlanSheet, tab: PlanTab): Item[] {
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
  return rows.map(({ row, cells }) => {
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
    return item;
  });
}

/** The sheets of a plan in a file; throws `NoPlan` where there is none, or one lacks columns. */
export function planSheets(language: ImportLanguage, sheets: readonly PlanSheet[]): Read[] {
  const reads: Read[] = [];
  for (const sheet of sheets) {
    const tab = named(sheet) ?? byHeads(sheet);
    if (!tab || reads.some(({ tab: { id } }) => id === tab.id)) continue;
    const items = tab.id === 'plan' ? readHeadSheet(language, sheet) : readList(language, sheet, tab);
    reads.push({ tab, items });
  }
  if (reads.length === 0) throw new NoPlan();
  return reads;
}

/** The year that the file says; undefined where it says none. */
export function yearIn(reads: readonly Read[]): number | undefined {
  const fields = reads.find(({ tab }) => tab.id === 'plan')?.items.map((item) => item.fields) ?? [];
  const year = fields.find((one) => one.has('year'))?.get('year');
  return typeof year === 'number' ? year : undefined;
}

const headField = (reads: readonly Read[], field: string): Item | undefined =>
  reads.find(({ tab }) => tab.id === 'plan')?.items.find(({ heads }) => heads.has(field));

function objectOf({ fields }: Item): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [field, value] of fields) set(object, field, value);
  return object;
}

/** What the sheets say, and of what they do not have, what the adopted plan says. */
function documentOf(
  reads: readonly Read[],
  year: number,
  adopted: Plan | undefined,
): Record<string, unknown> {
  const document: Record<string, unknown> = { ...adopted, year };
  const version = headField(reads, 'version')?.fields.get('version');
  for (const { tab, items } of reads) {
    if (tab.id === 'plan') {
      delete document.others;
      for (const item of items) Object.assign(document, mergedHead(document, objectOf(item)));
    } else document[tab.id] = items.map(objectOf);
  }
  delete document.basedOn;
  if (Array.isArray(document.clauses) && document.clauses.length === 0) delete document.clauses;
  document.year = year;
  document.version = version ?? (adopted?.version ?? 0) + 1;
  return document;
}

/** The title's languages stand in rows of their own. */
const mergedHead = (
  document: Record<string, unknown>,
  part: Record<string, unknown>,
): Record<string, unknown> =>
  part.title ? { title: { ...(document.title as object | undefined), ...(part.title as object) } } : part;

type Issue = { path: readonly PropertyKey[]; code: string; message: string };

/** The column that an issue is about: the deepest of the path that is one. */
function fieldAt(item: Item, path: readonly PropertyKey[]): string {
  const names = path.filter((part) => typeof part === 'string') as string[];
  const [first = ''] = names;
  return [names.slice(0, 2).join('.'), first, `${first}.type`].find((field) => item.heads.has(field)) ?? '';
}

const CUSTOM: readonly [RegExp, PlanFaultCode][] = [
  [/used twice/, 'twice'],
  [/is no criterion/, 'no-criterion'],
  [/month and day/, 'no-day-of-year'],
  [/greater than 0|at most 1|within 0 and 100/, 'no-number-in'],
];

function issueSentence(language: ImportLanguage, { code, message }: Issue, value: unknown): string {
  const shown = Array.isArray(value) ? value.join(', ') : String(value ?? '');
  if (value === undefined) return faultSentence(language, 'missing', '');
  if (code === 'too_small') return planSentence(language, 'no-number-in', shown);
  if (code === 'too_big') return planSentence(language, 'too-large', shown);
  const known = CUSTOM.find(([pattern]) => pattern.test(message))?.[1];
  return planSentence(language, known ?? 'other-rule', shown, message);
}

const valueAt = (document: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((part, key) => (part as Record<PropertyKey, unknown> | undefined)?.[key], document);

/** A line for what no row of the file says. */
function lineIn(read: Read, sheet: string): Item {
  const item = { line: blankLine({ name: sheet, rows: [] }, 1, ''), fields: new Map(), heads: new Map() };
  read.items.push(item);
  return item;
}

/** Puts an issue of the schema beside the row that it is about. */
function tellIssue(language: ImportLanguage, reads: readonly Read[], document: unknown, issue: Issue): void {
  const [list, index] = issue.path;
  const tab = PLAN_TABS.find(({ id }) => id === list);
  const read = reads.find(({ tab: { id } }) => id === list) ?? (reads[0] as Read);
  const value = valueAt(document, issue.path);
  const hasCriteria = (document as { criteria?: unknown[] }).criteria?.length;
  if (!hasCriteria && /is no criterion/.test(issue.message)) return;
  if (tab && typeof index !== 'number') {
    const sheet = tab.name[language];
    lineIn(read, sheet).line.problems.push({
      column: '',
      message: planSentence(language, 'no-items', sheet),
    });
    return;
  }
  const own = tab ? itemAt(reads, tab, index as number) : headField(reads, issue.path.join('.'));
  const item = own ?? lineIn(read, (tab ?? planTab('plan')).name[language]);
  const field = tab ? fieldAt(item, issue.path.slice(2)) : '';
  const column = item.heads.get(field) ?? '';
  // What a cell was refused for already is missing in the document, too.
  if (item.line.problems.some((problem) => problem.column === column)) return;
  const about = own
    ? ''
    : `${String(valueAt(document, [...issue.path.slice(0, 2), 'id']) ?? issue.path.join('.'))}: `;
  item.line.problems.push({ column, message: `${about}${issueSentence(language, issue, value)}` });
}

/** Of a list that the file holds; what the adopted plan brings has no row. */
const itemAt = (reads: readonly Read[], tab: PlanTab, index: number): Item | undefined =>
  reads.find(({ tab: { id } }) => id === tab.id)?.items[index];

/** Whether the sheet was filled in from the version that is adopted, and asks for one that is free. */
function tellVersions(
  language: ImportLanguage,
  reads: readonly Read[],
  differs: boolean,
  adopted: Plan | undefined,
): void {
  if (!adopted || !differs) return;
  const next = String(adopted.version + 1);
  const [version, based] = [headField(reads, 'version'), headField(reads, 'basedOn')];
  const asked = version?.fields.get('version');
  if (version && typeof asked === 'number' && asked <= adopted.version) {
    const message = planSentence(language, 'version-taken', String(asked), next);
    version.line.problems.push({ column: '', message });
  }
  const from = based?.fields.get('basedOn');
  if (based && typeof from === 'number' && from < adopted.version) {
    const message = planSentence(language, 'adopted-since', String(from), String(adopted.version));
    based.line.problems.push({ column: '', message });
  }
}

function statusOf(
  id: PlanTabId,
  item: Item,
  differences: readonly PlanDifference[],
  isFirst: boolean,
): PlanLine['status'] {
  if (item.line.problems.length > 0) return 'refused';
  if (isFirst) return 'new';
  const own = id === 'plan' ? [...item.heads.keys()].map((field) => field.split('.')[0]) : [item.line.id];
  const found = differences.find((one) => one.list === id && own.includes(one.id));
  return found ? (found.change === 'added' ? 'new' : 'changed') : 'already';
}

/** The plan of the year, as the sheets and, for those that the file does not have, the adopted plan say. */
export function readPlan(
  language: ImportLanguage,
  reads: readonly Read[],
  { year, adopted }: { year: number; adopted: Plan | undefined },
): ReadPlan {
  const document = documentOf(reads, year, adopted);
  const parsed = planSchema.safeParse(document);
  for (const issue of parsed.error?.issues ?? []) tellIssue(language, reads, document, issue);
  const isRead = reads.every(({ items }) => items.every(({ line }) => line.problems.length === 0));
  const plan = parsed.success && isRead ? parsed.data : null;
  const differences = plan && adopted ? planDifferences(plan, adopted) : [];
  if (plan) tellVersions(language, reads, differences.length > 0, adopted);
  for (const { tab, items } of reads)
    for (const item of items) item.line.status = statusOf(tab.id, item, differences, adopted === undefined);
  return { document: plan, differences, lines: reads.flatMap(({ items }) => items.map(({ line }) => line)) };
}
