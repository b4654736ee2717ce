import { inQuotes } from '../presentation/names.ts';
import type { CellFaultCode } from './cells.ts';

/** The sentences of an import in the clerk's words, in both languages. They name what would be right. */
export type ImportLanguage = 'zh' | 'en';

export type RowFaultCode =
  | CellFaultCode
  | 'unclosed-quote'
  | 'no-unit'
  | 'other-unit'
  | 'no-kind'
  | 'no-incident'
  | 'twice'
  | 'retracted'
  | 'hidden'
  | 'other-list'
  | 'more-faulty';

type Say = (shown: string) => string;

const ZH: Record<RowFaultCode, Say> = {
  missing: () => '没有填写。',
  'no-whole': (shown) => `${inQuotes(shown)}不是整数。`,
  'no-number': (shown) => `${inQuotes(shown)}不是数字，或超过六位小数。`,
  'no-day': (shown) => `${inQuotes(shown)}不是日期；请写成 2026-04-17。`,
  'no-month-day': (shown) => `${inQuotes(shown)}不是月和日；请写成 12-31。`,
  'no-flag': (shown) => `${inQuotes(shown)}看不懂；请填“是”或“否”。`,
  'no-choice': (shown) => `${inQuotes(shown)}看不懂；请填“不低于”或“不高于”。`,
  rewritten: (shown) => `${inQuotes(shown)}像是被表格软件改成了数字或日期；请把该列设为文本后重新填写。`,
  'no-result': (shown) =>
    `这一格的公式没有结果（${shown}）；请用 Excel 或 WPS 打开、改好、保存后再上传，或直接填写结果。`,
  'too-long': (shown) => `${inQuotes(`${shown}…`)}太长，不能作编号或名称。`,
  unreadable: (shown) => `${inQuotes(shown)}里有读不出的字符（显示为 �）；请在原表里改好这一格再上传。`,
  merged: () => '这一格与上面的格合并，值只在第一行；请取消合并，逐行填写。',
  'unclosed-quote': () => '引号只有一半，从这里读不下去；请补上或删去引号。',
  'no-unit': (shown) => `没有编号为${inQuotes(shown)}的单位；请核对编号，或先登记该单位。`,
  'other-unit': (shown) => `${inQuotes(shown)}不是本单位；只能上报本单位的活动。`,
  'no-kind': (shown) => `方案里没有${inQuotes(shown)}。`,
  'no-incident': (shown) => `${inQuotes(shown)}不是方案里的扣分或一票否决事项。`,
  twice: (shown) => `与第 ${shown} 行编号相同而内容不同；请只留一行。`,
  retracted: (shown) => `活动${inQuotes(shown)}已经撤回，不能再用这个编号。`,
  hidden: () => '这一行在表中是隐藏的，也读了进来；不要的话请删去。',
  'other-list': (shown) =>
    `${inQuotes(shown)}表也是这样的清单，没有读；一次只读一张表，请并入前面那张，或另存为一个文件再传。`,
  'more-faulty': (shown) => `另有 ${shown} 行有误，这里列不下；请改正原来的表，整张再传一次。`,
};

const EN: Record<RowFaultCode, Say> = {
  missing: () => 'not filled in.',
  'no-whole': (shown) => `${inQuotes(shown)} is no whole number.`,
  'no-number': (shown) => `${inQuotes(shown)} is no number, or has more than six decimals.`,
  'no-day': (shown) => `${inQuotes(shown)} is no date; write it as 2026-04-17.`,
  'no-month-day': (shown) => `${inQuotes(shown)} is no month and day; write it as 12-31.`,
  'no-flag': (shown) => `${inQuotes(shown)} is not understood; write yes or no.`,
  'no-choice': (shown) => `${inQuotes(shown)} is not understood; write at least or at most.`,
  rewritten: (shown) =>
    `${inQuotes(shown)} looks as if the spreadsheet made a number or a date of it; format the column as text and enter it again.`,
  'no-result': (shown) =>
    `holds a formula without a result (${shown}); open the file in Excel, correct it and save it, or enter the result itself.`,
  'too-long': (shown) => `${inQuotes(`${shown}…`)} is too long for an id or a name.`,
  unreadable: (shown) =>
    `${inQuotes(shown)} holds signs that cannot be read (shown as �); correct the cell in the file, and upload it again.`,
  merged: () =>
    'merged with the cell above, and the value stands in the first row alone; unmerge the cells and fill in each row.',
  'unclosed-quote': () => 'A quotation mark is opened and not closed; close it or take it out.',
  'no-unit': (shown) => `There is no unit ${inQuotes(shown)}; check the id, or register the unit first.`,
  'other-unit': (shown) => `${inQuotes(shown)} is not your unit; only its own activities can be reported.`,
  'no-kind': (shown) => `The plan has no ${inQuotes(shown)}.`,
  'no-incident': (shown) => `${inQuotes(shown)} is no deduction and no veto of the plan.`,
  twice: (shown) => `has the id of row ${shown} and other content; leave one of them.`,
  retracted: (shown) => `The activity ${inQuotes(shown)} was retracted; its id cannot be used again.`,
  hidden: () => 'The sheet hides this row; it is read all the same. Delete it where it is not meant.',
  'other-list': (shown) =>
    `The sheet ${inQuotes(shown)} is such a list too, and was not read: one sheet is read at a time. Join the two, or upload it as a file of its own.`,
  'more-faulty': (shown) =>
    `Faulty rows that have no room here: ${shown}. Correct the file itself, and upload the whole of it again.`,
};

/** What is wrong with a row: the column's head as the sheet has it, and behind a colon what is wrong there. */
export const faultLine = (
  language: ImportLanguage,
  { column, message }: { column: string; message: string },
): string => (column ? `${column}${language === 'zh' ? '：' : ': '}${message}` : message);

export const faultSentence = (language: ImportLanguage, code: RowFaultCode, shown: string): string =>
  (language === 'zh' ? ZH : EN)[code](shown);
