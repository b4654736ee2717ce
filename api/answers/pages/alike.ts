import type { Ask } from '#api/queries/ask.ts';
import {
  type Beside,
  besideAt,
  besidePlaces,
  type InboxFilter,
  MOST_OF_A_DAY,
  standingReports,
} from '#api/queries/inbox.ts';
import type { Progress } from '#api/ranking-cache/progress.ts';
import { calmly } from '#ingest/process/calmly.ts';
import { ALIKE, pairsIn, sharedPart } from '#schemas/sameReport.ts';
import { createByUnit, type FoundAt } from './byUnit.ts';

/** An open report of which another one of the unit, kind and day has a title that is alike. */
export type Duplicate = Pick<Beside, 'unit' | 'kind' | 'day' | 'activity' | 'fromPos'>;

export type Alike = {
  /** Those of a year, in each unit by kind, day and id. */
  at(year: number): Promise<FoundAt<Duplicate>>;
  /** Those that were alike at an earlier watermark, when others stood beside each other. */
  until(filter: InboxFilter): Promise<Duplicate[]>;
};

const YEARS_KEPT = 4;
/** So many reports beside others are looked into at a time: their titles are not all held at once. */
const AT_ONCE = 50_000;

const cellOf = ({ kind, day }: Beside): string => JSON.stringify([kind, day]);
const keyOf = ({ kind, day, activity }: Beside): string => JSON.stringify([kind, day, activity]);

function alikeIn(cell: readonly Beside[]): Beside[] {
  if (cell.length < 2 || cell.length > MOST_OF_A_DAY) return [];
  const pairs = cell.map(({ title }) => pairsIn(title));
  const isAlike = (one: number): boolean =>
    pairs.some((other, place) => place !== one && sharedPart(pairs[one] ?? new Set(), other) >= ALIKE);
  return cell.filter(({ open }, place) => open && isAlike(place));
}

async function alikeAmong(reports: readonly Beside[]): Promise<Duplicate[]> {
  const found: Duplicate[] = [];
  await calmly([...Map.groupBy(reports, ({ unit }) => unit).values()], (ofUnit) => {
    const cells = [...Map.groupBy(ofUnit, cellOf).values()];
    const keyed = cells.flatMap(alikeIn).map((one) => ({ one, key: keyOf(one) }));
    keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
    for (const { one } of keyed) {
      const { unit, kind, day, activity, fromPos } = one;
      found.push({ unit, kind, day, activity, fromPos });
    }
  });
  return found;
}

type Part = { units: string[]; positions: number[] };

/** Units that have no more such reports together than are looked into at a time. */
function* partsOf(places: ReadonlyMap<string, readonly number[]>): Generator<Part> {
  let part: Part = { units: [], positions: [] };
  for (const [unit, own] of places) {
    if (part.units.length > 0 && part.positions.length + own.length > AT_ONCE) {
      yield part;
      part = { units: [], positions: [] };
    }
    part.units.push(unit);
    part.positions.push(...own);
  }
  if (part.units.length > 0) yield part;
}

/** Which reports are suspected, kept unit by unit. */
export function createAlike(ask: Ask, progress: Pick<Progress, 'offsets' | 'subscribe'>): Alike {
  async function inAll(filter: InboxFilter): Promise<Duplicate[]> {
    const found: Duplicate[][] = [];
    for (const part of partsOf(await besidePlaces(ask, filter)))
      found.push(await alikeAmong(await besideAt(ask, { year: filter.year, ...part })));
    return found.flat();
  }
  const kept = createByUnit(progress, YEARS_KEPT, async (year: number, offsets, units) => {
    const filter = { snapshot: { offsets, asOf: null }, year, units };
    return units ? alikeAmong(await standingReports(ask, filter)) : inAll(filter);
  });
  return { at: (year) => kept.at(year), until: inAll };
}
