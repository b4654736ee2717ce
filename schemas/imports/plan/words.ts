import { inQuotes } from '../../presentation/names.ts';
import type { CellFault } from '../cells.ts';
import { faultSentence, type ImportLanguage } from '../words.ts';
import type { Choices, PlanColumn } from './columns.ts';

/** What is wrong with a plan's workbook, in the clerk's words. */

export type PlanFaultCode =
  | 'no-items'
  | 'sheet-twice'
  | 'row-twice'
  | 'name-twice'
  | 'twice'
  | 'no-criterion'
  | 'not-of-measure'
  | 'no-number-in'
  | 'too-large'
  | 'no-day-of-year'
  | 'other-rule'
  | 'adopted-since'
  | 'version-taken';

type Say = (shown: string, more: string) => string;

const ZH: Record<PlanFaultCode, Say> = {
  'no-items': (shown) => `${inQuotes(shown)}表是空的，或文件里没有这张表。`,
  'sheet-twice': (shown, more) =>
    `${inQuotes(more)}已有一张表${inQuotes(shown)}；同一内容只留一张，请合并或删去这张。`,
  'row-twice': (shown) => `与第 ${shown} 行完全相同；请删去一行。`,
  'name-twice': (shown, more) => `${inQuotes(more)}在第 ${shown} 行已经填过；只留一行。`,
  twice: (shown) => `编号${inQuotes(shown)}用了两次；每项只用一个编号。`,
  'no-criterion': (shown) => `“五型”表里没有编号${inQuotes(shown)}。`,
  'not-of-measure': (_, more) => `计量方式${inQuotes(more)}不看这一列；请留空，或改计量方式。`,
  'no-number-in': (shown) => `${inQuotes(shown)}不合适：要大于 0，并在允许的范围之内。`,
  'no-day-of-year': (shown) => `${inQuotes(shown)}不是每年都有的日子；请写成 12-31。`,
  'too-large': (shown) => `${inQuotes(shown)}太大或太长。`,
  'other-rule': (shown, more) => `${inQuotes(shown)}不对：${more}`,
  'adopted-since': (shown, more) =>
    `其间已采用第 ${more} 版，这张表是照第 ${shown} 版填的；请核对下面的不同之处，再把这里改成 ${more}。`,
  'version-taken': (shown, more) => `第 ${shown} 版已经采用；请填 ${more}，或留空。`,
};

const EN: Record<PlanFaultCode, Say> = {
  'no-items': (shown) => `The sheet ${shown} is empty, or is not in the file.`,
  'sheet-twice': (shown, more) =>
    `${more} stands in the sheet ${inQuotes(shown)} already; join the two, or delete this one.`,
  'row-twice': (shown) => `The same as row ${shown}; delete one of them.`,
  'name-twice': (shown, more) => `${inQuotes(more)} is given in row ${shown} already; keep one of them.`,
  twice: (shown) => `The id ${inQuotes(shown)} is used twice; each item has its own.`,
  'no-criterion': (shown) => `The sheet Types has no id ${inQuotes(shown)}.`,
  'not-of-measure': (_, more) =>
    `The measure ${inQuotes(more)} does not look at this column; leave it empty, or choose another measure.`,
  'no-number-in': (shown) =>
    `${inQuotes(shown)} does not fit: it must be greater than 0, and within what is allowed.`,
  'no-day-of-year': (shown) => `${inQuotes(shown)} is no day that every year has; write it as 12-31.`,
  'too-large': (shown) => `${inQuotes(shown)} is too large or too long.`,
  'other-rule': (shown, more) => `${inQuotes(shown)} is wrong: ${more}.`,
  'adopted-since': (shown, more) =>
    `Version ${more} was adopted since; this was filled in from version ${shown}. Look at the differences below, then write ${more} here.`,
  'version-taken': (shown, more) => `Version ${shown} is adopted already; write ${more}, or leave it empty.`,
};

export const planSentence = (
  language: ImportLanguage,
  code: PlanFaultCode,
  shown: string,
  more = '',
): string => (language === 'zh' ? ZH : EN)[code](shown.slice(0, 60), more);

const PLACE = { zh: 0, en: 1 } as const;
/** A choice as it is called in a language. */
export const choiceName = (language: ImportLanguage, choices: Choices, id: string): string =>
  choices[id]?.[PLACE[language]] ?? id;
export const choiceNames = (language: ImportLanguage, choices: Choices): string[] =>
  Object.values(choices).map((names) => names[PLACE[language]]);

/** The same for a cell that cannot be read; where there is a choice, it says which. */
export function planCellSentence(
  language: ImportLanguage,
  { choices }: PlanColumn,
  { code, shown }: CellFault,
): string {
  if (code !== 'no-choice' || !choices) return faultSentence(language, code, shown);
  const all = choiceNames(language, choices);
  return language === 'zh'
    ? `${inQuotes(shown)}看不懂；可填：${all.join('、')}。`
    : `${inQuotes(shown)} is not understood; write one of: ${all.join(', ')}.`;
}
