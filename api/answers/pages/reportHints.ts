import type { PageReads } from '#api/ports.ts';
import { membersByKind } from '#api/queries/memberNames.ts';
import { findUnit } from '#api/queries/units.ts';
import { decimalOf } from '#schemas/exact.ts';
import { formatWatermark } from '#schemas/position.ts';
import type { ReportHints } from '#schemas/results/reportHints.ts';
import type { Layout, UnitTally } from '#schemas/tallies.ts';
import { type PageParts, placed, snapshotOf } from './parts.ts';

function formsIn({ facets, offsets }: Layout, { cells }: UnitTally): ReportHints['forms'] {
  return facets.forms.map(({ kind, start, forms = [] }) => ({
    kind,
    forms: forms.filter((_, place) => Number(cells[offsets.forms + start + place] ?? 0) > 0),
  }));
}

/** What the form of a report can be filled in with. */
export function createReportHints({ ask, cache }: PageParts): Pick<PageReads, 'reportHints'> {
  return {
    async reportHints(unit, { year }) {
      const { answer, verdict } = await placed(cache, unit, { year, basis: 'year' });
      const snapshot = snapshotOf(answer);
      const [registered, members] = await Promise.all([
        findUnit(ask, { snapshot, unit }),
        membersByKind(ask, { snapshot, unit, year }),
      ]);
      const { name, teamSize, targets } = verdict.tally;
      return {
        unit,
        name,
        teamSize,
        head: registered?.head ?? '',
        targets: targets.map(({ target, value, ...rest }) => ({
          ...rest,
          target: decimalOf(target),
          value: value === null ? null : decimalOf(value),
        })),
        forms: formsIn(answer.judge.layout, verdict.tally),
        members,
        plan: { year: answer.plan.year, version: answer.plan.version },
        watermark: formatWatermark(answer.offsets),
      };
    },
  };
}
