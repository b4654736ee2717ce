import { readNative } from '#ingest/clickhouse-native/read.ts';
import { layoutOf, type TargetTally, type Whole } from '#schemas/tallies.ts';
import type { Fineness } from './accumulators.ts';
import type { Ask, Params } from './ask.ts';
import { versionsIn } from './snapshot.ts';
import { STANDS, type TallyQuestion } from './tallies.ts';

const ASSIGNED = (conditions: string): string => `
  SELECT unit, indicator, CAST(direction = 'atMost' AS UInt8) AS isAtMost, target
  FROM target_versions FINAL
  WHERE year = {year:UInt16} AND ${conditions}
  ORDER BY unit, indicator`;

/** In which month a value was the latest, or 12 for all of them where only the year's latest is wanted. */
const MONTH: Record<Fineness, string> = { windows: 'toUInt8(12)', months: 'toMonth(occurredOn)' };

/** "Latest" = greatest occurredOn, then the later position of the event that gave the present body. */
const LATEST = (conditions: string, fineness: Fineness): string => `
  SELECT unit, CAST(${MONTH[fineness]} AS UInt16) AS month, CAST(indexOf({kinds:Array(String)}, kind) AS UInt16) AS kindNumber, CAST(indicator AS String) AS indicator_,
    argMax(assumeNotNull(value), (occurredOn, bodyPos)) AS latest
  FROM activity_versions FINAL
  PREWHERE kind IN {kinds:Array(String)} AND bitAnd(fitness, {needs:UInt16}) = {needs:UInt16}
  WHERE year = {year:UInt16} AND occurredOn <= toDate32({on:String}) AND ${conditions}
  GROUP BY unit, kind, indicator, month`;

/** In `fitness`: has a value for an indicator. */
const HAS_VALUE = 256;

/** The latest value that a unit reported by the end of a month, 1 to 12; `kind` is its place in the list of target kinds. */
export type Latest = { kind: number; indicator: string; month: number; value: Whole };
type Assigned = Omit<TargetTally, 'kind' | 'value'>;

/** Each unit's targets with the latest values at the end of a month, 1 to 12; by unit, those that have targets. */
export type TargetsByMonth = { units: Iterable<string>; at(unit: string, month: number): TargetTally[] };

/** The targets of the year, once for every kind that a target measure of the plan looks at. */
export async function targetsByMonth(
  ask: Ask,
  question: TallyQuestion,
  fineness: Fineness,
): Promise<TargetsByMonth> {
  const kinds = layoutOf(question.plan).targetKinds;
  if (kinds.length === 0) return { units: [], at: () => [] };
  const { conditions, bound } = scopeOf(question);
  const [assignedBytes, latest] = await Promise.all([
    ask.native(ASSIGNED(conditions), bound),
    latestValues(ask, question, fineness),
  ]);
  const assigned = assignedOf(assignedBytes);
  return {
    units: assigned.keys(),
    at: (unit, month) => joined(assigned.get(unit) ?? [], latest.get(unit) ?? [], kinds, month),
  };
}

/** Each unit's targets of the year with the latest values. */
export async function targetTallies(ask: Ask, question: TallyQuestion): Promise<Map<string, TargetTally[]>> {
  const targets = await targetsByMonth(ask, question, 'windows');
  return new Map([...targets.units].map((unit) => [unit, targets.at(unit, 12)]));
}

function scopeOf({ plan, snapshot, units }: TallyQuestion): { conditions: string; bound: Params } {
  const { sql, params } = versionsIn(snapshot);
  return {
    conditions: units ? `${sql} AND unit IN {units:Array(String)}` : sql,
    bound: { ...params, year: plan.year, ...(units && { units }) },
  };
}

/** By unit the latest values that it reported for indicators, whether it has a target for them or not. */
export async function latestValues(
  ask: Ask,
  question: TallyQuestion,
  fineness: Fineness = 'windows',
): Promise<Map<string, Latest[]>> {
  const { plan, on } = question;
  const kinds = layoutOf(plan).targetKinds;
  if (kinds.length === 0) return new Map();
  const { conditions, bound } = scopeOf(question);
  const latest = await ask.native(LATEST(conditions, fineness), {
    ...bound,
    kinds,
    needs: HAS_VALUE + STANDS[plan.counts],
    on: on ?? `${plan.year}-12-31`,
  });
  return latestOf(latest);
}

function latestOf(bytes: Buffer): Map<string, Latest[]> {
  const latest = new Map<string, Latest[]>();
  for (const block of readNative(bytes)) {
    const [units, months, kinds, indicators] = [
      block.texts('unit'),
      block.numbers('month'),
      block.numbers('kindNumber'),
      block.texts('indicator_'),
    ];
    const values = block.wholes('latest');
    for (let row = 0; row < block.rows; row++)
      listOf(latest, units[row] ?? '').push({
        kind: (kinds[row] ?? 0) - 1,
        indicator: indicators[row] ?? '',
        month: months[row] ?? 0,
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

function assignedOf(bytes: Buffer): Map<string, Assigned[]> {
  const assigned = new Map<string, Assigned[]>();
  for (const block of readNative(bytes)) {
    const [units, indicators, atMost] = [
      block.texts('unit'),
      block.texts('indicator'),
      block.numbers('isAtMost'),
    ];
    const targets = block.wholes('target');
    for (let row = 0; row < block.rows; row++)
      listOf(assigned, units[row] ?? '').push({
        indicator: indicators[row] ?? '',
        direction: atMost[row] ? 'atMost' : 'atLeast',
        target: targets[row] ?? 0,
      });
  }
  return assigned;
}

/** The value of the latest month up to `until`. */
function valueBy(reported: readonly Latest[], kind: number, indicator: string, until: number): Whole | null {
  let latest: Latest | undefined;
  for (const value of reported)
    if (value.kind === kind && value.indicator === indicator && value.month <= until)
      if (!latest || value.month > latest.month) latest = value;
  return latest?.value ?? null;
}

const joined = (
  assigned: readonly Assigned[],
  reported: readonly Latest[],
  kinds: readonly string[],
  until: number,
): TargetTally[] =>
  assigned.flatMap(({ indicator, direction, target }) =>
    kinds.map((kind, number) => ({
      kind,
      indicator,
      direction,
      target,
      value: valueBy(reported, number, indicator, until),
    })),
  );
