import { planInUse } from '#api/answers/asked.ts';
import { countedReport } from '#api/answers/countedReport.ts';
import { Problem } from '#api/http/problem.ts';
import type { InboxReads } from '#api/ports.ts';
import type { ListedActivity } from '#api/queries/activities.ts';
import { activityFacts, pairKey } from '#api/queries/activityFacts.ts';
import { reportsOf } from '#api/queries/reports.ts';
import { countsState } from '#schemas/countsState.ts';
import { effectOf } from '#schemas/effect.ts';
import { incidentKinds, type Plan } from '#schemas/plan.ts';
import { formatWatermark } from '#schemas/position.ts';
import type { EffectRequest } from '#schemas/results/inbox.ts';
import { type Report, retallied } from '#schemas/retally.ts';
import { type PageParts, placed, snapshotOf } from './parts.ts';

/** Reports of a kind and year that are looked at; a unit has a few hundred of all kinds. */
const MOST = 50_000;

/** The row as it would be: a granted appeal reports what was rejected again, and waives an incident for good. */
const granted = (row: ListedActivity): ListedActivity => ({
  ...row,
  waived: true,
  state: row.state === 'rejected' ? 'reported' : row.state,
});

/** The reports of a kind as they would be; the rest of the unit's year stays. */
function reportsAfter(plan: Plan, request: EffectRequest, rows: readonly ListedActivity[]): Report[] {
  const told = countedReport(plan);
  if (request.of === 'incident') {
    const body = { kind: request.kind, occurredOn: request.occurredOn };
    return [...rows.map(told), { body, counts: countsState(plan, 'reported'), stands: true }];
  }
  if (request.of === 'withdrawal')
    return rows.filter(({ activity }) => activity !== request.activity).map(told);
  return rows.map((row) => told(row.activity === request.activity ? granted(row) : row));
}

/** What a decision would do to everybody's place; nothing is written. */
export function createEffects({
  ask,
  cache,
  offsets,
}: Pick<PageParts, 'ask' | 'cache' | 'offsets'>): Pick<InboxReads, 'effect'> {
  async function subjectOf(request: EffectRequest): Promise<{ year: number; kind: string }> {
    if (request.of === 'incident') return request;
    const snapshot = { offsets: offsets(), asOf: null };
    const fact = (await activityFacts(ask, { snapshot, pairs: [request] })).get(pairKey(request));
    if (!fact)
      throw new Problem('not-found', `The unit ${request.unit} has no activity ${request.activity}.`);
    return fact;
  }

  return {
    async effect(request) {
      const { year, kind } = await subjectOf(request);
      const { unit } = request;
      const plan = await planInUse(cache.plans, year);
      if (request.of === 'incident' && !incidentKinds(plan).includes(kind))
        throw new Problem('invalid', `"${kind}" is no incident of the plan for ${year}.`, {
          errors: [{ field: 'kind', message: `must be one of ${incidentKinds(plan).join(', ')}` }],
        });
      const whole = await placed(cache, unit, { year, basis: 'year' });
      const toDate = await placed(cache, unit, { year, basis: 'to-date' });
      const snapshot = snapshotOf(toDate.answer);
      const rows = await reportsOf(ask, { snapshot, unit, year, kinds: [kind], limit: MOST });
      const reports = reportsAfter(plan, request, rows);
      const bases = [toDate, whole].flatMap(({ answer, verdict }) => {
        const { judge, ranked } = answer;
        const until = judge.view.basis === 'to-date' ? judge.view.on : null;
        const tally = retallied(judge.layout, verdict.tally, { kinds: [kind], reports, until });
        return effectOf(judge, ranked, tally) ?? [];
      });
      const { name, group } = toDate.row;
      return {
        unit,
        name,
        group,
        year,
        bases,
        plan: { year: plan.year, version: plan.version },
        watermark: formatWatermark(toDate.answer.offsets),
      };
    },
  };
}
