import type { Ask } from '#api/queries/ask.ts';
import { type Beside, type InboxFilter, MOST_OF_A_DAY, standingReports } from '#api/queries/inbox.ts';
import type { Progress } from '#api/ranking-cache/progress.ts';
import { calmly } from '#ingest/process/calmly.ts';
import { ALIKE, pairsIn, sharedPart } from '#schemas/sameReport.ts';
import { createByUnit, type FoundAt } from './byUnit.ts';
import type { Waiting } from './waiting.ts';

/** An open report of which another one of the unit, kind and day has a title that is alike. */
export type Duplicate = Pick<Beside, 'unit' | 'kind' | 'day' | 'activity' | 'fromPos'>;

export type Alike = {
  /** Those of a year, in each unit by kind, day and id. */
  at(year: number): Promise<FoundAt<Duplicate>>;
  /** Those that were alike at an earlier watermark, when others stood beside each other. */
  until(filter: InboxFilter): Promise<Duplicate[]>;
};

const YEARS_KEPT = 4;
/** So many open reports are looked into at a time: their titles are not all held at once. */
const AT_ONCE = 20_000;

const cellOf = ({ kind, day }: Beside): string => JSON.stringify([kind, day]);
const keyOf = ({ kind, day, activity }: Beside): string => JSON.stringify([kind, day, activity]);

function alikeIn(cell: readonly Beside[]): Beside[] {
  if (cell.length < 2 || cell.length > MOST_OF_A_DAY) return [];
  const pairs = cell.map(({ title }) => pairsIn(title));
  const isAlike = (one: number): boolean =>
    pairs.some((other, place) => place !== one && sharedPart(pairs[one] ?? new Set(), other) >= ALIKE);
  return cell.filter(({ open }, place) => open && isAlike(place));
}

async function alikeOf(ask: Ask, filter: InboxFilter, few: boolean): Promise<Duplicate[]> {
  const found: Duplicate[] = [];
  const units = Map.groupBy(await standingReports(ask, filter, few), ({ unit }) => unit);
  await calmly([...units.values()], (reports) => {
    const cells = [...Map.groupBy(reports, cellOf).values()];
    const keyed = cells.flatMap(alikeIn).map((one) => ({ one, key: keyOf(one) }));
    keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
    for (const { one } of keyed) {
      const { unit, kind, day, activity, fromPos } = one;
      found.push({ unit, kind, day, activity, fromPos });
    }
  });
  return found;
}

/** Lists of units that have no more open reports together than are looked into at a time. */
function* partsOf(counts: ReadonlyMap<string, number>): Generator<string[]> {
  let [part, sum]: [string[], number] = [[], 0];
  for (const [unit, count] of counts) {
    if (part.length > 0 && sum + count > AT_ONCE) {
      yield part;
      [part, sum] = [[], 0];
    }
    part.push(unit);
    sum += count;
  }
  if (part.length > 0) yield part;
}

/** Which reports are suspected, kept unit by unit. */
export function createAlike(
  ask: Ask,
  progress: Pick<Progress, 'offsets' | 'subscribe'>,
  waiting: Waiting,
): Alike {
  async function inAll(filter: InboxFilter): Promise<Duplicate[]> {
    const { byUnit } = await waiting.at(filter.year);
    const counts = new Map(
      [...byUnit].map(([unit, rows]) => [unit, rows.reduce((sum, { flags }) => sum + flags.length, 0)]),
    );
    const found: Duplicate[][] = [];
    for (const units of partsOf(counts)) found.push(await alikeOf(ask, { ...filter, units }, false));
    return found.flat();
  }
  const kept = createByUnit(progress, YEARS_KEPT, (year: number, offsets, units) => {
    const filter = { snapshot: { offsets, asOf: null }, year, units };
    return units ? alikeOf(ask, filter, true) : inAll(filter);
  });
  return {
    at: (year) => kept.at(year),
    until: (filter) => (filter.units ? alikeOf(ask, filter, false) : inAll(filter)),
  };
}
