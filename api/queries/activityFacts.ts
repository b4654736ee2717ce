import { z } from 'zod';
import { activityState } from '#schemas/results/results.ts';
import type { Ask } from './ask.ts';
import { recordsIn, type Snapshot, versionsIn, versionsUpTo } from './snapshot.ts';

export type Pair = { unit: string; activity: string };

export const pairKey = ({ unit, activity }: Pair): string => JSON.stringify([unit, activity]);

/** The versions of some activities that are in force, without what they say. */
const FACTS = (conditions: string): string => `
  SELECT unit, activity, year, CAST(kind AS String) AS kind, CAST(state AS String) AS state, waived, appealOpen,
    CAST(recordedBy AS String) AS recordedBy, fromPos, recordedFrom
  FROM activity_versions FINAL
  WHERE unit IN {units:Array(String)} AND activity IN {activities:Array(String)} AND ${conditions}`;

const fact = z.object({
  unit: z.string(),
  activity: z.string(),
  year: z.int(),
  kind: z.string(),
  state: activityState,
  waived: z.boolean(),
  appealOpen: z.boolean(),
  recordedBy: z.enum(['unit', 'organisation']),
  fromPos: z.int(),
  recordedFrom: z.int(),
});
export type ActivityFact = z.infer<typeof fact>;

const listsOf = (pairs: readonly Pair[]) => ({
  units: [...new Set(pairs.map(({ unit }) => unit))],
  activities: [...new Set(pairs.map(({ activity }) => activity))],
});

export async function activityFacts(
  ask: Ask,
  { snapshot, pairs }: { snapshot: Snapshot; pairs: readonly Pair[] },
): Promise<Map<string, ActivityFact>> {
  if (pairs.length === 0) return new Map();
  const { sql, params } = versionsIn(snapshot);
  const rows = await ask.query(fact, FACTS(sql), { ...params, ...listsOf(pairs) });
  return new Map(rows.map((row) => [pairKey(row), row]));
}

const BODIES = (conditions: string): string => `
  SELECT DISTINCT unit, activity, bodyPos
  FROM activity_versions
  WHERE unit IN {units:Array(String)} AND activity IN {activities:Array(String)} AND ${conditions}`;
const bodies = z.object({ unit: z.string(), activity: z.string(), bodyPos: z.int() });

const ACTORS = (conditions: string): string => `
  SELECT position, JSONExtractString(envelope, 'actor') AS actor
  FROM ledger
  WHERE position IN {positions:Array(UInt64)} AND ${conditions}`;
const actors = z.object({ position: z.int(), actor: z.string() });

/** The accounts that gave some activities one of their bodies, by the activity; nobody where programs did. */
export async function authorsOf(
  ask: Ask,
  { snapshot, pairs }: { snapshot: Snapshot; pairs: readonly Pair[] },
): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>();
  if (pairs.length === 0) return found;
  const versions = versionsUpTo(snapshot);
  const given = await ask.query(bodies, BODIES(versions.sql), { ...versions.params, ...listsOf(pairs) });
  const records = recordsIn(snapshot);
  const positions = [...new Set(given.map(({ bodyPos }) => bodyPos))];
  if (positions.length === 0) return found;
  const named = await ask.query(actors, ACTORS(records.sql), { ...records.params, positions });
  const byPosition = new Map(named.map(({ position, actor }) => [position, actor]));
  for (const row of given) {
    const actor = byPosition.get(row.bodyPos);
    if (!actor) continue;
    const key = pairKey(row);
    found.set(key, (found.get(key) ?? new Set()).add(actor));
  }
  return found;
}

const LAST = (conditions: string): string => `
  SELECT position, id, CAST(type AS String) AS type, recordedAt,
    JSONExtractString(envelope, 'actor') AS actor,
    JSONExtractString(envelope, 'data', 'reason') AS reason,
    JSONExtractString(envelope, 'data', 'outcome') AS outcome
  FROM ledger
  WHERE position IN {positions:Array(UInt64)} AND ${conditions}`;
const last = z.object({
  position: z.int(),
  id: z.string(),
  type: z.string(),
  recordedAt: z.int(),
  actor: z.string(),
  reason: z.string(),
  outcome: z.string(),
});
export type LastEvent = z.infer<typeof last>;

/** Events by their positions, as far as a receipt tells of them. */
export async function eventsAt(
  ask: Ask,
  { snapshot, positions }: { snapshot: Snapshot; positions: readonly number[] },
): Promise<Map<number, LastEvent>> {
  if (positions.length === 0) return new Map();
  const { sql, params } = recordsIn(snapshot);
  const rows = await ask.query(last, LAST(sql), { ...params, positions: [...positions] });
  return new Map(rows.map((row) => [row.position, row]));
}

const NAMES = (conditions: string): string => `
  SELECT unit, name, \`group\`
  FROM unit_versions FINAL
  WHERE unit IN {units:Array(String)} AND ${conditions}`;
const unitName = z.object({ unit: z.string(), name: z.string(), group: z.string() });

/** Names and groups of some units; who is not registered goes by the id. */
export async function unitNames(
  ask: Ask,
  { snapshot, units }: { snapshot: Snapshot; units: readonly string[] },
): Promise<(unit: string) => z.infer<typeof unitName>> {
  const { sql, params } = versionsIn(snapshot);
  const rows = units.length ? await ask.query(unitName, NAMES(sql), { ...params, units: [...units] }) : [];
  const known = new Map(rows.map((row) => [row.unit, row]));
  return (unit) => known.get(unit) ?? { unit, name: unit, group: '' };
}
