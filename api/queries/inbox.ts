import { z } from 'zod';
import { readNative } from '#ingest/clickhouse-native/read.ts';
import type { Offsets } from '#schemas/position.ts';
import { type InboxKind, LATE_DAYS } from '#schemas/results/inbox.ts';
import { LISTED, ROW_BYTES } from './activities.ts';
import type { Ask, Params } from './ask.ts';
import { type Snapshot, versionsBy, versionsIn } from './snapshot.ts';

/** Which of a year's activities are looked at. */
export type InboxFilter = {
  snapshot: Snapshot;
  year: number;
  /** Only these units; all of them where it is undefined. */
  units?: readonly string[] | undefined;
  /** What came later is left alone. */
  until?: Offsets | undefined;
};

/** The chain of conditions that all questions share, and what they bind. */
function scopeOf({ snapshot, year, units, until }: InboxFilter): { sql: string; params: Params } {
  const { sql, params } = versionsIn(snapshot);
  const began = until ? versionsBy(until) : undefined;
  const conditions = [
    'year = {year:UInt16}',
    ...(units ? ['unit IN {units:Array(String)}'] : []),
    `(${sql})`,
    ...(began ? [began.sql] : []),
  ];
  return {
    sql: conditions.join(' AND '),
    params: { ...params, ...began?.params, year, ...(units && { units }) },
  };
}

const OPEN = "state = 'reported' AND recordedBy = 'unit'";
const DAYS_LATE = 'intDiv(recordedFrom, 86400000) - toInt64(toInt32(occurredOn))';
const LATE = `${OPEN} AND fromPos = bodyPos AND ${DAYS_LATE} > ${LATE_DAYS}`;
const APPEALED = "appealOpen AND state != 'retracted'";

/** What one row says of itself; duplicates are told by others beside them. */
export type PlainKind = Exclude<InboxKind, 'duplicates'>;

/** In `flags` of what is open. */
export const FLAG: Record<PlainKind, number> = { verification: 1, late: 2, appeals: 4 };

const KINDS = (scope: string): string => `
  SELECT DISTINCT CAST(kind AS String) AS kind
  FROM activity_versions
  WHERE ${scope}`;
const kindOnly = z.object({ kind: z.string() });

/** The kinds that reports of a scope have, for rows that name them by their places here. */
export const kindsIn = async (ask: Ask, scope: string, params: Params): Promise<string[]> =>
  (await ask.query(kindOnly, KINDS(scope), params)).map(({ kind }) => kind);

const OPEN_ROWS = (scope: string): string => `
  SELECT unit, rows.1 AS positions, rows.2 AS flags, rows.3 AS kinds
  FROM (
    SELECT unit, arraySort(groupArray((
      fromPos,
      toUInt8(${FLAG.verification} * (${OPEN}) + ${FLAG.late} * (${LATE}) + ${FLAG.appeals} * (${APPEALED})),
      transform(kind, {kinds:Array(String)}, {kindPlaces:Array(UInt16)}, toUInt16(0))))) AS rows
    FROM activity_versions FINAL
    WHERE ${scope} AND ((${OPEN}) OR (${APPEALED}))
    GROUP BY unit)`;

/** What waits in one unit: positions ascending, what each of them is (`FLAG`), and its kind as a place among the names. */
export type OpenRows = {
  unit: string;
  positions: Float64Array;
  flags: Uint8Array;
  kinds: Uint16Array;
  kindNames: readonly string[];
};

export async function openRows(ask: Ask, filter: InboxFilter): Promise<OpenRows[]> {
  const { sql, params } = scopeOf(filter);
  const kindNames = await kindsIn(ask, sql, params);
  if (kindNames.length === 0) return [];
  const asked = { ...params, kinds: kindNames, kindPlaces: kindNames.map((_, place) => place) };
  const found: OpenRows[] = [];
  for (const block of readNative(await ask.native(OPEN_ROWS(sql), asked))) {
    const { ends, values: positions } = block.numberLists('positions');
    const [flags, kinds] = [block.numberLists('flags').values, block.numberLists('kinds').values];
    block.texts('unit').forEach((unit, row) => {
      const [from, length] = sliceAt(ends, row);
      found.push({
        unit,
        positions: copied(positions, from, new Float64Array(length)),
        flags: copied(flags, from, new Uint8Array(length)),
        kinds: copied(kinds, from, new Uint16Array(length)),
        kindNames,
      });
    });
  }
  return found;
}

/** Where a row's list begins among the values, and how long it is. */
export function sliceAt(ends: ArrayLike<number>, row: number): [from: number, length: number] {
  const from = row === 0 ? 0 : (ends[row - 1] ?? 0);
  return [from, (ends[row] ?? 0) - from];
}

/** A copy of some of the values. */
export function copied<A extends Float64Array | Uint8Array | Uint16Array>(
  values: ArrayLike<number>,
  from: number,
  into: A,
): A {
  for (let index = 0; index < into.length; index++) into[index] = values[from + index] ?? 0;
  return into;
}

/** Reports of one unit, kind and day that are held against each other: of more, none is suspected. */
export const MOST_OF_A_DAY = 200;

const STANDING = "state IN ('reported', 'verified')";

const BESIDE = `unit, CAST(kind AS String) AS kind, toString(occurredOn) AS day, activity, title, fromPos,
    toUInt8(${OPEN}) AS open`;

const STANDING_ROWS = (scope: string): string => `
  SELECT ${BESIDE}
  FROM activity_versions FINAL
  WHERE ${scope} AND ${STANDING}`;

const CELL = 'cityHash64(unit, kind, occurredOn)';

/**
 * Of days with several of one kind in a unit: the only ones that may be alike. Most days have one alone, so that counting
 * by a short digest first, which may take some days too many, costs a third of grouping all of them.
 */
const BESIDE_PLACES = (scope: string): string => `
  SELECT unit, groupArrayArray(places) AS positions
  FROM (
    SELECT unit, groupArray(fromPos) AS places
    FROM activity_versions FINAL
    WHERE ${scope} AND ${STANDING} AND ${CELL} IN (
      SELECT ${CELL} AS cell
      FROM activity_versions FINAL
      WHERE ${scope} AND ${STANDING}
      GROUP BY cell
      HAVING count() > 1)
    GROUP BY unit, kind, occurredOn
    HAVING count() BETWEEN 2 AND ${MOST_OF_A_DAY} AND countIf(${OPEN}) > 0)
  GROUP BY unit`;

/** Found with their places, and without FINAL as in `AT` below. */
const BESIDE_ROWS = `
  SELECT ${BESIDE}
  FROM activity_versions
  WHERE year = {year:UInt16} AND unit IN {units:Array(String)} AND fromPos IN {positions:Array(UInt64)}
  LIMIT 1 BY fromPos`;

export type Beside = {
  unit: string;
  kind: string;
  day: string;
  activity: string;
  title: string;
  fromPos: number;
  open: boolean;
};

function besideIn(bytes: Buffer): Beside[] {
  const found: Beside[] = [];
  for (const block of readNative(bytes)) {
    const [kinds, days] = [block.texts('kind'), block.texts('day')];
    const [activities, titles] = [block.texts('activity'), block.texts('title')];
    const [positions, open] = [block.numbers('fromPos'), block.numbers('open')];
    block.texts('unit').forEach((unit, row) => {
      found.push({
        unit,
        kind: kinds[row] ?? '',
        day: days[row] ?? '',
        activity: activities[row] ?? '',
        title: titles[row] ?? '',
        fromPos: positions[row] ?? 0,
        open: open[row] === 1,
      });
    });
  }
  return found;
}

/** All reports that stand: for a few units, of which it is found sooner than what stands beside others. */
export async function standingReports(ask: Ask, filter: InboxFilter): Promise<Beside[]> {
  const { sql, params } = scopeOf(filter);
  return besideIn(await ask.native(STANDING_ROWS(sql), params));
}

/** Where reports are that stand beside others, by unit. */
export async function besidePlaces(ask: Ask, filter: InboxFilter): Promise<Map<string, number[]>> {
  const { sql, params } = scopeOf(filter);
  const places = new Map<string, number[]>();
  for (const block of readNative(await ask.native(BESIDE_PLACES(sql), params))) {
    const { ends, values } = block.numberLists('positions');
    block.texts('unit').forEach((unit, row) => {
      const [from, length] = sliceAt(ends, row);
      places.set(unit, [...copied(values, from, new Float64Array(length))]);
    });
  }
  return places;
}

export const besideAt = async (
  ask: Ask,
  asked: { year: number; units: readonly string[]; positions: readonly number[] },
): Promise<Beside[]> => besideIn(await ask.native(BESIDE_ROWS, asked));

/** Where a row is found. */
type Place = { fromPos: number; unit: string };

/**
 * That they stand was found with their places. A version that was closed meanwhile is there twice until it is merged, with
 * the same in every column that is read here, so that one of the two will do: FINAL would read what is long of all units.
 */
const AT = `
  FROM activity_versions
  WHERE year = {year:UInt16} AND unit IN {units:Array(String)} AND fromPos IN {positions:Array(UInt64)}
  ORDER BY indexOf({positions:Array(UInt64)}, fromPos)
  LIMIT 1 BY fromPos`;
const SIZES = `SELECT fromPos, ${ROW_BYTES} AS bytes ${AT}`;
const size = z.object({ fromPos: z.int(), bytes: z.int() });

const ROWS = `
  SELECT ${LISTED.columns}, recordedFrom, if(fromPos = bodyPos, ${DAYS_LATE}, NULL) AS daysLate ${AT}`;

export const inboxRow = z.object({
  ...LISTED.shape,
  recordedFrom: z.int(),
  daysLate: z.int().nullable(),
});
export type InboxRow = z.infer<typeof inboxRow>;

type At = { year: number; places: readonly Place[] };

const at = ({ year, places }: At): Params => ({
  year,
  units: [...new Set(places.map(({ unit }) => unit))],
  positions: places.map(({ fromPos }) => fromPos),
});

/** How large rows at some places are, by their position. */
export async function rowSizes(ask: Ask, asked: At): Promise<Map<number, number>> {
  const rows = asked.places.length === 0 ? [] : await ask.query(size, SIZES, at(asked));
  return new Map(rows.map(({ fromPos, bytes }) => [fromPos, bytes]));
}

export const rowsAt = async (ask: Ask, asked: At): Promise<InboxRow[]> =>
  asked.places.length === 0 ? [] : ask.query(inboxRow, ROWS, at(asked));

/** So many are read for a page; of what is alike nobody reads more. */
const SIBLINGS_READ = 20_000;

/** What stands on a unit's day beside a report, to be held against it. */
const SIBLINGS = (conditions: string): string => `
  SELECT unit, CAST(kind AS String) AS kind, toString(occurredOn) AS day, activity, title, CAST(state AS String) AS state
  FROM activity_versions FINAL
  WHERE year = {year:UInt16} AND unit IN {units:Array(String)} AND state IN ('reported', 'verified')
    AND (unit, CAST(kind AS String), toString(occurredOn)) IN (
      SELECT cell.1, cell.2, cell.3
      FROM (SELECT arrayJoin(arrayZip({units:Array(String)}, {kinds:Array(String)}, {days:Array(String)})) AS cell))
    AND ${conditions}
  ORDER BY fromPos
  LIMIT ${SIBLINGS_READ}`;
const sibling = z.object({
  unit: z.string(),
  kind: z.string(),
  day: z.string(),
  activity: z.string(),
  title: z.string(),
  state: z.enum(['reported', 'verified']),
});
export type Sibling = z.infer<typeof sibling>;

export async function siblingsOf(
  ask: Ask,
  { snapshot, year, rows }: { snapshot: Snapshot; year: number; rows: readonly InboxRow[] },
): Promise<Sibling[]> {
  if (rows.length === 0) return [];
  const { sql, params } = versionsIn(snapshot);
  return ask.query(sibling, SIBLINGS(sql), {
    ...params,
    year,
    units: rows.map(({ unit }) => unit),
    kinds: rows.map(({ kind }) => kind),
    days: rows.map(({ day }) => day),
  });
}
