import { bodyOf, headOf } from '#api/answers/activityBody.ts';
import { planInUse } from '#api/answers/asked.ts';
import type { InboxReads } from '#api/ports.ts';
import type { ListedActivity } from '#api/queries/activities.ts';
import { unitNames } from '#api/queries/activityFacts.ts';
import { allIncidents, incidentsOf, MOST_INCIDENTS } from '#api/queries/incidents.ts';
import { fitting } from '#api/queries/pageBytes.ts';
import type { Snapshot } from '#api/queries/snapshot.ts';
import type { Progress } from '#api/ranking-cache/progress.ts';
import { incidentKinds, type Plan } from '#schemas/plan.ts';
import { formatWatermark } from '#schemas/position.ts';
import { createByUnit } from './byUnit.ts';
import type { PageParts } from './parts.ts';

/** Of so many years, or plans that name other kinds, they are kept. */
const KEPT = 4;

type Question = { year: number; kinds: readonly string[] };
type Listed = Pick<ListedActivity, 'day' | 'unit' | 'activity'>;

/** As the store orders texts: by their bytes. */
const compared = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

/** The latest day first, then by unit and id. */
const latestFirst = (one: Listed, other: Listed): number =>
  compared(other.day, one.day) || compared(one.unit, other.unit) || compared(one.activity, other.activity);

const kindOf = (plan: Plan, kind: string) => ({
  kind,
  deductions: plan.deductions
    .filter((one) => one.kind === kind)
    .map(({ id, name, clause, points, max }) => ({ id, ...(name && { name }), clause, points, max })),
  vetoes: plan.vetoes
    .filter((one) => one.kind === kind)
    .map(({ id, name, clause, cap }) => ({ id, ...(name && { name }), clause, cap })),
});

export type IncidentParts = Pick<PageParts, 'ask' | 'cache'> & {
  progress: Pick<Progress, 'offsets' | 'subscribe'>;
};

/** The incidents of a year, kept unit by unit: to find them the store looks at all reports of the zone. */
export function createIncidentLists({ ask, cache, progress }: IncidentParts): Pick<InboxReads, 'incidents'> {
  const kept = createByUnit(progress, KEPT, ({ year, kinds }: Question, offsets, units) =>
    allIncidents(ask, { snapshot: { offsets, asOf: null }, year, kinds, units }),
  );

  async function listed(question: Question): Promise<{ snapshot: Snapshot; rows: ListedActivity[] }> {
    const { offsets, byUnit } = await kept.at(question);
    const snapshot = { offsets, asOf: null };
    const rows = [...byUnit.values()].flat().map(({ row }) => row);
    const known = rows.filter((row) => row !== undefined);
    // Of more than a page holds the store is asked for what is shown, each time.
    if (known.length < rows.length)
      return { snapshot, rows: await incidentsOf(ask, { snapshot, ...question }) };
    const first = known.sort(latestFirst).slice(0, MOST_INCIDENTS);
    return { snapshot, rows: first.slice(0, fitting(first, MOST_INCIDENTS)) };
  }

  return {
    async incidents(year) {
      const plan = await planInUse(cache.plans, year);
      const kinds = incidentKinds(plan);
      const { snapshot, rows } = await listed({ year, kinds });
      const nameOf = await unitNames(ask, { snapshot, units: [...new Set(rows.map(({ unit }) => unit))] });
      return {
        kinds: kinds.map((kind) => kindOf(plan, kind)),
        incidents: rows.map((row) => ({
          ...nameOf(row.unit),
          ...headOf(row),
          body: bodyOf(row),
          counts: (row.state === 'reported' || row.state === 'verified') && !row.waived,
        })),
        nameOf: async (units: readonly string[]) => unitNames(ask, { snapshot, units }),
        watermark: formatWatermark(snapshot.offsets),
      };
    },
  };
}
