import { z } from 'zod';
import type { Ask } from './ask.ts';
import { type Snapshot, versionsUpTo } from './snapshot.ts';

/** What a decision made of an activity: verified or rejected it, or decided an appeal; no body began there. */
const DECIDED = `fromPos != bodyPos AND NOT appealOpen
    AND (state IN ('verified', 'rejected') OR (state = 'reported' AND waived))`;

/** Places alone, from narrow columns; a version that was closed meanwhile is there twice until it is merged. */
const PLACES = (conditions: string): string => `
  SELECT fromPos, unit, recordedFrom
  FROM activity_versions
  WHERE year = {year:UInt16}
    AND (empty({units:Array(String)}) OR has({units:Array(String)}, unit))
    AND (empty({kinds:Array(String)}) OR has({kinds:Array(String)}, kind))
    AND ${DECIDED}
    AND (recordedFrom, fromPos) < ({beforeAt:Int64}, {beforePos:UInt64})
    AND ${conditions}
  ORDER BY recordedFrom DESC, fromPos DESC
  LIMIT 1 BY fromPos
  LIMIT {limit:UInt32}`;

const decidedPlace = z.object({ fromPos: z.int(), unit: z.string(), recordedFrom: z.int() });
export type DecidedPlace = z.infer<typeof decidedPlace>;

export type DecidedFilter = {
  snapshot: Snapshot;
  year: number;
  /** Only these; all of them where it is undefined. */
  units?: readonly string[] | undefined;
  kinds?: readonly string[] | undefined;
};

/** No unit and no kind has an empty name: a list that asks for none finds none. */
const NONE = [''];
const listOf = (asked: readonly string[] | undefined): readonly string[] =>
  (asked && (asked.length > 0 ? asked : NONE)) || [];

/** Where decisions were made, the latest first, behind one of them where `before` names it. */
export async function decidedPlaces(
  ask: Ask,
  { snapshot, year, units, kinds }: DecidedFilter,
  { before, limit }: { before?: readonly [at: number, position: number] | undefined; limit: number },
): Promise<DecidedPlace[]> {
  const { sql, params } = versionsUpTo(snapshot);
  const [beforeAt, beforePos] = before ?? [Number.MAX_SAFE_INTEGER, 0];
  return ask.query(decidedPlace, PLACES(sql), {
    ...params,
    year,
    units: listOf(units),
    kinds: listOf(kinds),
    beforeAt,
    beforePos,
    limit,
  });
}
