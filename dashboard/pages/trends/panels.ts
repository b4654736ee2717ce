import type { Plan } from '#schemas/plan.ts';
import { markSpots } from '#schemas/presentation/answers/marks.ts';
import { placesOf, type YearMove } from '#schemas/presentation/answers/overYear.ts';
import { typeTokens } from '#schemas/presentation/palette.ts';
import type { History } from '#schemas/results/history.ts';
import type { Panel } from '../../charts/multiples.ts';
import { nameSearch } from '../../finder/spelling.ts';

/** A unit of the year, with where it stood on the day compared with and on the last one. */
export type YearUnit = YearMove & { group: string; ranks: readonly (number | null)[] };

export const ORDERS = ['rank', 'rose', 'fell', 'name'] as const;
export type TrendOrder = (typeof ORDERS)[number];
export const orderOf = (text: string | null): TrendOrder => ORDERS.find((one) => one === text) ?? 'rank';

/** The day to compare with: the last month's end by then; the first of all where none is. */
export function beginOf(days: readonly string[], from: string | null): number {
  const by = from === null ? -1 : days.findLastIndex((day) => day <= from);
  return by < 0 || by === days.length - 1 ? 0 : by;
}

export const unitsOf = ({ units, names, groups, ranks }: History, begin: number): YearUnit[] =>
  units.map((unit, place) => {
    const own = ranks[place] ?? [];
    return {
      unit,
      name: names[place] ?? unit,
      group: groups[place] ?? '',
      ranks: own,
      from: own[begin] ?? null,
      to: own.at(-1) ?? null,
    };
  });

type Wanted = { group: string | null; search: string | null; order: TrendOrder };

const collator = new Intl.Collator('zh-CN', { numeric: true });

/** Units without a rank at one of the times come last where places are what they stand in the order of. */
export function selectUnits(units: readonly YearUnit[], { group, search, order }: Wanted): YearUnit[] {
  const kept = units.filter(
    ({ unit, name, group: own }) =>
      (group === null || own === group) && (search === null || nameSearch.value([name, unit], search)),
  );
  if (order === 'rank') return kept;
  if (order === 'name') return kept.sort((a, b) => collator.compare(a.name, b.name));
  const sign = order === 'rose' ? -1 : 1;
  const key = (unit: YearUnit): number => {
    const places = placesOf(unit);
    return places === null ? Number.POSITIVE_INFINITY : sign * places;
  };
  return kept.sort((a, b) => (key(a) === key(b) ? 0 : key(a) - key(b)));
}

/** The panels of some units, as far as their scores have come. */
export function panelsOf(
  shown: readonly YearUnit[],
  found: History | undefined,
  plan: Pick<Plan, 'criteria'>,
  told: (unit: YearUnit, total: number | null) => string,
): Panel[] {
  const detail = found?.detail;
  if (!found || !detail) return [];
  const placeOf = new Map(found.units.map((unit, place) => [unit, place]));
  const tokens = typeTokens(plan.criteria.map(({ id }) => id));
  return shown.flatMap((one): Panel[] => {
    const place = placeOf.get(one.unit);
    if (place === undefined) return [];
    const totals = detail.totals[place] ?? [];
    const own = detail.marks.filter(({ unit }) => unit === null || unit === one.unit);
    return [
      {
        unit: one.unit,
        name: one.name,
        told: told(one, totals.at(-1) ?? null),
        totals,
        types: plan.criteria.map(({ id }) => ({
          id,
          token: tokens.get(id) ?? 'type-8',
          scores: Object.hasOwn(detail.criteria, id) ? (detail.criteria[id]?.[place] ?? []) : [],
        })),
        spots: markSpots(own, found.days, 'now'),
      },
    ];
  });
}
