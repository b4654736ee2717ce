import type { Plan } from '#schemas/plan.ts';
import { reportableKinds } from '#schemas/reportFields.ts';
import { kindName } from '../../locales/kindName.ts';
import type { Words } from '../../locales/words.ts';

/** What can be reported, called by the requirements that it serves, under their criteria; then the conditions. */
export type KindGroup = { label: string; kinds: { kind: string; label: string }[] };

export function kindGroups(words: Words, plan: Plan): KindGroup[] {
  const kinds = reportableKinds(plan);
  const option = (kind: string) => ({ kind, label: kindName(words, plan, kind) });
  const criterionOf = (kind: string) => plan.requirements.find((one) => one.kind === kind)?.criterion;
  return [
    ...plan.criteria.map(({ id, name }) => ({
      label: words.name(name),
      kinds: kinds.filter((kind) => criterionOf(kind) === id).map(option),
    })),
    {
      label: words.say('unit.conditions'),
      kinds: kinds.filter((kind) => criterionOf(kind) === undefined).map(option),
    },
  ].filter((group) => group.kinds.length > 0);
}
