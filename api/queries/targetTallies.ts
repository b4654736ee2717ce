import { readNative } from '#ingest/clickhouse-native/read.ts';
import { layoutOf, type TargetTally, type Whole } from '#schemas/tallies.ts';
import type { Ask, Params } from './ask.ts';
import { versionsIn } from './snapshot.ts';
import { STANDS, type TallyQuestion } from './tallies.ts';

const ASSIGNED = (conditions: string): string => `
  SELECT unit, indicator, CAST(direction = 'atMost' AS UInt8) AS isAtMost, target
  FROM target_versions FINAL
  WHERE year = {year:UInt16} AND ${conditions}
  ORDER BY unit, indicator`;

/** "Latest" = greatest occurredOn, then the later position of the event that gave the present body. */
const LATEST = (conditions: string): string => `
  SELECT unit, CAST(indexOf({kinds:Array(String)}, kind) AS UInt16) AS kindNumber, CAST(indicator AS String) AS indicator_,
    argMax(assumeNotNull(value), (occurredOn, bodyPos)) AS latest
  FROM activity_versions FINAL
  PREWHERE kind IN {kinds:Array(String)} AND bitAnd(fitness, {needs:UInt16}) = {needs:UInt16}
  WHERE year = {year:UInt16} AND occurredOn <= toDate32({on:String}) AND ${conditions}
  GROUP BY unit, kind, indicator`;

/** In `fitness`: has a value for an indicator. */
const HAS_VALUE = 256;

/** The latest value that a unit reported; `kind` is its place in the list of target kinds. */
type Latest = { kind: number; indicator: string; value: Whole };

/** Each unit's targets of the year, once for every kind that a target measure of the plan looks at. */
export async function targetTallies(
  ask: Ask,
  { plan, snapshot, on, units }: TallyQuestion,
): Promise<Map<string, TargetTally[]>> {
  const kinds = layoutOf(plan).targetKinds;
  if (kinds.length === 0) return new Map();
  const { sql, params } = versionsIn(snapshot);
  const conditions = units ? `${sql} AND unit IN {units:Array(String)}` : sql;
  const bound: Params = { ...params, year: plan.year, ...(units && { units }) };
  const [assigned, latest] = await Promise.all([
    ask.native(ASSIGNED(conditions), bound),
    ask.native(LATEST(conditions), {
      ...bound,
      kinds,
      needs: HAS_VALUE + STANDS[plan.counts],
      on: on ?? `${plan.year}-12-31`,
    }),
  ]);
  return joined(assigned, latestOf(latest), kinds);
}

function latestOf(bytes: Buffer): Map<string, Latest[]> {
  const latest = new Map<string, Latest[]>();
  for (const block of readNative(bytes)) {
    const [units, kinds, indicators] = [
      block.texts('unit'),
      block.numbers('kindNumber'),
      block.texts('indicator_'),
    ];
    const values = block.wholes('latest');
    for (let row = 0; row < block.rows; row++)
      listOf(latest, units[row] ?? '').push({
        kind: (kinds[row] ?? 0) - 1,
        indicator: indicators[row] ?? '',
        value: values[row] ?? 0,
      });
  }
  return latest;
}

function listOf<T>(lists: Map<string, T[]>, unit: string): T[] {
  const known = lists.get(unit);
  if (known) return known;
  const list: T[] = [];
  lists.set(unit, list);
  return list;
}

function joined(
  bytes: Buffer,
  latest: ReadonlyMap<string, readonly Latest[]>,
  kinds: readonly string[],
): Map<string, TargetTally[]> {
  const tallies = new Map<string, TargetTally[]>();
  for (const block of readNative(bytes)) {
    const [units, indicators, atMost] = [
      block.texts('unit'),
      block.texts('indicator'),
      block.numbers('isAtMost'),
    ];
    const targets = block.wholes('target');
    for (let row = 0; row < block.rows; row++) {
      const [unit = '', indicator = ''] = [units[row], indicators[row]];
      const reported = latest.get(unit);
      const own = listOf(tallies, unit);
      kinds.forEach((kind, number) => {
        const found = reported?.find((value) => value.kind === number && value.indicator === indicator);
        own.push({
          kind,
          indicator,
          direction: atMost[row] ? 'atMost' : 'atLeast',
          target: targets[row] ?? 0,
          value: found?.value ?? null,
        });
      });
    }
  }
  return tallies;
}
