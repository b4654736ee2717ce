import { dayNumber } from './dates.ts';
import type { ActivityBody } from './events.ts';
import { add, shrink } from './exact.ts';
import { fitsMeasure } from './fit.ts';
import { micros } from './numbers.ts';
import { type Cells, FACETS, type Facet, type Layout, type UnitTally, type Whole } from './tallies.ts';

/**
 * A unit's tally with other reports of some kinds: what the store would tally if they were in the stream. The store
 * tallies all units in one scan (`api/queries/tallies.ts`); this looks at the reports of one unit, one by one, so that
 * it can be asked what a report would bring before it is sent. Tests hold the two to each other.
 */

/** A report as it is tallied. */
export type Report = {
  body: Omit<ActivityBody, 'title'>;
  /** Whether it counts in measures, as the plan counts. */
  counts: boolean;
  /** Whether it stands as an incident. */
  stands: boolean;
};

type Body = Report['body'];
type Tally = (bodies: readonly Body[], cells: Cells) => Whole[];

const sumOf = (amounts: readonly (number | undefined)[]): Whole =>
  amounts.reduce<Whole>((sum, amount) => add(sum, shrink(micros(amount ?? 0))), 0);

const windowOf = ({ occurredOn }: Body, windows: number): number =>
  Math.floor(((Number(occurredOn.slice(5, 7)) - 1) * windows) / 12);

const perWindow =
  (tallied: (bodies: readonly Body[]) => Whole): Tally =>
  (bodies, { length }) => {
    const windows = Map.groupBy(bodies, (body) => windowOf(body, length));
    return Array.from({ length }, (_, window) => tallied(windows.get(window) ?? []));
  };

const isRatio = (body: Body): boolean => fitsMeasure({ type: 'ratio', whenNone: 'zero' }, body);
const isScored = (body: Body): boolean => fitsMeasure({ type: 'appraisal', whenNone: 'zero' }, body);
const isSum = (body: Body): boolean => fitsMeasure({ type: 'sum', per: 'year', atLeast: 1 }, body);

const TALLIES: Record<Facet, Tally> = {
  counts: perWindow((bodies) => bodies.length),
  ledCounts: perWindow((bodies) => bodies.filter(({ ledByHead }) => ledByHead === true).length),
  sums: perWindow((bodies) => sumOf(bodies.filter(isSum).map(({ quantity }) => quantity))),
  forms: (bodies, { forms = [] }) => forms.map((form) => bodies.filter((body) => body.form === form).length),
  members: (bodies) => [new Set(bodies.flatMap(({ members }) => members ?? [])).size],
  reports: (bodies) => [bodies.filter(isRatio).length],
  dones: (bodies) => [sumOf(bodies.filter(isRatio).map(({ done }) => done))],
  dues: (bodies) => [sumOf(bodies.filter(isRatio).map(({ due }) => due))],
  scored: (bodies) => [bodies.filter(isScored).length],
  scores: (bodies) => [sumOf(bodies.filter(isScored).map(({ score }) => score))],
  firsts: (bodies) => [
    bodies.length ? Math.min(...bodies.map(({ occurredOn }) => dayNumber(occurredOn))) : 0,
  ],
  incidents: (bodies) => [bodies.length],
};

/** The greatest day, then the later in the stream. */
function latestValue(bodies: readonly Body[], indicator: string): Whole | null {
  let latest: Body | undefined;
  for (const body of bodies)
    if (body.indicator === indicator && body.value !== undefined)
      if (!latest || body.occurredOn >= latest.occurredOn) latest = body;
  return latest?.value === undefined ? null : shrink(micros(latest.value));
}

/**
 * The tally with these reports of some kinds in place of those that it was made of; all other kinds stay. Reports
 * are in the order of the stream. `until`: only what occurred by that day is seen; null = the whole year.
 */
export function retallied(
  layout: Layout,
  tally: UnitTally,
  { kinds, reports, until }: { kinds: readonly string[]; reports: readonly Report[]; until: string | null },
): UnitTally {
  const cells = [...tally.cells];
  const targets = [...tally.targets];
  for (const kind of kinds) {
    const seen = reports.filter(
      ({ body }) => body.kind === kind && (until === null || body.occurredOn <= until),
    );
    const counting = seen.filter(({ counts }) => counts).map(({ body }) => body);
    const standing = seen.filter(({ stands }) => stands).map(({ body }) => body);
    for (const facet of FACETS)
      for (const cell of layout.facets[facet].filter((one) => one.kind === kind))
        TALLIES[facet](facet === 'incidents' ? standing : counting, cell).forEach((value, index) => {
          cells[layout.offsets[facet] + cell.start + index] = value;
        });
    targets.forEach((target, index) => {
      if (target.kind === kind)
        targets[index] = { ...target, value: latestValue(counting, target.indicator) };
    });
  }
  return { ...tally, cells, targets };
}
