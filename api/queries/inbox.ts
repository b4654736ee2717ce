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
  group?: string | undefined;
  /** What came later is left alone. */
  until?: Offsets | undefined;
};

/** The chain of conditions that all questions share, and what they bind. */
function scopeOf({ snapshot, year, kinds, unit, group, until }: InboxFilter): {
  sql: string;
  params: Params;
} {
  const { sql, params } = versionsIn(snapshot);
  const began = until ? versionsBy(until) : undefined;
  const conditions = [
    'year = {year:UInt16}',
    ...(unit === undefined ? [] : ['unit = {unit:String}']),
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
  SELECT unit, one.1 AS activity
  FROM (
    SELECT unit, kind, occurredOn, groupArray((activity, pairs, open)) AS reports
    FROM (
      SELECT unit, kind, occurredOn, activity, ${OPEN} AS open,
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

const WANTED: Record<InboxKind, (scope: string) => string> = {
  verification: () => OPEN,
  late: () => LATE,
  appeals: () => APPEALED,
  duplicates: (scope) => `${OPEN} AND (unit, activity) IN (${DUPLICATES(scope)})`,
};

const COUNTS = (scope: string): string => `
  SELECT countIf(${OPEN}) AS verification, countIf(${LATE}) AS late, countIf(${APPEALED}) AS appeals
  FROM activity_versions FINAL
  WHERE ${scope}`;
const counts = z.object({ verification: z.int(), late: z.int(), appeals: z.int() });

const DUPLICATE_COUNT = (scope: string): string => `SELECT count() AS duplicates FROM (${DUPLICATES(scope)})`;
const duplicateCount = z.object({ duplicates: z.int() });

/** How many of each there are. */
export async function countInbox(
  ask: Ask,
  filter: InboxFilter,
): Promise<z.infer<typeof counts> & z.infer<typeof duplicateCount>> {
  const { sql, params } = scopeOf(filter);
  const [[counted], [alike]] = await Promise.all([
    ask.query(counts, COUNTS(sql), params),
    ask.query(duplicateCount, DUPLICATE_COUNT(sql), params),
  ]);
  return { verification: 0, late: 0, appeals: 0, ...counted, duplicates: alike?.duplicates ?? 0 };
}

/** Where a page goes on: behind a position; duplicates stand by what they are alike in. */
export const inboxPlace = z.union([
  z.int().min(0),
  z.tuple([z.string(), z.string(), z.string(), z.string()]),
]);
export type InboxPlace = z.infer<typeof inboxPlace>;

const ORDER = {
  waiting: { behind: 'fromPos > {after:UInt64}', by: 'fromPos' },
  alike: {
    behind:
      '(unit, CAST(kind AS String), toString(occurredOn), activity) > ({afterUnit:String}, {afterKind:String}, {afterDay:String}, {afterActivity:String})',
    by: 'unit, CAST(kind AS String), toString(occurredOn), activity',
  },
};

/** First the places and sizes of a page's rows, then the rows themselves: what is long is read for these alone. */
const SIZES = (scope: string, wanted: string, order: (typeof ORDER)[keyof typeof ORDER]): string => `
  SELECT fromPos, unit, ${ROW_BYTES} AS bytes
  FROM activity_versions FINAL
  WHERE ${scope} AND ${wanted} AND ${order.behind}
  ORDER BY ${order.by}
  LIMIT {limit:UInt32}`;
const size = z.object({ fromPos: z.int(), unit: z.string(), bytes: z.int() });

const ROWS = (conditions: string): string => `
  SELECT ${LISTED.columns}, recordedFrom,
    if(fromPos = bodyPos, ${DAYS_LATE}, NULL) AS daysLate
  FROM activity_versions FINAL
  WHERE year = {year:UInt16} AND unit IN {units:Array(String)} AND fromPos IN {positions:Array(UInt64)}
    AND ${conditions}
  ORDER BY indexOf({positions:Array(UInt64)}, fromPos)`;

export const inboxRow = z.object({
  ...LISTED.shape,
  recordedFrom: z.int(),
  daysLate: z.int().nullable(),
});
export type InboxRow = z.infer<typeof inboxRow>;

export async function listInbox(
  ask: Ask,
  filter: InboxFilter & { kind: InboxKind; after?: InboxPlace | undefined; limit: number },
): Promise<{ rows: InboxRow[]; more: boolean }> {
  const { kind, after = 0, limit, snapshot, year } = filter;
  const { sql, params } = scopeOf(filter);
  const order = kind === 'duplicates' ? ORDER.alike : ORDER.waiting;
  const [afterUnit, afterKind, afterDay, afterActivity] = Array.isArray(after) ? after : ['', '', '', ''];
  const place: Params =
    order === ORDER.alike
      ? { afterUnit, afterKind, afterDay, afterActivity }
      : { after: typeof after === 'number' ? after : 0 };
  const sizes = await ask.query(size, SIZES(sql, WANTED[kind](sql), order), {
    ...params,
    ...place,
    limit: limit + 1,
  });
  const shown = sizes.slice(0, fitting(sizes, limit));
  if (shown.length === 0) return { rows: [], more: false };
  const versions = versionsIn(snapshot);
  const rows = await ask.query(inboxRow, ROWS(versions.sql), {
    ...versions.params,
    year,
    units: [...new Set(shown.map(({ unit }) => unit))],
    positions: shown.map(({ fromPos }) => fromPos),
  });
  return { rows, more: sizes.length > shown.length };
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
  filter: InboxFilter & { kind: InboxKind },
): Promise<{ units: z.infer<typeof group>[]; kinds: z.infer<typeof group>[] }> {
  const { sql, params } = scopeOf(filter);
  const wanted = WANTED[filter.kind](sql);
  const [units, kinds] = await Promise.all([
    ask.query(group, GROUPS(sql, wanted, 'unit'), params),
    ask.query(group, GROUPS(sql, wanted, 'kind'), params),
  ]);
  return { units, kinds };
}

/** What stands on a unit's day beside a report, to be held against it. */
const SIBLINGS = (conditions: string): string => `
  SELECT unit, CAST(kind AS String) AS kind, toString(occurredOn) AS day, activity, title, CAST(state AS String) AS state
  FROM activity_versions FINAL
  WHERE year = {year:UInt16} AND unit IN {units:Array(String)} AND kind IN {kinds:Array(String)}
    AND occurredOn IN {days:Array(Date32)} AND state IN ('reported', 'verified') AND ${conditions}
  ORDER BY fromPos`;
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
  const each = (of: (row: InboxRow) => string): string[] => [...new Set(rows.map(of))];
  return ask.query(sibling, SIBLINGS(sql), {
    ...params,
    year,
    units: each(({ unit }) => unit),
    kinds: each(({ kind }) => kind),
    days: each(({ day }) => day),
  });
}
