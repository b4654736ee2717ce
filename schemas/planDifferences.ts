import { z } from 'zod';
import { canonicalJson } from './canonical.ts';
import type { Plan } from './plan.ts';

/** What a version of a plan changes against another, item by item, so that people can read it before it is adopted. */

const LISTS = ['criteria', 'requirements', 'deductions', 'vetoes', 'conditions', 'clauses'] as const;
export type PlanList = (typeof LISTS)[number];

/** Fields of the document itself that may differ between versions; year and version always do. */
const HEAD = ['title', 'timezone', 'counts', 'others'] as const;

export const planDifference = z.union([
  z.strictObject({ list: z.enum(LISTS), id: z.string(), change: z.enum(['added', 'dropped']) }),
  z.strictObject({
    list: z.enum(LISTS),
    id: z.string(),
    change: z.literal('changed'),
    fields: z.array(z.string()),
  }),
  z.strictObject({
    list: z.literal('plan'),
    id: z.enum(HEAD),
    change: z.literal('changed'),
    fields: z.array(z.string()),
  }),
]);
export type PlanDifference = z.infer<typeof planDifference>;

type Item = { id: string } & Record<string, unknown>;

const same = (left: unknown, right: unknown): boolean =>
  canonicalJson({ value: left ?? null }) === canonicalJson({ value: right ?? null });

const itemsIn = (plan: Plan, list: PlanList): readonly Item[] => plan[list] ?? [];

function differingFields(item: Item, before: Item): string[] {
  const fields = [...new Set([...Object.keys(item), ...Object.keys(before)])];
  return fields.filter((field) => !same(item[field], before[field]));
}

function inList(list: PlanList, plan: Plan, before: Plan): PlanDifference[] {
  const earlier = new Map(itemsIn(before, list).map((item) => [item.id, item]));
  const now = new Set(itemsIn(plan, list).map(({ id }) => id));
  const added = itemsIn(plan, list).flatMap((item): PlanDifference[] => {
    const then = earlier.get(item.id);
    if (!then) return [{ list, id: item.id, change: 'added' }];
    const fields = differingFields(item, then);
    return fields.length > 0 ? [{ list, id: item.id, change: 'changed', fields }] : [];
  });
  const dropped = itemsIn(before, list).filter(({ id }) => !now.has(id));
  return [...added, ...dropped.map(({ id }): PlanDifference => ({ list, id, change: 'dropped' }))];
}

/** In the order of the document; empty where both ask the same. Year and version do not count. */
export function planDifferences(plan: Plan, before: Plan): PlanDifference[] {
  const head = HEAD.filter((field) => !same(plan[field], before[field]));
  return [
    ...head.map((id): PlanDifference => ({ list: 'plan', id, change: 'changed', fields: [id] })),
    ...LISTS.flatMap((list) => inList(list, plan, before)),
  ];
}
