import { bodyOf } from '#api/answers/activityBody.ts';
import { Problem } from '#api/http/problem.ts';
import type { PageReads } from '#api/ports.ts';
import { activityVersions } from '#api/queries/activityVersions.ts';
import { activityHistories } from '#api/queries/histories.ts';
import { unitTallies } from '#api/queries/unitTallies.ts';
import { canonicalJson } from '#schemas/canonical.ts';
import type { ActivityBody } from '#schemas/events.ts';
import type { Plan } from '#schemas/plan.ts';
import { formatPosition, formatWatermark, type Offsets, offsetOf, partitionOf } from '#schemas/position.ts';
import { rankSupposing } from '#schemas/ranks.ts';
import type { ChangedFields, ReportEffect } from '#schemas/results/reportEffects.ts';
import { compilePlan, judgeUnit, pointsOf } from '#schemas/scoring.ts';
import type { PageParts } from './parts.ts';

/** Whoever decides is told what it did to the rank: it takes the ranking of everybody, so that no other event is. */
const DECISIONS: ReadonlySet<string> = new Set(['activity.verified', 'activity.rejected', 'appeal.decided']);

/** In the scale of `judgeUnit`. */
type Totals = { before: number | null; after: number | null };
const inPoints = (total: number | null): number | null => (total === null ? null : pointsOf(total));

/** Events of a report that are told of: each is two states of the stream that are tallied. */
const LATEST = 20;

/** The fields in which two bodies differ, each side as it said it. */
function changedIn(before: ActivityBody, after: ActivityBody): ReportEffect['changed'] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)] as (keyof ActivityBody)[]);
  const isSame = (field: keyof ActivityBody): boolean =>
    canonicalJson(before[field] ?? null) === canonicalJson(after[field] ?? null);
  const changed = [...fields].filter((field) => !isSame(field));
  const of = (body: ActivityBody): ChangedFields =>
    Object.fromEntries(changed.filter((field) => field in body).map((field) => [field, body[field]]));
  return { before: of(before), after: of(after) };
}

/** The stream as it was read up to an offset of one partition. */
const readTo = (offsets: Offsets, partition: number, offset: number): Offsets =>
  offsets.map((read, index) => (index === partition ? offset : read));

/** What each event of a report changed: the store answers of the stream as it was right before it, and right behind. */
export function createReportEffects({
  ask,
  cache,
  offsets,
}: Pick<PageParts, 'ask' | 'cache' | 'offsets'>): Pick<PageReads, 'reportEffects'> {
  /** Undefined where the unit is not ranked. */
  async function totalAt(plan: Plan, unit: string, seen: Offsets): Promise<number | null | undefined> {
    const snapshot = { offsets: seen, asOf: null };
    const [tally] = await unitTallies(ask, { plan, snapshot, on: null, units: [unit] });
    if (!tally) return undefined;
    return judgeUnit(compilePlan(plan, { basis: 'year', on: `${plan.year}-12-31` }), tally).total;
  }

  /** The ranks that two totals of a unit have among the others, as these stood at a time. */
  async function ranksAt(
    { year, unit, asOf }: { year: number; unit: string; asOf: string },
    { before, after }: Totals,
  ): Promise<ReportEffect['rank']> {
    const answer = await cache.answer({ year, basis: 'year', asOf });
    if (!answer) return null;
    const { totals, verdicts } = answer.ranked;
    const own = verdicts[answer.placeOf.get(unit) ?? -1]?.total ?? null;
    const rank = (total: number | null) => rankSupposing(totals, own, total);
    return { before: rank(before), after: rank(after), of: totals.length };
  }

  return {
    async reportEffects(unit, { year, activity }) {
      const snapshot = { offsets: offsets(), asOf: null };
      const activities = [activity];
      const question = { snapshot, unit, year, activities, withFiles: true };
      const versions = await activityVersions(ask, question);
      if (versions.length === 0)
        throw new Problem('not-found', `The unit ${unit} has no report ${activity} in ${year}.`);
      const events = await activityHistories(ask, { snapshot, unit, activities });
      const effects: ReportEffect[] = [];
      for (const { position, type, recordedtime } of events.slice(-LATEST)) {
        const made = versions.find(({ fromPos }) => fromPos === position);
        const ended = versions.find(({ closedBy }) => closedBy === position);
        const amended = type === 'activity.amended' && made && ended;
        const plan = (await cache.plans.versions(year, Date.parse(recordedtime))).at(-1)?.plan;
        const [partition, offset] = [partitionOf(position), offsetOf(position)];
        const at = (read: number) => plan && totalAt(plan, unit, readTo(snapshot.offsets, partition, read));
        const [before, after] = [await at(offset), await at(offset + 1)];
        const totals = before === undefined || after === undefined ? null : { before, after };
        const moved = totals && before !== after && DECISIONS.has(type);
        effects.push({
          position: formatPosition(position),
          changed: amended ? changedIn(bodyOf(ended), bodyOf(made)) : null,
          total: totals && { before: inPoints(totals.before), after: inPoints(totals.after) },
          rank: moved ? await ranksAt({ year, unit, asOf: recordedtime }, totals) : null,
        });
      }
      return { effects, watermark: formatWatermark(snapshot.offsets) };
    },
  };
}
