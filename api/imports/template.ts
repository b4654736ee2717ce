import type { DataValidation, WriteSheet } from 'hucre/xlsx';
import { kindsOf } from '#schemas/fit.ts';
import { SHEET_COLUMNS, type SheetColumn, type SheetKind } from '#schemas/imports/columns.ts';
import { faultLine, type ImportLanguage } from '#schemas/imports/words.ts';
import { formsOf } from '#schemas/measureTraits.ts';
import type { Plan } from '#schemas/plan.ts';
import { ASKED_FIELDS, askedOf } from '#schemas/reportFields.ts';
import type { FaultyRows } from '#schemas/results/imports.ts';

/** What a template is made for: the plan in use and the units that there are, for its drop-downs. */
export type TemplateFor = {
  kind: SheetKind;
  /** Of activities one kind of them; all where it is left out. */
  of?: string | undefined;
  language: ImportLanguage;
  plan: Plan | undefined;
  /** Ids of units; a unit's own template holds its own alone. */
  units: readonly string[];
};

/** Rows below the heads that the drop-downs reach. */
const ROWS = 2_000;
/** Excel takes a list of at most 255 characters in a drop-down; longer ones come from a sheet. */
export const LISTS = { zh: '可选值', en: 'Lists' } as const;
export const WORDS = {
  zh: {
    list: { units: '单位', activities: '活动', targets: '指标', incidents: '扣分与一票否决' },
    notes: '填写说明',
    sheet: '表',
    planMeans:
      '每张表是方案的一部分，每行一项；删去一行即删去该项，文件里没有的表照旧。上传后先看不同之处，再采用。',
    column: '列',
    must: '必填',
    means: '说明',
    example: '示例',
    yes: '是',
    error: '请从列表中选择。',
    toMend: '待更正的行',
    row: '原行号',
    problem: '问题',
  },
  en: {
    list: { units: 'Units', activities: 'Activities', targets: 'Targets', incidents: 'Incidents' },
    notes: 'Notes',
    sheet: 'Sheet',
    planMeans:
      'Each sheet is a part of the plan, each row an item; a row that is deleted drops its item, and a sheet that is not in the file stays as it is. After the upload you see what differs, before it is adopted.',
    column: 'Column',
    must: 'Required',
    means: 'Meaning',
    example: 'Example',
    yes: 'yes',
    error: 'Choose from the list.',
    toMend: 'Rows to correct',
    row: 'Row of the file',
    problem: 'Problem',
  },
} as const;

const unique = (values: readonly string[]): string[] => [...new Set(values)];

/** Of one kind the columns that it asks for alone. */
function columnsFor({ kind, of, plan }: TemplateFor): readonly SheetColumn[] {
  const all = SHEET_COLUMNS[kind];
  if (of === undefined || !plan) return all;
  const { fields } = askedOf(plan, of);
  const unasked = new Set<string>(ASKED_FIELDS.filter((field) => !fields.includes(field)));
  return all
    .filter(({ field }) => !unasked.has(field))
    .map((column) => (column.field === 'kind' ? { ...column, example: of } : column));
}

function kindChoices({ kind, of, plan }: TemplateFor): string[] {
  if (of !== undefined) return [of];
  if (!plan) return [];
  if (kind === 'incidents') return unique([...plan.deductions, ...plan.vetoes].map((item) => item.kind));
  return kindsOf(plan);
}

/** What may stand in a column, where that is a list. */
function choicesOf(order: TemplateFor, { field }: SheetColumn): string[] {
  const { plan, language, units, of } = order;
  const asked = (plan?.requirements ?? []).filter((one) => of === undefined || one.kind === of);
  const measures = asked.map(({ measure }) => measure);
  if (field === 'unit') return order.kind === 'units' ? [] : [...units];
  if (field === 'kind') return kindChoices(order);
  if (field === 'form') return unique(measures.flatMap((measure) => formsOf(measure)));
  if (field === 'ledByHead') return language === 'zh' ? ['是', '否'] : ['yes', 'no'];
  if (field === 'direction') return language === 'zh' ? ['不低于', '不高于'] : ['at least', 'at most'];
  return [];
}

export const letterOf = (index: number): string => String.fromCharCode(65 + index);

const DAYS: ReadonlySet<string> = new Set(['occurredOn', 'since']);
const NUMBERS: ReadonlySet<string> = new Set([
  'teamSize',
  'year',
  'quantity',
  'due',
  'done',
  'score',
  'value',
  'target',
]);
/** Days are dates, numbers are numbers, and all else is text, so that no id becomes a number. */
const formatOf = ({ field }: SheetColumn): string =>
  DAYS.has(field) ? 'yyyy-mm-dd' : NUMBERS.has(field) ? 'General' : '@';

/** A workbook to fill in: heads and drop-downs, then what each column means with an example, then the lists. */
export async function importTemplate(asked: TemplateFor): Promise<Uint8Array> {
  const { kind, language } = asked;
  const words = WORDS[language];
  const columns = columnsFor(asked);
  const lists = columns.map((column) => choicesOf(asked, column));
  const listed = lists.flatMap((choices, index) => (choices.length ? [{ choices, index }] : []));
  const dataValidations: DataValidation[] = listed.map(({ choices, index }, place) => ({
    type: 'list',
    range: `${letterOf(index)}2:${letterOf(index)}${ROWS}`,
    formula1: `'${LISTS[language]}'!$${letterOf(place)}$2:$${letterOf(place)}$${choices.length + 1}`,
    allowBlank: true,
    // A kind may be named by its requirement, too: the list helps and does not force.
    showErrorMessage: columns[index]?.field !== 'kind',
    errorStyle: 'warning',
    errorMessage: words.error,
  }));
  const heads = columns.map(({ head, required }) => `${head[language]}${required ? ' *' : ''}`);
  const bold = { style: { font: { bold: true } } };
  const headCells: NonNullable<WriteSheet['cells']> = new Map(heads.map((_, index) => [`0,${index}`, bold]));
  const toFill: WriteSheet = {
    name: words.list[kind],
    columns: columns.map((column, index) => ({
      width: Math.max(12, (heads[index]?.length ?? 0) * 2 + 2, column.field === 'title' ? 40 : 0),
      numFmt: formatOf(column),
    })),
    rows: [heads],
    cells: headCells,
    freezePane: { rows: 1 },
    dataValidations,
  };
  const notes: WriteSheet = {
    name: words.notes,
    columns: [{ width: 16 }, { width: 8 }, { width: 56 }, { width: 40 }],
    rows: [
      [words.column, words.must, words.means, words.example],
      ...columns.map(({ head, required, hint, example }) => [
        head[language],
        required ? words.yes : '',
        hint[language],
        example,
      ]),
    ],
    cells: new Map([0, 1, 2, 3].map((index) => [`0,${index}`, bold])),
  };
  const longest = Math.max(0, ...listed.map(({ choices }) => choices.length));
  const choices: WriteSheet = {
    name: LISTS[language],
    columns: listed.map(() => ({ width: 24, numFmt: '@' })),
    rows: [
      listed.map(({ index }) => columns[index]?.head[language] ?? ''),
      ...Array.from({ length: longest }, (_, row) =>
        listed.map(({ choices: values }) => values[row] ?? null),
      ),
    ],
  };
  const { writeXlsx } = await import('hucre/xlsx');
  return writeXlsx({ sheets: listed.length ? [toFill, notes, choices] : [toFill, notes] });
}

/** Heads of the columns that a sheet of refused rows has besides those of the file. */
export const OWN_HEADS: ReadonlySet<string> = new Set(
  Object.values(WORDS).flatMap(({ row, problem }) => [row, problem]),
);

const WRONG = {
  style: { fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'FFFDE7E4' } } },
} as const;

/**
 * The refused rows as the file had them, each with what is wrong and the faulty cells coloured: corrected here and
 * brought again, since heads that no kind knows are not read.
 */
export async function faultyWorkbook(
  { heads, rows }: FaultyRows,
  language: ImportLanguage,
): Promise<Uint8Array> {
  const words = WORDS[language];
  const bold = { style: { font: { bold: true } } };
  const first = [words.row, words.problem];
  const cells: NonNullable<WriteSheet['cells']> = new Map(
    [...first, ...heads].map((_, index) => [`0,${index}`, bold]),
  );
  rows.forEach(({ problems }, index) => {
    for (const { column } of problems) {
      const place = heads.indexOf(column);
      if (place >= 0) cells.set(`${index + 1},${place + first.length}`, WRONG);
    }
  });
  const sheet: WriteSheet = {
    name: words.toMend,
    columns: [
      { width: 10 },
      { width: 48, numFmt: '@' },
      ...heads.map((head) => ({ width: Math.max(14, head.length * 2 + 2), numFmt: '@' })),
    ],
    rows: [
      [...first, ...heads],
      ...rows.map(({ row, problems, cells: own }) => [
        row,
        problems.map((one) => faultLine(language, one)).join(' '),
        ...heads.map((_, place) => own[place] ?? null),
      ]),
    ],
    cells,
    freezePane: { rows: 1 },
  };
  const { writeXlsx } = await import('hucre/xlsx');
  return writeXlsx({ sheets: [sheet] });
}
