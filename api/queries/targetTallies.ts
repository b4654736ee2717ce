import { layoutOf, type TargetTally, type Whole } from '#schemas/tallies.ts';
import type { Ask, Params } from './ask.ts';
import { readNative } from './native.ts';
import { versionsIn } from './snapshot.ts';
import { COUNTING, type TallyQuestion } from './tallies.ts';

const ASSIGNED = (conditions: string): string => `
  SELECT unit, indicator, CAST(direction AS String) AS direction, target
  FROM target_versions FINAL
  WHERE year = {year:UInt16} AND ${conditions}
  ORDER BY unit, indicator`;

/** "Latest" = greatest occurredOn, then the later position of the event that gave the present body. */
const LATEST = (conditions: string): string => `
  SELECT unit, CAST(kind AS String) AS kind_, CAST(indicator AS String) AS indicator_,
    argMax(assumeNotNull(value), (occurredOn, bodyPos)) AS latest
  FROM activity_versions FINAL
  WHERE year = {year:UInt16} AND kind IN {kinds:Array(String)} AND state IN {counting:Array(String)}
    AND occurredOn <= toDate32({on:String}) AND value IS NOT NULL AND indicator != '' AND ${conditions}
  GROUP BY unit, kind, indicator`;

type Latest = Map<string, Map<string, Whole>>;
const keyOf = (kind: string, indicator: string): string => `${kind}\n${indicator}`;

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
      counting: COUNTING[plan.counts],
      on: on ?? `${plan.year}-12-31`,
    }),
  ]);
  return joined(assigned, latestOf(latest), kinds);
}

function latestOf(bytes: Buffer): Latest {
  const latest: Latest = new Map();
  for (const block of readNative(bytes)) {
    const [kinds, indicators] = [block.texts('kind_'), block.texts('indicator_')];
    const values = block.wholes('latest');
    block.texts('unit').forEach((unit, row) => {
      const own = latest.get(unit) ?? new Map<string, Whole>();
      own.set(keyOf(kinds[row] ?? '', indicators[row] ?? ''), values[row] ?? 0);
      latest.set(unit, own);
    });
  }
  return latest;
}

function joined(bytes: Buffer, latest: Latest, kinds: readonly string[]): Map<string, TargetTally[]> {
  const tallies = new Map<string, TargetTally[]>();
  for (const block of readNative(bytes)) {
    const [indicators, directions] = [block.texts('indicator'), block.texts('direction')];
    const targets = block.wholes('target');
    block.texts('unit').forEach((unit, row) => {
      const indicator = indicators[row] ?? '';
      const own = tallies.get(unit) ?? [];
      for (const kind of kinds)
        own.push({
          kind,
          indicator,
          direction: directions[row] === 'atMost' ? 'atMost' : 'atLeast',
          target: targets[row] ?? 0,
          value: latest.get(unit)?.get(keyOf(kind, indicator)) ?? null,
        });
      tallies.set(unit, own);
    });
  }
  return tallies;
}
