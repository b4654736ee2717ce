import { Problem } from '#api/http/problem.ts';
import { type ImportKind, SHEET_COLUMNS, type SheetKind } from '#schemas/imports/columns.ts';
import { PLAN_TABS } from '#schemas/imports/plan/columns.ts';
import type { NoPlan } from '#schemas/imports/plan/sheets.ts';
import type { ImportLanguage } from '#schemas/imports/words.ts';
import type { Language } from '#schemas/languages.ts';
import { inQuotes, rowOf } from '#schemas/presentation/names.ts';

/** What was refused as a whole, as the intake says it. */
export type Refused = { code: string; fields: readonly string[] };

type Said = { zh: string; en: string };
const LANGUAGE: Record<ImportLanguage, Language> = { zh: 'zh-CN', en: 'en' };

const SENTENCES: Readonly<Record<string, Said>> = {
  empty: { zh: '文件是空的。', en: 'The file is empty.' },
  xls: {
    zh: '这是旧的 .xls 文件，或是设了密码的工作簿。请去掉密码，另存为 .xlsx 或 CSV 后再上传。',
    en: 'This is an old .xls file, or a workbook with a password. Save it without a password as .xlsx or CSV, and upload that.',
  },
  macros: {
    zh: '文件带有宏。请另存为不带宏的 .xlsx 后再上传。',
    en: 'The file has macros. Save it as .xlsx, without them, and upload that.',
  },
  'too-large': {
    zh: '文件展开后过大。请分成几份上传，或另存为 CSV。',
    en: 'The file is too large once it is unpacked. Upload it in parts, or save it as CSV.',
  },
  broken: {
    zh: '文件损坏，读不出内容。请用表格软件打开并另存一份后再上传。',
    en: 'The file is damaged and cannot be read. Open it in a spreadsheet program, save it anew, and upload that.',
  },
  'no-text': {
    zh: '看不出文件的编码。请另存为 .xlsx，或 UTF-8 编码的 CSV。',
    en: 'The file’s encoding cannot be told. Save it as .xlsx, or as CSV in UTF-8.',
  },
  'web-page': {
    zh: '这是网页（HTML），只是名字像表格。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。',
    en: 'This is a web page (HTML) under the name of a spreadsheet. Open it in Excel or WPS, save it as .xlsx, and upload that.',
  },
  'xml-sheet': {
    zh: '这是 XML 格式的表格。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。',
    en: 'This is a spreadsheet in XML. Open it in Excel or WPS, save it as .xlsx, and upload that.',
  },
  sylk: {
    zh: '这是 SYLK 格式（.slk）的表格。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。',
    en: 'This is a SYLK file (.slk). Open it in Excel or WPS, save it as .xlsx, and upload that.',
  },
  dif: {
    zh: '这是 DIF 格式（.dif）的表格。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。',
    en: 'This is a DIF file (.dif). Open it in Excel or WPS, save it as .xlsx, and upload that.',
  },
  'other-file': {
    zh: '这既不是 .xlsx 工作簿，也不是 CSV。请把清单另存为 .xlsx 后再上传。',
    en: 'This is neither an .xlsx workbook nor CSV. Save the list as .xlsx, and upload that.',
  },
  'too-many-sheets': {
    zh: '工作簿超过 16 张表（隐藏的也算）。请删去无关的表，或把要导入的另存为一个文件。',
    en: 'The workbook has more than 16 sheets, hidden ones among them. Delete those that are not meant, or save what is as a file of its own.',
  },
  'too-many-rows': {
    zh: '文件超过 200,000 行；前面的行已处理，请查看结果，其余分成几份上传。',
    en: 'The file has more than 200,000 rows; those before were taken, see what became of them, and upload the rest in parts.',
  },
  'too-many-items': {
    zh: '一张表超过 2,000 行，不是方案。',
    en: 'A sheet has more than 2,000 rows: this is no plan.',
  },
};

/** Which columns would be right: those that are missed, or all that are required. */
function headsSentence(kind: SheetKind, language: ImportLanguage, fields: readonly string[]): string {
  const wanted = SHEET_COLUMNS[kind].filter(({ field, required }) =>
    fields.length ? fields.includes(field) : required,
  );
  const told = rowOf(
    LANGUAGE[language],
    wanted.map(({ head }) => head[language]),
  );
  if (language === 'en')
    return fields.length
      ? `The list has no column ${told}. Add it, or fill in the template.`
      : `No row of heads was found in the first 20 rows. The columns ${told} are needed; the template has them.`;
  return fields.length
    ? `表中缺少列：${told}。请补上，或使用模板填写。`
    : `前 20 行里没有找到表头。需要这些列：${told}；模板里都有。`;
}

/** Which of two columns is meant, nobody could say. */
function twiceSentence(language: ImportLanguage, heads: readonly string[], sheet = ''): string {
  const told = rowOf(LANGUAGE[language], [...new Set(heads)]);
  const [inZh, inEn] =
    sheet === '' ? ['', ''] : [`${inQuotes(sheet)}表中`, ` of the sheet ${inQuotes(sheet)}`];
  return language === 'en'
    ? `More than one column${inEn} is headed ${told}. Give each column a head of its own, or delete the one that is not meant.`
    : `${inZh}不止一列的表头是${told}。请改掉重复的表头，或删去多余的列。`;
}

/** Of a file that is a spreadsheet and holds no plan, or a sheet of it without its columns. */
export function noPlanProblem(language: ImportLanguage, { sheet, lacking, twice }: NoPlan): Problem {
  if (twice.length > 0)
    return new Problem('invalid', twiceSentence(language, twice, sheet), {
      members: { code: 'heads-twice' },
    });
  const heads = lacking.map(({ head }) => head[language]);
  const told = rowOf(LANGUAGE[language], heads);
  const tabs = rowOf(
    LANGUAGE[language],
    PLAN_TABS.map(({ name }) => name[language]),
  );
  const detail = {
    zh: heads.length
      ? `${inQuotes(sheet)}表缺少列：${told}。请补上，或下载方案的表格来改。`
      : `文件里没有方案的表。需要这些表中的一张或几张：${tabs}；下载方案的表格来改最方便。`,
    en: heads.length
      ? `The sheet ${sheet} has no column ${told}. Add it, or begin with the plan's own workbook.`
      : `The file has no sheet of a plan. One or more of these are needed: ${tabs}; begin with the plan's own workbook.`,
  }[language];
  return new Problem('invalid', detail, { members: { code: 'no-plan' } });
}

/** The problem that tells a person why a file was not taken, and what to do. */
export function refusalProblem(
  kind: ImportKind,
  language: ImportLanguage,
  { code, fields }: Refused,
): Problem {
  if (code === 'heads-twice')
    return new Problem('invalid', twiceSentence(language, fields), { members: { code } });
  const heads = kind === 'plan' ? '' : headsSentence(kind, language, fields);
  const detail = SENTENCES[code]?.[language] ?? heads;
  return new Problem('invalid', detail, { members: { code } });
}
