import type { CellValue, DataValidation, WriteSheet } from 'hucre/xlsx';
import { kindsOf } from '#schemas/fit.ts';
import { PLAN_TABS, type PlanColumn, type PlanTab, planTab } from '#schemas/imports/plan/columns.ts';
import { choiceName, choiceNames } from '#schemas/imports/plan/words.ts';
import type { ImportLanguage } from '#schemas/imports/words.ts';
import { incidentKinds, type Plan } from '#schemas/plan.ts';
import { LISTS, letterOf, WORDS } from './template.ts';

/** A plan as a workbook: what `POST /imports?kind=plan` reads, and reads back without a difference. */

/** Rows that may be added below those that are there. */
const ROOM = 200;
const BOLD = { style: { font: { bold: true } } };
const WRAP = { style: { alignment: { wrapText: true, vertical: 'top' } } } as const;
const WIDE = new Set(['name.zh', 'name.en', 'title.zh', 'title.en', 'text.zh', 'text.en', 'measure.forms']);

function valueAt(item: unknown, field: string): unknown {
  return field
    .split('.')
    .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], item);
}

/** What stands in a cell for a value of the document. */
function cellOf(language: ImportLanguage, { field, choices }: PlanColumn, item: unknown): CellValue {
  const value = valueAt(item, field);
  if (value === undefined || value === null) return null;
  if (choices) return choiceName(language, choices, String(value));
  if (Array.isArray(value)) return value.join(language === 'zh' ? '、' : ', ');
  return typeof value === 'number' ? value : String(value);
}

/** All else is text, so that no id and no `12-31` becomes a number or a date. */
const NUMBERS = new Set(['weight', 'points', 'max', 'cap', 'measure.atLeast', 'measure.share']);
const formatOf = ({ field }: PlanColumn): string => (NUMBERS.has(field) ? 'General' : '@');

const headOf = (language: ImportLanguage, { head, required }: PlanColumn): string =>
  `${head[language]}${required ? ' *' : ''}`;

/** A list of ids for a drop-down, on the sheet of lists. */
type Listed = { head: string; values: readonly string[] };

function listsOf(language: ImportLanguage, plan: Plan): Map<string, Listed> {
  const lists = new Map<string, Listed>();
  const add = (key: string, { head }: PlanColumn, values: readonly string[]): void => {
    if (values.length > 0 && !lists.has(key)) lists.set(key, { head: head[language], values });
  };
  const ids = {
    criteria: plan.criteria.map(({ id }) => id),
    clauses: plan.clauses?.map(({ id }) => id) ?? [],
    kinds: [
      ...new Set([...kindsOf(plan), ...incidentKinds(plan), ...plan.conditions.map(({ kind }) => kind)]),
    ],
  };
  for (const column of PLAN_TABS.flatMap(({ columns }) => columns)) {
    if (column.listed) add(column.listed, column, ids[column.listed]);
    if (column.choices) add(column.field, column, choiceNames(language, column.choices));
  }
  return lists;
}

type Placed = { column: PlanColumn; range: string };

function dropDowns(
  language: ImportLanguage,
  lists: Map<string, Listed>,
  placed: readonly Placed[],
): DataValidation[] {
  const keys = [...lists.keys()];
  return placed.flatMap(({ column, range }): DataValidation[] => {
    const key = column.choices ? column.field : column.listed;
    const list = key === undefined ? undefined : lists.get(key);
    if (!key || !list) return [];
    const letter = letterOf(keys.indexOf(key));
    return [
      {
        type: 'list',
        range,
        formula1: `'${LISTS[language]}'!$${letter}$2:$${letter}$${list.values.length + 1}`,
        allowBlank: true,
        // Ids of the plan's own may be new ones: the list helps and does not force.
        showErrorMessage: column.choices !== undefined,
        errorStyle: 'warning',
        errorMessage: WORDS[language].error,
      },
    ];
  });
}

/** What is said of the plan as a whole: a row each, with what it means beside it. */
function headSheet(
  language: ImportLanguage,
  plan: Plan,
  lists: Map<string, Listed>,
  adopted: number | null,
): WriteSheet {
  const { name, columns } = planTab('plan');
  // Left empty, it becomes the next version; what it was filled in from is told beside it.
  const document = { ...plan, version: undefined, basedOn: adopted ?? undefined };
  return {
    name: name[language],
    columns: [{ width: 24 }, { width: 48, numFmt: '@' }, { width: 56 }],
    rows: columns.map((column) => [
      headOf(language, column),
      cellOf(language, column, document),
      column.hint[language],
    ]),
    cells: new Map(columns.map((_, row) => [`${row},0`, BOLD])),
    dataValidations: dropDowns(
      language,
      lists,
      columns.map((column, row) => ({ column, range: `B${row + 1}:B${row + 1}` })),
    ),
  };
}

function listSheet(
  language: ImportLanguage,
  { id, name, columns }: PlanTab,
  plan: Plan,
  lists: Map<string, Listed>,
): WriteSheet {
  const items = (id === 'plan' ? [] : plan[id]) ?? [];
  const heads = columns.map((column) => headOf(language, column));
  const last = items.length + ROOM;
  const cells: NonNullable<WriteSheet['cells']> = new Map(heads.map((_, place) => [`0,${place}`, BOLD]));
  for (const [place, { field }] of columns.entries())
    for (const row of WIDE.has(field) ? items.keys() : []) cells.set(`${row + 1},${place}`, WRAP);
  return {
    name: name[language],
    columns: columns.map((column, place) => ({
      width: column.field.startsWith('text.')
        ? 80
        : WIDE.has(column.field)
          ? 36
          : Math.max(12, (heads[place]?.length ?? 0) * 2),
      numFmt: formatOf(column),
    })),
    rows: [heads, ...items.map((item) => columns.map((column) => cellOf(language, column, item)))],
    cells,
    freezePane: { rows: 1, columns: 1 },
    dataValidations: dropDowns(
      language,
      lists,
      columns.map((column, place) => ({ column, range: `${letterOf(place)}2:${letterOf(place)}${last}` })),
    ),
  };
}

/** What each column means, sheet by sheet. */
function notesSheet(language: ImportLanguage): WriteSheet {
  const words = WORDS[language];
  const heads = [words.sheet, words.column, words.must, words.means];
  return {
    name: words.notes,
    columns: [{ width: 16 }, { width: 24 }, { width: 8 }, { width: 64 }],
    rows: [
      [words.planMeans, null, null, null],
      heads,
      ...PLAN_TABS.flatMap(({ name, columns }) =>
        columns.map(({ head, required, hint }) => [
          name[language],
          head[language],
          required ? words.yes : '',
          hint[language],
        ]),
      ),
    ],
    cells: new Map(heads.map((_, place) => [`1,${place}`, BOLD])),
  };
}

/** `adopted`: the version that `plan` is, where it is adopted for this year; else null. */
export async function planWorkbook(
  plan: Plan,
  language: ImportLanguage,
  adopted: number | null,
): Promise<Uint8Array> {
  const lists = listsOf(language, plan);
  const longest = Math.max(...[...lists.values()].map(({ values }) => values.length));
  const choices: WriteSheet = {
    name: LISTS[language],
    columns: [...lists.keys()].map(() => ({ width: 24, numFmt: '@' })),
    rows: [
      [...lists.values()].map(({ head }) => head),
      ...Array.from({ length: longest }, (_, row) =>
        [...lists.values()].map(({ values }) => values[row] ?? null),
      ),
    ],
  };
  const [, ...tabs] = PLAN_TABS;
  const { writeXlsx } = await import('hucre/xlsx');
  return writeXlsx({
    sheets: [
      headSheet(language, plan, lists, adopted),
      ...tabs.map((tab) => listSheet(language, tab, plan, lists)),
      notesSheet(language),
      choices,
    ],
  });
}
