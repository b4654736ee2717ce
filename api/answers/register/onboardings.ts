import { createByUnit } from '#api/answers/pages/byUnit.ts';
import { type PageParts, snapshotOf } from '#api/answers/pages/parts.ts';
import type { RegisterReads } from '#api/ports.ts';
import { rankedUnits } from '#api/queries/rankedUnits.ts';
import { assignedTargets, reportingUnits } from '#api/queries/register.ts';
import type { Progress } from '#api/ranking-cache/progress.ts';
import { formatWatermark, type Offsets } from '#schemas/position.ts';
import type { Onboarding } from '#schemas/results/register.ts';
import { layoutOf } from '#schemas/tallies.ts';

const YEARS_KEPT = 4;

type OnboardingParts = Pick<PageParts, 'ask' | 'cache' | 'offsets'> & {
  progress: Pick<Progress, 'offsets' | 'subscribe'>;
};

/** How far a zone has come with its first steps in a year, by what there is. */
export function createOnboardings({
  ask,
  cache,
  offsets,
  progress,
}: OnboardingParts): Pick<RegisterReads, 'onboarding'> {
  const now = (at: Offsets) => ({ offsets: at, asOf: null });
  const reporting = createByUnit(progress, YEARS_KEPT, (year: number, at, units) =>
    reportingUnits(ask, { snapshot: now(at), year, units }),
  );
  const targeted = createByUnit(
    progress,
    YEARS_KEPT,
    async (year: number, at, units) => {
      const assigned = await assignedTargets(ask, { snapshot: now(at), year, ...(units && { units }) });
      return [...new Set(assigned.map(({ unit }) => unit))].map((unit) => ({ unit }));
    },
    'profiles',
  );

  async function onboarding(year: number, invited: ReadonlySet<string>): Promise<Onboarding> {
    const answer = await cache.answer({ year, basis: 'to-date' });
    const snapshot = answer ? snapshotOf(answer) : now(offsets());
    const [ranked, withTarget, withReport] = await Promise.all([
      answer?.ranked.rows ?? rankedUnits(ask, { year, snapshot }),
      targeted.at(year),
      reporting.at(year),
    ]);
    const of = ranked.length;
    const among = (units: { has(unit: string): boolean }): number =>
      ranked.filter(({ unit }) => units.has(unit)).length;
    const plan = answer?.plan;
    const withATarget = among(withTarget.byUnit);
    const reached = among(new Set([...invited, ...withReport.byUnit.keys()]));
    const reported = among(withReport.byUnit);
    const steps: Onboarding['steps'] = [
      { step: 'units', done: of > 0, count: of, of: null },
      { step: 'plan', done: plan !== undefined, count: plan?.version ?? 0, of: null },
      { step: 'invitations', done: of > 0 && reached === of, count: reached, of },
      // A plan that measures nothing by targets asks for none.
      ...(plan && layoutOf(plan).targetKinds.length === 0
        ? []
        : [{ step: 'targets' as const, done: of > 0 && withATarget === of, count: withATarget, of }]),
      { step: 'report', done: reported > 0, count: reported, of },
    ];
    return {
      year,
      steps,
      done: steps.every(({ done }) => done),
      watermark: formatWatermark(snapshot.offsets),
    };
  }
  return { onboarding };
}
