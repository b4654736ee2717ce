import { dayNumber } from '#schemas/dates.ts';
import { micros } from '#schemas/numbers.ts';
import type { Plan } from '#schemas/plan.ts';
import { FACETS, type Facet, layoutOf } from '#schemas/tallies.ts';
import { type Life, stateAt } from './storeWorld.ts';

type Body = NonNullable<ReturnType<typeof stateAt>>;
type Cell = { counting: readonly Body[]; known: readonly Body[]; form: string | undefined };

const total = (values: readonly (number | null)[]): bigint =>
  values.reduce((sum, value) => sum + micros(value ?? 0), 0n);
const fitsRatio = ({ due, done }: Body): boolean => due !== null && done !== null && done >= 0 && due >= done;
const fitsScore = ({ score }: Body): boolean => score !== null && score >= 0 && score <= 100;

const CELLS: Record<Facet, (cell: Cell) => number | bigint> = {
  counts: ({ counting }) => counting.length,
  ledCounts: ({ counting }) => counting.filter(({ ledByHead }) => ledByHead).length,
  sums: ({ counting }) => total(counting.map(({ quantity }) => Math.max(quantity ?? 0, 0))),
  forms: ({ counting, form }) => counting.filter((body) => body.form === form).length,
  members: ({ counting }) => new Set(counting.flatMap(({ members }) => members)).size,
  reports: ({ counting }) => counting.filter(fitsRatio).length,
  dones: ({ counting }) => total(counting.filter(fitsRatio).map(({ done }) => done)),
  dues: ({ counting }) => total(counting.filter(fitsRatio).map(({ due }) => due)),
  scored: ({ counting }) => counting.filter(fitsScore).length,
  scores: ({ counting }) => total(counting.filter(fitsScore).map(({ score }) => score)),
  firsts: ({ counting }) =>
    counting.length === 0 ? 0 : Math.min(...counting.map(({ occurredOn }) => dayNumber(occurredOn))),
  incidents: ({ known }) => known.filter(({ state, waived }) => state !== 'rejected' && !waived).length,
};

const counts = ({ state }: Body, plan: Plan): boolean =>
  state === 'verified' || (plan.counts === 'reported' && state === 'reported');

export type View = { plan: Plan; position: number; asOf: number | null; on: string | null };

/** What stands of a unit's activities in a view: not retracted, and not after its day. */
export const knownOf = (lives: readonly Life[], unit: string, { position, asOf, on }: View): Body[] =>
  lives
    .filter((life) => life.unit === unit)
    .flatMap((life) => stateAt(life, position, asOf) ?? [])
    .filter(({ state, occurredOn }) => state !== 'retracted' && (on === null || occurredOn <= on));

/** The cells of a unit, each counted by itself from the bodies. */
export function slowCells(lives: readonly Life[], unit: string, view: View): bigint[] {
  const { facets } = layoutOf(view.plan);
  const known = knownOf(lives, unit, view);
  return FACETS.flatMap((facet) =>
    facets[facet].flatMap(({ kind, length, forms }) =>
      Array.from({ length }, (_, index) => {
        const inWindow = ({ occurredOn }: Body): boolean =>
          forms !== undefined || Math.floor(((Number(occurredOn.slice(5, 7)) - 1) * length) / 12) === index;
        const own = known.filter((body) => body.kind === kind && inWindow(body));
        const counting = own.filter((body) => counts(body, view.plan));
        return BigInt(CELLS[facet]({ counting, known: own, form: forms?.[index] }));
      }),
    ),
  );
}

/** The latest value of an indicator in millionths, or null. */
export function slowLatest(
  lives: readonly Life[],
  { unit, kind, indicator }: { unit: string; kind: string; indicator: string },
  view: View,
): bigint | null {
  const [latest] = knownOf(lives, unit, view)
    .filter((body) => body.kind === kind && body.indicator === indicator && body.value !== null)
    .filter((body) => counts(body, view.plan))
    .sort((a, b) =>
      a.occurredOn === b.occurredOn ? b.bodyPos - a.bodyPos : a.occurredOn < b.occurredOn ? 1 : -1,
    );
  return latest ? micros(latest.value ?? 0) : null;
}
