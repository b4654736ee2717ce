import type { ActivityBody } from './events.ts';
import { kindsOf } from './fit.ts';
import { formsOf } from './measureTraits.ts';
import { incidentKinds, type Measure, type Plan } from './plan.ts';

/** Which fields a report has, by its kind. A form asks for these and for nothing else. */

/** What a measure may read of a report; day, title, note and evidence every report may have. */
export const ASKED_FIELDS = [
  'form',
  'quantity',
  'due',
  'done',
  'members',
  'score',
  'indicator',
  'value',
  'ledByHead',
] as const satisfies readonly (keyof ActivityBody)[];
export type AskedField = (typeof ASKED_FIELDS)[number];

type Of<T extends Measure['type']> = Extract<Measure, { type: T }>;

/** What each type of measure reads: the same rule as `fitsMeasure`, which says whether it is there. */
const READS: { [T in Measure['type']]: (measure: Of<T>) => readonly AskedField[] } = {
  count: ({ ledByHead }) => (ledByHead ? ['ledByHead'] : []),
  sum: () => ['quantity'],
  coverage: () => ['members'],
  variety: () => ['form'],
  ratio: () => ['due', 'done'],
  target: () => ['indicator', 'value'],
  milestone: () => [],
  appraisal: () => ['score'],
};

/** The fields of a report that a measure reads. */
export const readsOf = <T extends Measure['type']>(measure: Of<T>): readonly AskedField[] =>
  READS[measure.type as T](measure);

/** What the form of a kind has: its fields in the order of a form, and the forms to choose from. */
export type Asked = { kind: string; fields: readonly AskedField[]; forms: readonly string[] };

/** What a plan asks of a report of a kind, all measures that name the kind together. */
export function askedOf({ requirements }: Pick<Plan, 'requirements'>, kind: string): Asked {
  const measures = requirements.filter((one) => one.kind === kind).map(({ measure }) => measure);
  const read = new Set(measures.flatMap((measure) => readsOf(measure)));
  return {
    kind,
    fields: ASKED_FIELDS.filter((field) => read.has(field)),
    forms: [...new Set(measures.flatMap((measure) => formsOf(measure)))],
  };
}

/** The kinds that a unit reports, in plan order: incidents are the department's to record. */
export function reportableKinds(plan: Plan): string[] {
  const incidents = new Set(incidentKinds(plan));
  return kindsOf(plan).filter((kind) => !incidents.has(kind));
}

/** A report without what its kind does not ask: what was typed for another kind is not sent with this one. */
export function onlyAsked(asked: Asked, body: ActivityBody): ActivityBody {
  const kept = { ...body };
  for (const field of ASKED_FIELDS) if (!asked.fields.includes(field)) delete kept[field];
  return kept;
}
