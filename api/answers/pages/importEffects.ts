import { countedReport } from '#api/answers/countedReport.ts';
import type { Brought, PageReads } from '#api/ports.ts';
import { reportsOf } from '#api/queries/reports.ts';
import { previewOf } from '#schemas/preview.ts';
import type { ImportEffect } from '#schemas/results/imports.ts';
import { type PageParts, snapshotOf } from './parts.ts';

/** Units that are reckoned, and those that are told. */
const MOST_UNITS = 200;
const TOLD = 50;
const MOST_REPORTS = 50_000;

const gainOf = ({ total }: ImportEffect): number => (total.after ?? 0) - (total.before ?? 0);

/** What the rows of a sheet would do to the totals of their units: the unit judged again with all of them. */
export function createImportEffects({
  ask,
  cache,
}: Pick<PageParts, 'ask' | 'cache'>): Pick<PageReads, 'importEffects'> {
  async function effectOn(rows: readonly Brought[], confined: boolean): Promise<ImportEffect[]> {
    const [first] = rows;
    if (!first) return [];
    const { unit, year } = first;
    const answer = await cache.answer({ year, basis: 'to-date' });
    const place = answer?.placeOf.get(unit) ?? -1;
    const [verdict, row] = [answer?.ranked.verdicts[place], answer?.ranked.rows[place]];
    if (!answer || !verdict || !row) return [];
    const { plan, judge, ranked } = answer;
    const ids = new Set(rows.map(({ activity }) => activity));
    const kinds = [...new Set(rows.map(({ body }) => body.kind))];
    const question = { snapshot: snapshotOf(answer), unit, year, kinds, limit: MOST_REPORTS };
    const standing = (await reportsOf(ask, question)).filter(({ activity }) => !ids.has(activity));
    const counts = plan.counts === 'reported';
    const reports = [
      ...standing.map(countedReport(plan)),
      ...rows.map(({ body }) => ({ body, counts, stands: true })),
    ];
    const { total, rank } = previewOf(judge, verdict, ranked, { kinds, reports, body: null }, confined);
    const { before, after, of } = rank;
    return [{ unit, name: row.name, year, total, rank: { before, after, of } }];
  }

  return {
    async importEffects(brought, viewer) {
      const byUnit = Map.groupBy(brought, ({ unit, year }) => `${year} ${unit}`);
      const effects: ImportEffect[] = [];
      const reckoned = [...byUnit.values()].slice(0, MOST_UNITS);
      for (const rows of reckoned) effects.push(...(await effectOn(rows, viewer.unit !== undefined)));
      effects.sort((a, b) => Math.abs(gainOf(b)) - Math.abs(gainOf(a)));
      return {
        effects: effects.slice(0, TOLD),
        units: { of: byUnit.size, reckoned: reckoned.length, found: effects.length },
      };
    },
  };
}
