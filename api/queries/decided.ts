import { readNative } from '#ingest/clickhouse-native/read.ts';
import type { Ask } from './ask.ts';
import { copied, kindsIn, sliceAt } from './inbox.ts';
import { type Snapshot, versionsUpTo } from './snapshot.ts';

/** What a decision made of an activity: verified or rejected it, or decided an appeal; no body began there. */
const DECIDED = `fromPos != bodyPos AND NOT appealOpen
    AND (state IN ('verified', 'rejected') OR (state = 'reported' AND waived))`;

/** Places alone, from narrow columns; a version that was closed meanwhile is there twice until it is merged. */
const PLACES = (scope: string): string => `
  SELECT unit, places.1 AS times, places.2 AS positions, places.3 AS kinds
  FROM (
    SELECT unit, arraySort(groupUniqArray((
      toUInt64(recordedFrom), fromPos,
      transform(kind, {kinds:Array(String)}, {kindPlaces:Array(UInt16)}, toUInt16(0))))) AS places
    FROM activity_versions
    WHERE ${scope} AND ${DECIDED}
    GROUP BY unit)`;

/** The decisions on one unit's reports, by their time and then their position, ascending; kinds as places among the names. */
export type DecidedRows = {
  unit: string;
  times: Float64Array;
  positions: Float64Array;
  kinds: Uint16Array;
  kindNames: readonly string[];
};

/** Where decisions were made in a year, of some units or of all. */
export async function decidedRows(
  ask: Ask,
  { snapshot, year, units }: { snapshot: Snapshot; year: number; units: readonly string[] | undefined },
): Promise<DecidedRows[]> {
  const { sql, params } = versionsUpTo(snapshot);
  const scope = `year = {year:UInt16} AND ${units ? 'unit IN {units:Array(String)} AND ' : ''}(${sql})`;
  const asked = { ...params, year, ...(units && { units }) };
  const kindNames = await kindsIn(ask, scope, asked);
  if (kindNames.length === 0) return [];
  const bound = { ...asked, kinds: kindNames, kindPlaces: kindNames.map((_, place) => place) };
  const found: DecidedRows[] = [];
  for (const block of readNative(await ask.native(PLACES(scope), bound))) {
    const { ends, values: times } = block.numberLists('times');
    const [positions, kinds] = [block.numberLists('positions').values, block.numberLists('kinds').values];
    block.texts('unit').forEach((unit, row) => {
      const [from, length] = sliceAt(ends, row);
      found.push({
        unit,
        times: copied(times, from, new Float64Array(length)),
        positions: copied(positions, from, new Float64Array(length)),
        kinds: copied(kinds, from, new Uint16Array(length)),
        kindNames,
      });
    });
  }
  return found;
}
