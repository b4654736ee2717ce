import type { ActivityBody } from './events.ts';
import { MILLION } from './exact.ts';
import { fitsMeasure } from './fit.ts';
import { othersOf, toldAbove } from './others.ts';
import { type Ranked, rankSupposing } from './ranks.ts';
import type { Preview, PreviewBasis, PreviewRequirement } from './results/preview.ts';
import { type Report, retallied } from './retally.ts';
import { type Judge, judgeUnit, pointsOf, totalWith, type Verdict } from './scoring.ts';
import type { UnitTally } from './tallies.ts';
import { dayOfYear } from './windows.ts';

/** What a report would bring: the unit judged again with it, by the code that judges everybody. */

/**
 * A change of a unit's reports: `reports` are all of these kinds as they would be, in the order of the stream. `body`
 * is the report that is new, or what the amended one would say; null where one is taken back.
 */
export type Change = { kinds: readonly string[]; reports: readonly Report[]; body: ActivityBody | null };

const shareOf = (attainment: number | null | undefined): number | null =>
  attainment == null ? null : attainment / MILLION;
const pointsOrNull = (total: number | null): number | null => (total === null ? null : pointsOf(total));

export const tallyAfter = (
  { view, layout }: Judge,
  tally: UnitTally,
  { kinds, reports }: Change,
): UnitTally =>
  retallied(layout, tally, { kinds, reports, until: view.basis === 'to-date' ? view.on : null });

function requirementsOf(
  judge: Judge,
  now: Verdict,
  then: Verdict,
  { kinds, body }: Change,
): PreviewRequirement[] {
  return judge.plan.requirements.flatMap(({ id, criterion, name, clause, kind, measure }, index) => {
    if (!kinds.includes(kind)) return [];
    const [before, after] = [now.attainments[index] ?? null, then.attainments[index] ?? null];
    const supposed = [...now.attainments];
    supposed[index] = after;
    const windows = judge.gauges[index]?.prospect(then.tally).windows ?? [];
    const day = body?.occurredOn ?? '';
    const isIn = ({ from, to }: { from: string; to: string }) => from <= day && day <= to;
    return [
      {
        id,
        criterion,
        name,
        clause,
        fits: kind === body?.kind && fitsMeasure(measure, body),
        before: shareOf(before),
        after: shareOf(after),
        gained: pointsOf((totalWith(judge, now, supposed) ?? 0) - (now.total ?? 0)),
        window: windows.find(isIn) ?? null,
      },
    ];
  });
}

/**
 * What a change does to the total and rank of one of the ranked. `confined`: the asker sees of the others what the
 * plan allows; the new rank is told only where it follows from totals that are shown. Otherwise one could find out
 * others' totals by asking for reports that nobody means to send.
 */
export function previewOf(
  judge: Judge,
  now: Verdict,
  { totals }: Pick<Ranked, 'totals'>,
  change: Change,
  confined: boolean,
): PreviewBasis {
  const then = judgeUnit(judge, tallyAfter(judge, now.tally, change));
  const bar = toldAbove(judge.plan);
  const shown = othersOf(judge.plan) === 'rank-and-total';
  const after = pointsOrNull(then.total);
  const told =
    !confined || then.total === now.total || (shown && after !== null && (bar === null || after > bar));
  return {
    basis: judge.view.basis,
    on: judge.view.on,
    total: { before: pointsOrNull(now.total), after },
    rank: {
      before: rankSupposing(totals, now.total, now.total),
      after: told ? rankSupposing(totals, now.total, then.total) : null,
      told,
      of: totals.length,
    },
    capped: then.cap !== null && then.total !== then.totalWithoutVeto,
    requirements: requirementsOf(judge, now, then, change),
  };
}

/** The conditions for commendation that a change concerns. */
export function conditionsAfter(judge: Judge, now: Verdict, change: Change): Preview['conditions'] {
  const tally = tallyAfter(judge, now.tally, change);
  return judge.plan.conditions.flatMap(({ id, name, kind, by }, index) =>
    change.kinds.includes(kind)
      ? [
          {
            id,
            ...(name && { name }),
            by: dayOfYear(judge.plan.year, by),
            before: judge.conditions[index]?.metOn(now.tally) != null,
            after: judge.conditions[index]?.metOn(tally) != null,
          },
        ]
      : [],
  );
}
