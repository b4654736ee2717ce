import { z } from 'zod';
import type { Offsets } from '#schemas/position.ts';
import { type InboxKind, LATE_DAYS } from '#schemas/results/inbox.ts';
import { ALIKE } from '#schemas/sameReport.ts';
import { LISTED, ROW_BYTES } from './activities.ts';
import type { Ask, Params } from './ask.ts';
import { fitting } from './pageBytes.ts';
import { type Snapshot, versionsBy, versionsIn } from './snapshot.ts';

/** Which of a year's activities are looked at. */
export type InboxFilter = {
  snapshot: Snapshot;
  year: number;
  /** Only these kinds; all of them where it is undefined. */
  kinds?: readonly string[] | undefined;
  unit?: string | undefined;
  /** Only these units; all of them where it is undefined. */
  units?: readonly string[] | undefined;
  group?: string | undefined;
  /** What came later is left alone. */
  until?: Offsets | undefined;
};

/** The chain of conditions that all questions share, and what they bind. */
function scopeOf({ snapshot, year, kinds, unit, units, group, until }: InboxFilter): {
  sql: string;
  params: Params;
} {
  const { sql, params } = versionsIn(snapshot);
  const began = until ? versionsBy(until) : undefined;
  const conditions = [
    'year = {year:UInt16}',
    ...(unit === undefined ? [] : ['unit = {unit:String}']),
    ...(units ? ['unit IN {units:Array(String)}'] : []),
    ...(kinds ? ['kind IN {kinds:Array(String)}'] : []),
    ...(group === undefined
      ? []
      : [`unit IN (SELECT unit FROM unit_versions FINAL WHERE \`group\` = {group:String} AND ${sql})`]),
    `(${sql})`,
    ...(began ? [began.sql] : []),
  ];
  return {
    sql: conditions.join(' AND '),
    params: {
      ...params,
      ...began?.params,
      year,
      // A list that is bound must not be empty; no activity has an empty kind.
      ...(kinds && { kinds: kinds.length ? kinds : [''] }),
      ...(unit !== undefined && { unit }),
      ...(units && { units }),
      ...(group !== undefined && { group }),
    },
  };
}

const OPEN = "state = 'reported' AND recordedBy = 'unit'";
const DAYS_LATE = 'intDiv(recordedFrom, 86400000) - toInt64(toInt32(occurredOn))';
const LATE = `${OPEN} AND fromPos = bodyPos AND ${DAYS_LATE} > ${LATE_DAYS}`;
const APPEALED = "appealOpen AND state != 'retracted'";

/** Reports of one unit, kind and day that are held against each other: of more, none is suspected. */
const MOST_OF_A_DAY = 200;

const FOLDED = "replaceRegexpAll(lowerUTF8(normalizeUTF8NFKC(title)), '[\\\\s\\\\p{P}\\\\p{S}]', '')";

/**
 * Open reports of which another one of the unit, kind and day has a title that is alike (`likeness` in
 * `schemas/sameReport.ts`). Only days with several reports are looked into, which are few.
 */
const DUPLICATES = (scope: string): string => `
  SELECT unit, CAST(kind AS String) AS kind, toString(occurredOn) AS day, one.1 AS activity, one.4 AS fromPos
  FROM (
    SELECT unit, kind, occurredOn, groupArray((activity, pairs, open, fromPos)) AS reports
    FROM (
      SELECT unit, kind, occurredOn, activity, fromPos, ${OPEN} AS open,
        if(lengthUTF8(folded) < 2, [folded], arrayDistinct(ngrams(folded, 2))) AS pairs, ${FOLDED} AS folded
      FROM activity_versions FINAL
      WHERE ${scope} AND state IN ('reported', 'verified') AND (unit, kind, occurredOn) IN (
        SELECT unit, kind, occurredOn
        FROM activity_versions FINAL
        WHERE ${scope} AND state IN ('reported', 'verified')
        GROUP BY unit, kind, occurredOn
        HAVING count() BETWEEN 2 AND ${MOST_OF_A_DAY} AND countIf(${OPEN}) > 0)
    )
    GROUP BY unit, kind, occurredOn
  )
  ARRAY JOIN reports AS one
  WHERE one.3 AND arrayExists(
    other -> other.1 != one.1
      AND 2 * length(arrayIntersect(other.2, one.2)) >= ${ALIKE} * (length(other.2) + length(one.2)),
    reports)`;

/** What one row says of itself; duplicates are told by others beside them. */
export type PlainKind = Exclude<InboxKind, 'duplicates'>;
const WANTED: Record<PlainKind, string> = { verification: OPEN, late: LATE, appeals: APPEALED };

const COUNTS = (scope: string): string => `
  SELECT countIf(${OPEN}) AS verification, countIf(${LATE}) AS late, countIf(${APPEALED}) AS appeals
  FROM activity_versions FINAL
  WHERE ${scope}`;
const counts = z.object({ verification: z.int(), late: z.int(), appeals: z.int() });

const duplicate = z.object({
  unit: z.string(),
  kind: z.string(),
  day: z.string(),
  activity: z.string(),
  fromPos: z.int(),
});
export type Duplicate = z.infer<typeof duplicate>;

/** All of them, those beside each other that are alike: there are few, and pages of them are cut from here. */
export async function duplicatesIn(ask: Ask, filter: InboxFilter): Promise<Duplicate[]> {
  const { sql, params } = scopeOf(filter);
  return ask.query(duplicate, `${DUPLICATES(sql)} ORDER BY unit, kind, day, activity`, params);
}

const COUNTS_BY_UNIT = (scope: string): string => `
  SELECT unit, countIf(${OPEN}) AS verification, countIf(${LATE}) AS late, countIf(${APPEALED}) AS appeals
  FROM activity_versions FINAL
  WHERE ${scope}
  GROUP BY unit
  HAVING verification > 0 OR appeals > 0`;
const inboxCount = z.object({ unit: z.string(), ...counts.shape });
export type InboxCount = z.infer<typeof inboxCount>;

/** How many of each there are in each unit, duplicates aside; units where nothing waits are left out. */
export async function countByUnit(ask: Ask, filter: InboxFilter): Promise<InboxCount[]> {
  const { sql, params } = scopeOf(filter);
  return ask.query(inboxCount, COUNTS_BY_UNIT(sql), params);
}

/** How many of each there are; duplicates aside. */
export async function countInbox(ask: Ask, filter: InboxFilter): Promise<z.infer<typeof counts>> {
  const { sql, params } = scopeOf(filter);
  const [counted] = await ask.query(counts, COUNTS(sql), params);
  return counted ?? { verification: 0, late: 0, appeals: 0 };
}

/** Places of a page's rows in narrow columns alone: what is long is read for these rows, not for all that waits. */
const PLACES = (scope: string, wanted: string): string => `
  SELECT fromPos, unit
  FROM activity_versions FINAL
  WHERE ${scope} AND ${wanted} AND fromPos > {after:UInt64}
  ORDER BY fromPos
  LIMIT {limit:UInt32}`;
export const place = z.object({ fromPos: z.int(), unit: z.string() });
type Place = z.infer<typeof place>;

export async function placesIn(
  ask: Ask,
  filter: InboxFilter & { kind: PlainKind; after: number; limit: number },
): Promise<Place[]> {
  const { kind, after, limit } = filter;
  const { sql, params } = scopeOf(filter);
  return ask.query(place, PLACES(sql, WANTED[kind]), { ...params, after, limit });
}

/**
 * That they stand was found with their places. A version that was closed meanwhile is there twice until it is merged, with
 * the same in every column that is read here, so that one of the two will do: FINAL would read what is long of all units.
 */
const AT = `
  FROM activity_versions
  WHERE year = {year:UInt16} AND unit IN {units:Array(String)} AND fromPos IN {positions:Array(UInt64)}
  ORDER BY indexOf({positions:Array(UInt64)}, fromPos)
  LIMIT 1 BY fromPos`;
const SIZES = `SELECT ${ROW_BYTES} AS bytes ${AT}`;
const size = z.object({ bytes: z.int() });

const ROWS = `
  SELECT ${LISTED.columns}, recordedFrom, if(fromPos = bodyPos, ${DAYS_LATE}, NULL) AS daysLate ${AT}`;

export const inboxRow = z.object({
  ...LISTED.shape,
  recordedFrom: z.int(),
  daysLate: z.int().nullable(),
});
export type InboxRow = z.infer<typeof inboxRow>;

/** The rows at some places, the first ones that fit a page. */
export async function rowsAt(
  ask: Ask,
  { year, places }: { year: number; places: readonly Place[] },
): Promise<InboxRow[]> {
  if (places.length === 0) return [];
  const at = (shown: readonly Place[]) => ({
    year,
    units: [...new Set(shown.map(({ unit }) => unit))],
    positions: shown.map(({ fromPos }) => fromPos),
  });
  const sizes = await ask.query(size, SIZES, at(places));
  const shown = places.slice(0, fitting(sizes, places.length));
  return shown.length === 0 ? [] : ask.query(inboxRow, ROWS, at(shown));
}

const GROUPS = (scope: string, wanted: string, by: 'unit' | 'kind'): string => `
  SELECT CAST(${by} AS String) AS id, count() AS count
  FROM activity_versions FINAL
  WHERE ${scope} AND ${wanted}
  GROUP BY id
  ORDER BY count DESC, id`;
const group = z.object({ id: z.string(), count: z.int() });

/** How many of each unit, and of each kind. */
export async function groupInbox(
  ask: Ask,
  filter: InboxFilter & { kind: PlainKind },
): Promise<{ units: z.infer<typeof group>[]; kinds: z.infer<typeof group>[] }> {
  const { sql, params } = scopeOf(filter);
  const wanted = WANTED[filter.kind];
  const [units, kinds] = await Promise.all([
    ask.query(group, GROUPS(sql, wanted, 'unit'), params),
    ask.query(group, GROUPS(sql, wanted, 'kind'), params),
  ]);
  return { units, kinds };
}

const OF_GROUP = (conditions: string): string => `
  SELECT unit
  FROM unit_versions FINAL
  WHERE \`group\` = {group:String} AND ${conditions}`;
const unitOnly = z.object({ unit: z.string() });

/** The units of a group. */
export async function unitsOfGroup(
  ask: Ask,
  { snapshot, group }: { snapshot: Snapshot; group: string },
): Promise<Set<string>> {
  const { sql, params } = versionsIn(snapshot);
  const rows = await ask.query(unitOnly, OF_GROUP(sql), { ...params, group });
  return new Set(rows.map(({ unit }) => unit));
}

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

export async function siblingsOf(
  ask: Ask,
  { snapshot, year, rows }: { snapshot: Snapshot; year: number; rows: readonly InboxRow[] },
): Promise<z.infer<typeof sibling>[]> {
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
