import { z } from 'zod';
import { type Plan, plan } from '#schemas/plan.ts';
import { partitionOf } from '#schemas/position.ts';
import { admit, claimOf } from '../admission/admit.ts';
import type { Store } from '../store/client.ts';
import { homeOf } from '../stream/partitioner.ts';
import { schemaOf, selectList } from '../tables/columns.ts';
import { type ActivityVersion, TABLES, type UnitVersion } from '../tables/tables.ts';
import type { Identity } from './identityCodec.ts';
import { keys, type StateReader, type StateTable, type StateView, type Wanted } from './state.ts';

/**
 * The projected state as a door looks it up that has no projection beside it: in the store's own tables. It costs
 * a scan of the ledger a request, which servers bear, and answers for what doors ask after only.
 */

const unitRow = schemaOf(TABLES.unit_versions);
const activityRow = schemaOf(TABLES.activity_versions);
const ledgerRow = z.object({ key: z.string(), owner: z.string(), first: z.int(), text: z.string() });
const clockRow = z.object({ subject: z.string(), partition: z.int(), at: z.int() });
const planRow = z.object({ year: z.int(), document: z.string() });

// The closed version of a row replaces the open one when parts merge; until then FINAL does.
const UNITS = `
  SELECT ${selectList(TABLES.unit_versions)} FROM unit_versions FINAL
  WHERE unit IN {units:Array(String)} AND closedBy = 0`;

const ACTIVITIES = `
  SELECT ${selectList(TABLES.activity_versions)} FROM activity_versions FINAL
  WHERE unit IN {units:Array(String)} AND concat(unit, '/', activity) IN {keys:Array(String)} AND closedBy = 0`;

// What stands outside of its subject's partition is in quarantine, and neither takes an identity nor moves a clock.
const PARTITION = 'intDiv(position - 1, 1099511627776)';

const IDENTITIES = `
  SELECT
    concat(subject, source, '\\n', id) AS key,
    any(subject) AS owner,
    min(position) AS first,
    argMin(envelope, position) AS text
  FROM ledger
  WHERE id IN {ids:Array(String)} AND concat(subject, source, '\\n', id) IN {keys:Array(String)}
  GROUP BY key, ${PARTITION}`;

const CLOCKS = `
  SELECT subject, ${PARTITION} AS partition, max(recordedAt) AS at FROM ledger
  WHERE subject IN {subjects:Array(String)}
  GROUP BY subject, partition`;

const PLANS = `
  SELECT year, argMax(document, (version, -toInt64(position))) AS document FROM plans GROUP BY year`;

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
const keysOf = (wanted: readonly Wanted[], table: StateTable): string[] =>
  unique(wanted.filter((item) => item.table === table).map(({ key }) => key));
const before = (key: string, sign: string): string => key.slice(0, key.indexOf(sign));
const after = (key: string, sign: string): string => key.slice(key.indexOf(sign) + 1);

/** What the projection noted of the first event under an identity; it digests as the projection does. */
function identityOf(envelope: string, position: number): Identity | undefined {
  try {
    const parsed = JSON.parse(envelope) as object;
    const admission = admit(parsed);
    const content = 'admitted' in admission ? admission.admitted.content : claimOf(parsed)?.content;
    return content === undefined ? undefined : { position, content };
  } catch {
    return undefined;
  }
}

/** @param partitions how many the stream has. */
export function createStoreState(store: Pick<Store, 'query'>, partitions = 1): StateReader {
  const identities = async (wanted: readonly string[]): Promise<Map<string, Identity>> => {
    const found = new Map<string, Identity>();
    if (wanted.length === 0) return found;
    const params = { keys: wanted, ids: unique(wanted.map((key) => after(key, '\n'))) };
    for (const { key, owner, first, text } of await store.query(ledgerRow, IDENTITIES, params)) {
      if (partitionOf(first) !== homeOf(owner, partitions)) continue;
      const identity = identityOf(text, first);
      if (identity) found.set(key, identity);
    }
    return found;
  };

  const clocks = async (subjects: readonly string[]): Promise<Map<string, number>> => {
    const rows = subjects.length > 0 ? await store.query(clockRow, CLOCKS, { subjects }) : [];
    const own = rows.filter(({ subject, partition }) => partition === homeOf(subject, partitions));
    return new Map(own.map(({ subject, at }) => [subject, at]));
  };

  const units = async (wanted: readonly string[]): Promise<Map<string, UnitVersion>> => {
    const rows = wanted.length > 0 ? await store.query(unitRow, UNITS, { units: wanted }) : [];
    return new Map(rows.map((row) => [row.unit, row]));
  };

  const activities = async (wanted: readonly string[]): Promise<Map<string, ActivityVersion>> => {
    const params = { keys: wanted, units: unique(wanted.map((key) => before(key, '/'))) };
    const rows = wanted.length > 0 ? await store.query(activityRow, ACTIVITIES, params) : [];
    return new Map(rows.map((row) => [keys.activity(row.unit, row.activity), row]));
  };

  const plans = async (): Promise<Map<string, Plan>> => {
    const rows = await store.query(planRow, PLANS);
    return new Map(rows.map(({ year, document }) => [keys.plan(year), plan.parse(JSON.parse(document))]));
  };

  return {
    async load(asked) {
      const wanted = asked();
      const [byIdentity, bySubject, byUnit, byActivity, byYear] = await Promise.all([
        identities(keysOf(wanted, 'identities')),
        clocks(keysOf(wanted, 'clocks')),
        units(keysOf(wanted, 'units')),
        activities(keysOf(wanted, 'activities')),
        plans(),
      ]);
      const tables: { [T in StateTable]?: ReadonlyMap<string, unknown> } = {
        identities: byIdentity,
        clocks: bySubject,
        units: byUnit,
        activities: byActivity,
        plans: byYear,
      };
      // Targets and self-inspections are replaced, whatever they were: no decision depends on them.
      return { get: (table, key) => tables[table]?.get(key) } as StateView;
    },
  };
}
