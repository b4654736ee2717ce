import { type Ref, ref, watch } from 'vue';
import { canonicalJson } from '#schemas/canonical.ts';
import { type Measure, type Plan, plan as planSchema } from '#schemas/plan.ts';
import type { PlanDifference } from '#schemas/planDifferences.ts';
import type { PlanFinding } from '#schemas/planFindings.ts';
import { plainText } from '#schemas/presentation/numbers.ts';
import type { WordKey, Words } from '../../locales/words.ts';
import { itemName } from './document.ts';

/** A plan that is being written: kept in this browser until it is adopted or thrown away. */

const keyOf = (year: number): string => `plan-draft-${year}`;

/** What was kept; undefined where there is nothing, or what another version of the product has kept. */
function keptDraft(year: number): Plan | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(year)) ?? 'null');
    return kept !== null && typeof kept === 'object' && 'requirements' in kept ? (kept as Plan) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a draft of a year's plan is kept in this browser already. */
export const hasDraft = (year: number): boolean => keptDraft(year) !== undefined;
/** Keeps a plan as the draft of its year, in place of what was there: the page of the plan opens with it. */
export const keepDraft = (plan: Plan): void => localStorage.setItem(keyOf(plan.year), JSON.stringify(plan));

export function usePlanDraft(year: Ref<number>) {
  const draft = ref<Plan | null>(null);
  watch(
    year,
    (now) => {
      draft.value = keptDraft(now) ?? null;
    },
    { immediate: true },
  );
  watch(
    draft,
    (now) => {
      if (now) keepDraft(now);
    },
    { deep: true },
  );
  return {
    draft,
    /** Begins with a copy: of the adopted plan, or of another year's. */
    begin(plan: Plan, change: Partial<Plan>): void {
      draft.value = { ...(JSON.parse(canonicalJson(plan)) as Plan), ...change };
    },
    drop(): void {
      if (draft.value) localStorage.removeItem(keyOf(draft.value.year));
      draft.value = null;
    },
  };
}

/** What a type of measure begins with. */
export const FRESH_MEASURES: { [T in Measure['type']]: Extract<Measure, { type: T }> } = {
  count: { type: 'count', per: 'year', atLeast: 1 },
  sum: { type: 'sum', per: 'year', atLeast: 1 },
  coverage: { type: 'coverage', share: 1 },
  variety: { type: 'variety', forms: ['form-1'], atLeast: 1 },
  ratio: { type: 'ratio', whenNone: 'zero' },
  target: { type: 'target' },
  milestone: { type: 'milestone', by: '12-31' },
  appraisal: { type: 'appraisal', whenNone: 'zero' },
};

/** Something that keeps a draft from being adopted: where, and what. */
export type DraftFault = { where: string; text: string };

type Listed = readonly { id: string; name?: Plan['title'] | undefined }[];
const LIST_KEYS = ['criteria', 'requirements', 'deductions', 'vetoes', 'conditions', 'clauses'] as const;
type ListKey = (typeof LIST_KEYS)[number];
const isList = (key: unknown): key is ListKey => LIST_KEYS.some((list) => list === key);

const FIELDS = new Set([
  'id',
  'name',
  'title',
  'weight',
  'points',
  'max',
  'cap',
  'kind',
  'clause',
  'criterion',
  'by',
  'atLeast',
  'share',
  'forms',
  'text',
]);
const fieldWord = (words: Words, path: readonly PropertyKey[]): string => {
  const field = path.findLast((part) => typeof part === 'string' && FIELDS.has(part));
  return field === undefined ? '' : words.say(`plan.field.${String(field)}` as WordKey);
};

/** What the schema says of a draft, item by item, in the words of the page. */
export function draftFaults(words: Words, draft: Plan): DraftFault[] {
  const parsed = planSchema.safeParse(JSON.parse(JSON.stringify(draft)));
  if (parsed.success) return [];
  return parsed.error.issues.map(({ path, code, message }) => {
    const [list, index] = path;
    const items = isList(list) ? ((draft[list] ?? []) as Listed) : [];
    const item = typeof index === 'number' ? items[index] : undefined;
    const field = fieldWord(words, path);
    const where = [item ? itemName(words, item) : '', field].filter(Boolean).join(' · ');
    const isTwice = code === 'custom' && /twice/.test(message);
    const key = isTwice
      ? 'plan.fault.twice'
      : code === 'too_small' || code === 'invalid_type'
        ? 'plan.fault.missing'
        : code === 'too_big'
          ? 'plan.fault.large'
          : 'plan.fault.other';
    return { where, text: words.say(key, { message }) };
  });
}

const nameIn = (words: Words, list: Listed | undefined, id: string): string => {
  const found = list?.find((item) => item.id === id);
  return found ? itemName(words, found) : id;
};

const listOf = (plan: Plan, list: PlanDifference['list']): Listed | undefined =>
  list === 'plan' ? undefined : (plan[list] as Listed | undefined);

/** A difference between versions, in a line. */
export function differenceLine(words: Words, plan: Plan, before: Plan, difference: PlanDifference): string {
  const { list, id, change } = difference;
  if (list === 'plan') return words.say(`plan.changedHead.${id}`);
  const name = nameIn(words, listOf(change === 'dropped' ? before : plan, list), id);
  const what = words.say(`plan.list.${list}`);
  if (change !== 'changed') return words.say(`plan.${change}`, { what, name });
  const weights = list === 'criteria' && difference.fields.includes('weight');
  if (weights) {
    const weightIn = ({ criteria }: Plan): string =>
      plainText(criteria.find((one) => one.id === id)?.weight ?? null);
    return words.say('plan.changedWeight', { name, before: weightIn(before), after: weightIn(plan) });
  }
  const fields = words.list(difference.fields.map((field) => words.say(`plan.field.${field}` as WordKey)));
  return words.say('plan.changedItem', { what, name, fields });
}

/** Something odd, in a line. */
export function findingLine(words: Words, plan: Plan, finding: PlanFinding): string {
  const name = nameIn(words, listOf(plan, finding.list), finding.id);
  const others = [...plan.deductions, ...plan.vetoes, ...plan.requirements];
  const other = 'other' in finding ? nameIn(words, others, finding.other) : '';
  const clause = 'clause' in finding ? finding.clause : '';
  const day = 'by' in finding ? words.fullDay(finding.by) : '';
  return words.say(`plan.finding.${finding.code}`, { name, other, clause, day });
}
