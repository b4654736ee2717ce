import type { PageParts } from '#api/answers/pages/parts.ts';
import { Problem } from '#api/http/problem.ts';
import type { RegisterReads } from '#api/ports.ts';
import { rankedUnits } from '#api/queries/rankedUnits.ts';
import { assignedIndicators, assignedTargets, unitFacts } from '#api/queries/register.ts';
import { latestValues } from '#api/queries/targetTallies.ts';
import { findUnit } from '#api/queries/units.ts';
import { decimalOf } from '#schemas/exact.ts';
import { formatPosition, formatWatermark } from '#schemas/position.ts';
import type { UnitEventRow } from '#schemas/results/register.ts';
import { layoutOf } from '#schemas/tallies.ts';

/** As the store orders texts: by their bytes. */
const isBehind = (unit: string, cursor: string): boolean =>
  Buffer.compare(Buffer.from(unit), Buffer.from(cursor)) > 0;

const SAYS_NOTHING = {
  name: null,
  group: null,
  teamSize: null,
  head: null,
  since: null,
  closedOn: null,
  reason: null,
};

/** The register as it stands: what happened to a unit itself, and the targets of a year. */
export function createRegisters({
  ask,
  cache,
  offsets,
}: Pick<PageParts, 'ask' | 'cache' | 'offsets'>): Pick<RegisterReads, 'unitHistory' | 'targets'> {
  return {
    async unitHistory(unit) {
      const snapshot = { offsets: offsets(), asOf: null };
      const [known, facts] = await Promise.all([
        findUnit(ask, { snapshot, unit }),
        unitFacts(ask, { snapshot, unit }),
      ]);
      if (!known) throw new Problem('not-found', `There is no unit ${unit}.`);
      const events = facts.map(({ position, type, recordedAt, actor, data }): UnitEventRow => {
        const { unit: _, ...said } = data;
        const { on, ...fields } = said as typeof said & { on?: string };
        return {
          ...SAYS_NOTHING,
          ...fields,
          ...(on !== undefined && { closedOn: on }),
          position: formatPosition(position),
          type,
          recordedtime: new Date(recordedAt).toISOString(),
          actor: actor ?? null,
        };
      });
      return { unit, events, watermark: formatWatermark(snapshot.offsets) };
    },

    async targets(year, { limit, cursor = '' }) {
      const snapshot = { offsets: offsets(), asOf: null };
      const plan = (await cache.plans.versions(year, null)).at(-1)?.plan;
      const ranked = await rankedUnits(ask, { year, snapshot });
      const first = cursor === '' ? 0 : ranked.findIndex(({ unit }) => isBehind(unit, cursor));
      const shown = first < 0 ? [] : ranked.slice(first, first + limit);
      const units = shown.map(({ unit }) => unit);
      const [assigned, indicators, latest] = await Promise.all([
        units.length === 0 ? [] : assignedTargets(ask, { snapshot, year, units }),
        assignedIndicators(ask, { snapshot, year, ranked: ranked.map(({ unit }) => unit) }),
        plan && units.length > 0 ? latestValues(ask, { plan, snapshot, on: null, units }) : undefined,
      ]);
      const reportedBy = (unit: string, indicator: string): number | null => {
        const found = latest?.get(unit)?.find((one) => one.indicator === indicator);
        return found ? decimalOf(found.value) : null;
      };
      return {
        year,
        measured: plan ? layoutOf(plan).targetKinds.length > 0 : null,
        units: shown.map(({ unit, name, group }) => ({ unit, name, group })),
        of: ranked.length,
        indicators,
        targets: assigned.map((one) => ({ ...one, value: reportedBy(one.unit, one.indicator) })),
        nextCursor: first >= 0 && first + limit < ranked.length ? (units.at(-1) ?? null) : null,
        watermark: formatWatermark(snapshot.offsets),
      };
    },
  };
}
