import { dayNumber } from '#schemas/dates.ts';
import type { ActivityBody } from '#schemas/events.ts';
import { micros } from '#schemas/numbers.ts';
import type { Plan } from '#schemas/plan.ts';
import {
  type Cells,
  type Facet,
  layoutOf,
  type TargetTally,
  type UnitTally,
  type Whole,
} from '#schemas/tallies.ts';

/** An activity as scoring sees it. Unless said otherwise it counts, and is an incident where its kind is one. */
export type Deed = Partial<ActivityBody> & {
  kind: string;
  occurredOn: string;
  counts?: boolean;
  incident?: boolean;
};

type Tally = (deeds: readonly Deed[], cells: Cells) => Whole[];

const total = (values: readonly (number | undefined)[]): bigint =>
  values.reduce<bigint>((sum, value) => sum + micros(value ?? 0), 0n);

const perWindow =
  (measured: (deeds: readonly Deed[]) => Whole): Tally =>
  (deeds, { length }) =>
    Array.from({ length }, (_, index) =>
      measured(
        deeds.filter(
          ({ occurredOn }) => Math.floor(((Number(occurredOn.slice(5, 7)) - 1) / 12) * length) === index,
        ),
      ),
    );

const proper = ({ due, done }: Deed) => due !== undefined && done !== undefined && due >= done && done >= 0;
const scored = ({ score }: Deed) => score !== undefined && score >= 0 && score <= 100;

const TALLIES: Record<Facet, Tally> = {
  counts: perWindow((deeds) => deeds.length),
  ledCounts: perWindow((deeds) => deeds.filter(({ ledByHead }) => ledByHead).length),
  sums: perWindow((deeds) => total(deeds.map(({ quantity }) => Math.max(0, quantity ?? 0)))),
  forms: (deeds, { forms = [] }) => forms.map((form) => deeds.filter((deed) => deed.form === form).length),
  members: (deeds) => [new Set(deeds.flatMap(({ members }) => members ?? [])).size],
  reports: (deeds) => [deeds.filter(proper).length],
  dones: (deeds) => [total(deeds.filter(proper).map(({ done }) => done))],
  dues: (deeds) => [total(deeds.filter(proper).map(({ due }) => due))],
  scored: (deeds) => [deeds.filter(scored).length],
  scores: (deeds) => [total(deeds.filter(scored).map(({ score }) => score))],
  firsts: (deeds) => {
    const days = deeds.map(({ occurredOn }) => dayNumber(occurredOn));
    return [days.length ? Math.min(...days) : 0];
  },
  incidents: (deeds) => [deeds.length],
};

export type Target = Omit<TargetTally, 'kind' | 'target' | 'value'> & { target: number };

/** Later deeds of one day stand later in the stream. */
function latestValue(deeds: readonly Deed[], kind: string, indicator: string): Whole | null {
  const reports = deeds
    .filter((deed) => deed.kind === kind && deed.indicator === indicator && deed.value !== undefined)
    .sort((a, b) => (a.occurredOn < b.occurredOn ? -1 : a.occurredOn > b.occurredOn ? 1 : 0));
  const value = reports.at(-1)?.value;
  return value === undefined ? null : micros(value);
}

type Subject = Partial<Omit<UnitTally, 'cells' | 'targets'>> & { targets?: readonly Target[] };

/** Reduces deeds to the tally of a unit as the store does, one plain look a cell; only those up to `on`, if given. */
export function tallyOf(plan: Plan, all: readonly Deed[], unit: Subject = {}, on = '9999'): UnitTally {
  const layout = layoutOf(plan);
  const seen = all.filter(({ occurredOn }) => occurredOn <= on);
  const counting = seen.filter(({ counts }) => counts !== false);
  const incidents = seen.filter(({ incident }) => incident !== false);
  const cells = (Object.keys(layout.facets) as Facet[]).flatMap((facet) =>
    layout.facets[facet].flatMap((cell) => {
      const from = facet === 'incidents' ? incidents : counting;
      return TALLIES[facet](
        from.filter(({ kind }) => kind === cell.kind),
        cell,
      );
    }),
  );
  const { targets = [], ...rest } = unit;
  return {
    unit: 'u-01',
    name: 'Unit 1',
    group: 'farm',
    teamSize: 5,
    selfInspectedOn: null,
    ...rest,
    cells,
    targets: layout.targetKinds.flatMap((kind) =>
      targets.map((one) => ({
        ...one,
        kind,
        target: micros(one.target),
        value: latestValue(counting, kind, one.indicator),
      })),
    ),
  };
}
