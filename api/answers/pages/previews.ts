import { bodyOf } from '#api/answers/activityBody.ts';
import { countedReport } from '#api/answers/countedReport.ts';
import { Problem } from '#api/http/problem.ts';
import type { PageReads, Proposal } from '#api/ports.ts';
import type { ListedActivity } from '#api/queries/activities.ts';
import { reportsOf } from '#api/queries/reports.ts';
import type { Fault } from '#schemas/admission.ts';
import { dayIn } from '#schemas/dates.ts';
import { misfits } from '#schemas/fit.ts';
import type { Plan } from '#schemas/plan.ts';
import { formatWatermark } from '#schemas/position.ts';
import { type Change, conditionsAfter, previewOf } from '#schemas/preview.ts';
import type { Preview } from '#schemas/results/preview.ts';
import { sameAs } from '#schemas/sameReport.ts';
import { type PageParts, placed, snapshotOf } from './parts.ts';

/** Reports of a kind and year that are looked at; a unit has a few hundred of all kinds. */
const MOST = 50_000;

/** What the door would refuse is no report that could bring anything. */
function refuseFaulty(plan: Plan, { body }: Proposal, today: string): void {
  if (!body) return;
  const faults: Fault[] = [...misfits(plan, body)];
  if (!body.occurredOn.startsWith(`${plan.year}-`))
    faults.push({ field: 'data.occurredOn', message: `must lie inside ${plan.year}` });
  else if (body.occurredOn > today)
    faults.push({ field: 'data.occurredOn', message: `must not be after today (${today})` });
  if (faults.length) throw new Problem('invalid', 'A report like this would be refused.', { errors: faults });
}

function changeOf(plan: Plan, { activity, body }: Proposal, rows: readonly ListedActivity[]): Change {
  const amended = rows.find((row) => row.activity === activity);
  const kinds = [...new Set([body?.kind, amended?.kind])].filter((kind) => kind !== undefined);
  const kept = rows.filter((row) => row.activity !== activity).map(countedReport(plan));
  return { kinds, reports: body ? [...kept, { body, counts: true, stands: true }] : kept, body };
}

const sameOf = ({ activity, body }: Proposal, rows: readonly ListedActivity[]): Preview['same'] =>
  rows.flatMap((row) => {
    const why = row.activity === activity || !body ? undefined : sameAs(body, bodyOf(row));
    return why
      ? [{ activity: row.activity, title: row.title, occurredOn: row.day, state: row.state, why }]
      : [];
  });

/** What a report would bring, and whether it is there already; nothing is written. */
export function createPreviews(parts: PageParts): Pick<PageReads, 'preview'> {
  const { ask, cache, now } = parts;

  return {
    async preview(unit, proposal, viewer) {
      const { year, activity, body } = proposal;
      const whole = await placed(cache, unit, { year, basis: 'year' });
      const toDate = await placed(cache, unit, { year, basis: 'to-date' });
      const { plan } = whole.answer;
      refuseFaulty(plan, proposal, dayIn(plan.timezone, now()));
      const question = { snapshot: snapshotOf(toDate.answer), unit, year, activity, limit: MOST };
      const kinds = body ? [body.kind] : [];
      let rows = await reportsOf(ask, { ...question, kinds });
      const other = rows.find((row) => row.activity === activity)?.kind;
      if (activity !== undefined && other === undefined)
        throw new Problem('not-found', `The unit ${unit} has no report ${activity} in ${year}.`);
      if (other !== undefined && other !== body?.kind)
        rows = await reportsOf(ask, { ...question, kinds: [...kinds, other] });
      const change = changeOf(plan, proposal, rows);
      const confined = viewer.unit !== undefined;
      return {
        unit,
        counts: plan.counts === 'verified' ? 'once-verified' : 'at-once',
        bases: [whole, toDate].map(({ answer, verdict }) =>
          previewOf(answer.judge, verdict, answer.ranked, change, confined),
        ),
        conditions: conditionsAfter(whole.answer.judge, whole.verdict, change),
        same: sameOf(proposal, rows),
        plan: { year: plan.year, version: plan.version },
        watermark: formatWatermark(toDate.answer.offsets),
      };
    },
  };
}
