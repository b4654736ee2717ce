import { type PageParts, snapshotOf } from '#api/answers/pages/parts.ts';
import type { RegisterReads } from '#api/ports.ts';
import { rankedUnits } from '#api/queries/rankedUnits.ts';
import { assignedTargets, reportingUnits } from '#api/queries/register.ts';
import { formatWatermark } from '#schemas/position.ts';
import type { Onboarding } from '#schemas/results/register.ts';
import { layoutOf } from '#schemas/tallies.ts';

/** How far a zone has come with its first steps in a year, by what there is. */
export const createOnboardings = ({
  ask,
  cache,
  offsets,
}: Pick<PageParts, 'ask' | 'cache' | 'offsets'>): Pick<RegisterReads, 'onboarding'> => ({
  async onboarding(year, invited) {
    const answer = await cache.answer({ year, basis: 'to-date' });
    const snapshot = answer ? snapshotOf(answer) : { offsets: offsets(), asOf: null };
    const [ranked, assigned, reporting] = await Promise.all([
      rankedUnits(ask, { year, snapshot }),
      assignedTargets(ask, { snapshot, year }),
      reportingUnits(ask, { snapshot, year }),
    ]);
    const of = ranked.length;
    const among = (units: ReadonlySet<string>): number => ranked.filter(({ unit }) => units.has(unit)).length;
    const plan = answer?.plan;
    const targeted = among(new Set(assigned.map(({ unit }) => unit)));
    const reached = among(new Set([...invited, ...reporting]));
    const reported = among(reporting);
    const steps: Onboarding['steps'] = [
      { step: 'units', done: of > 0, count: of, of: null },
      { step: 'plan', done: plan !== undefined, count: plan?.version ?? 0, of: null },
      { step: 'invitations', done: of > 0 && reached === of, count: reached, of },
      // A plan that measures nothing by targets asks for none.
      ...(plan && layoutOf(plan).targetKinds.length === 0
        ? []
        : [{ step: 'targets' as const, done: of > 0 && targeted === of, count: targeted, of }]),
      { step: 'report', done: reported > 0, count: reported, of },
    ];
    return {
      year,
      steps,
      done: steps.every(({ done }) => done),
      watermark: formatWatermark(snapshot.offsets),
    };
  },
});
