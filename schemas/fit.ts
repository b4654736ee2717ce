import type { Fault } from './admission.ts';
import type { ActivityBody } from './events.ts';
import { formsOf } from './measureTraits.ts';
import { type Measure, type Plan, SELF_INSPECTION } from './plan.ts';

/**
 * Fit: whether an activity has what a measure needs. The door refuses what does not fit the plan; since plans
 * change, fit is judged again at scoring, in the SQL of the tallies by these same conditions.
 */

/** What an activity may be asked to carry; `Partial` of a body, so that forms can ask while they are filled in. */
type Body = Pick<
  ActivityBody,
  'quantity' | 'due' | 'done' | 'members' | 'form' | 'score' | 'indicator' | 'value' | 'ledByHead'
>;

type Check<T extends Measure['type']> = (measure: Extract<Measure, { type: T }>, body: Body) => boolean;

const FITS: { [T in Measure['type']]: Check<T> } = {
  count: ({ ledByHead }, body) => !ledByHead || body.ledByHead === true,
  sum: (_, { quantity }) => quantity !== undefined && quantity >= 0,
  coverage: (_, { members }) => members !== undefined && members.length > 0,
  variety: ({ forms }, { form }) => form !== undefined && forms.includes(form),
  ratio: (_, { due, done }) => due !== undefined && done !== undefined && due >= done && done >= 0,
  target: (_, { indicator, value }) => indicator !== undefined && value !== undefined,
  milestone: () => true,
  appraisal: (_, { score }) => score !== undefined && score >= 0 && score <= 100,
};

/** Whether an activity of the measure's kind counts in it: it has what the measure needs, and was led by the head where that is asked. */
export function fitsMeasure<T extends Measure['type']>(
  measure: Extract<Measure, { type: T }>,
  body: Body,
): boolean {
  return FITS[measure.type as T](measure, body);
}

/** The kinds of activity that a plan names anywhere, in its order. */
export function kindsOf(plan: Plan): string[] {
  const conditions = plan.conditions.filter(({ kind }) => kind !== SELF_INSPECTION);
  const items = [...plan.requirements, ...plan.deductions, ...plan.vetoes, ...conditions];
  return [...new Set(items.map(({ kind }) => kind))];
}

/** What a kind of activity is asked for, all its measures together. */
type Asked = { measures: readonly Measure[]; forms: readonly string[] };

function askedOf(plan: Plan): ReadonlyMap<string, Asked> {
  const asked = new Map<string, Asked>();
  for (const kind of kindsOf(plan)) {
    const own = plan.requirements.filter((requirement) => requirement.kind === kind);
    const forms = own.flatMap(({ measure }) => formsOf(measure));
    // Several lists of forms for one kind are one list: a form counts in the measures that list it.
    const measures = own.map(({ measure }) => ('forms' in measure ? { ...measure, forms } : measure));
    asked.set(kind, { measures, forms: [...new Set(forms)] });
  }
  return asked;
}

/** By plan, which nobody changes: a door asks the same one for every activity, thousands of times a second. */
const known = new WeakMap<Plan, ReadonlyMap<string, Asked>>();

function askedBy(plan: Plan): ReadonlyMap<string, Asked> {
  const asked = known.get(plan) ?? askedOf(plan);
  known.set(plan, asked);
  return asked;
}

const missing = (field: string, what: string): Fault => ({ field: `data.${field}`, message: what });

function ratioFaults({ due, done }: Body): Fault[] {
  const faults: Fault[] = [];
  if (due === undefined) faults.push(missing('due', 'is missing: how many were due (0 or more)'));
  if (done === undefined) faults.push(missing('done', 'is missing: how many of those due were done'));
  if (done !== undefined && done < 0) faults.push(missing('done', `must be 0 or more, not ${done}`));
  if (due !== undefined && done !== undefined && due < done)
    faults.push(missing('due', `must be at least the number done (${done}), not ${due}`));
  return faults;
}

function targetFaults({ indicator, value }: Body): Fault[] {
  const faults: Fault[] = [];
  if (indicator === undefined)
    faults.push(missing('indicator', 'is missing: the indicator whose value is reported'));
  if (value === undefined)
    faults.push(missing('value', 'is missing: the value that the indicator has reached'));
  return faults;
}

function rangeFaults(field: 'quantity' | 'score', value: number | undefined, range: string): Fault[] {
  return [missing(field, value === undefined ? `is missing: ${range}` : `must be ${range}, not ${value}`)];
}

/** What is wrong where a body does not fit; a count led by someone else is no fault, it counts elsewhere or not. */
const FAULTS: Record<Measure['type'], (body: Body, forms: readonly string[]) => Fault[]> = {
  count: () => [],
  milestone: () => [],
  sum: ({ quantity }) => rangeFaults('quantity', quantity, 'a number of 0 or more'),
  coverage: () => [missing('members', 'is missing: the ids of the members that it covers, at least one')],
  variety: ({ form }, forms) => [
    missing(
      'form',
      `${form === undefined ? 'is missing: ' : `is "${form}"; must be `}one of ${forms.join(', ')}`,
    ),
  ],
  ratio: ratioFaults,
  target: targetFaults,
  appraisal: ({ score }) => rangeFaults('score', score, 'a number from 0 to 100'),
};

/** Whether an activity lacks what a measure of its kind needs. A count led by someone else lacks nothing. */
export const lacks = (measure: Measure, body: Body): boolean =>
  !fitsMeasure(measure, body) && FAULTS[measure.type](body, formsOf(measure)).length > 0;

/**
 * Why an activity does not fit a plan: its kind is not named there, or a measure of the kind lacks what it needs.
 * Empty = it fits.
 */
export function misfits(plan: Plan, body: Body & { kind: string }): Fault[] {
  const kinds = askedBy(plan);
  const asked = kinds.get(body.kind);
  if (!asked)
    return [
      {
        field: 'data.kind',
        message: `"${body.kind}" is no kind of the plan for ${plan.year}; it has ${[...kinds.keys()].join(', ')}`,
      },
    ];
  const faults = new Map<string, Fault>();
  for (const measure of asked.measures) {
    if (fitsMeasure(measure, body)) continue;
    for (const fault of FAULTS[measure.type](body, asked.forms)) faults.set(fault.field, fault);
  }
  return [...faults.values()];
}
