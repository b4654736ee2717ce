import { type Plan, plan as planSchema } from '../../plan.ts';
import { type PlanDifference, planDifferences } from '../../planDifferences.ts';
import { shapeInChinese, shapeSentence } from '../../shapeWords.ts';
import { faultSentence, type ImportLanguage } from '../words.ts';
import { PLAN_TABS, type PlanTab, type PlanTabId, planTab } from './columns.ts';
import { blankLine, type Item, type PlanLine, type Read } from './sheets.ts';
import { type PlanFaultCode, planSentence } from './words.ts';

/** Pure: the plan that a workbook holds, and what is wrong with it, row by row. */

export type ReadPlan = {
  /** null where it breaks the shape of a plan. */
  document: Plan | null;
  lines: PlanLine[];
  /** Against the plan that is adopted; empty where there is none, or no document. */
  differences: PlanDifference[];
};

function set(target: Record<string, unknown>, field: string, value: unknown): void {
  const [first = '', second] = field.split('.');
  if (second === undefined) target[first] = value;
  else {
    target[first] ??= {};
    (target[first] as Record<string, unknown>)[second] = value;
  }
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
    } else document[tab.id] = items.filter(({ heads }) => heads.size > 0).map(objectOf);
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
  const rule = language === 'zh' ? (shapeInChinese(message) ?? message) : message;
  return planSentence(language, known ?? 'other-rule', shown, rule);
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
  const parsed = planSchema.safeParse(document, { error: shapeSentence });
  for (const issue of parsed.error?.issues ?? []) tellIssue(language, reads, document, issue);
  const isRead = reads.every(({ items }) => items.every(({ line }) => line.problems.length === 0));
  const plan = parsed.success && isRead ? parsed.data : null;
  const differences = plan && adopted ? planDifferences(plan, adopted) : [];
  if (plan) tellVersions(language, reads, differences.length > 0, adopted);
  for (const { tab, items } of reads)
    for (const item of items) item.line.status = statusOf(tab.id, item, differences, adopted === undefined);
  return { document: plan, differences, lines: reads.flatMap(({ items }) => items.map(({ line }) => line)) };
}
