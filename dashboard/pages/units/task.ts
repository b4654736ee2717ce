import { termNamed } from '#schemas/presentation/terms.ts';
import { type UnitStep, unitSteps } from '#schemas/results/register.ts';
import type { UnitRow } from '#schemas/results/results.ts';

/** What the department is about to do with a unit, and the steps of the order that it makes. */

export type UnitTask =
  | { do: 'register' }
  /** `to`: values that the form begins with in place of those that stand. */
  | { do: 'change'; unit: UnitRow; to?: Partial<UnitFields> }
  | { do: 'close'; unit: UnitRow }
  | { do: 'merge'; stays?: UnitRow };

/** As a form holds them. */
export type UnitFields = {
  unit: string;
  name: string;
  group: string;
  teamSize: number | '';
  head: string;
  since: string;
};

export const noFields = (): UnitFields => ({
  unit: '',
  name: '',
  group: '',
  teamSize: '',
  head: '',
  since: '',
});

/** Groups are shown by their names, and may be written by them. */
export const fieldsOf = (unit: UnitRow, term: (id: string) => string): UnitFields => ({
  unit: unit.unit,
  name: unit.name,
  group: term(unit.group),
  teamSize: unit.teamSize,
  head: unit.head,
  since: unit.since ?? '',
});

type Facts = Omit<UnitFields, 'unit' | 'teamSize' | 'since'> & { teamSize: number; since?: string };

const factsOf = ({ name, group, teamSize, head, since }: UnitFields): Facts => ({
  name: name.trim(),
  group: termNamed(group.trim()) ?? group.trim(),
  teamSize: Number(teamSize),
  head: head.trim(),
  ...(since && { since }),
});

/** Only what is another now, so that two who change different things do not undo each other. */
function changeOf(unit: UnitRow, fields: UnitFields): UnitStep | null {
  const given = Object.entries(factsOf(fields)).filter(
    ([field, value]) => value !== (unit as Record<string, unknown>)[field],
  );
  return given.length ? ({ do: 'change', unit: unit.unit, ...Object.fromEntries(given) } as UnitStep) : null;
}

export type Closing = { on: string; reason: string };

/** The steps that a filled-in form asks for; empty where nothing is changed, null while something is missing. */
export function stepsOf(
  task: UnitTask,
  fields: UnitFields,
  closing: Closing,
  goes: UnitRow | undefined,
  stays: UnitRow | undefined,
): UnitStep[] | null {
  const steps: (UnitStep | null)[] = [];
  if (task.do === 'register') steps.push({ do: 'register', unit: fields.unit.trim(), ...factsOf(fields) });
  if (task.do === 'change') steps.push(changeOf(task.unit, fields));
  if (task.do === 'close') steps.push({ do: 'close', unit: task.unit.unit, ...closing });
  if (task.do === 'merge') {
    if (!goes || !stays || goes.unit === stays.unit) return null;
    steps.push(changeOf(stays, fields), { do: 'close', unit: goes.unit, ...closing });
  }
  const wanted = steps.filter((step) => step !== null);
  return wanted.length === 0 || unitSteps.safeParse(wanted).success ? wanted : null;
}
