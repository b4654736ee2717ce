import { askRanking } from '#api/answers/asked.ts';
import { type PageParts, snapshotOf } from '#api/answers/pages/parts.ts';
import { Problem } from '#api/http/problem.ts';
import type { RegisterReads } from '#api/ports.ts';
import { latestValues } from '#api/queries/targetTallies.ts';
import { findUnit, type ListedUnit } from '#api/queries/units.ts';
import { talliesAs } from '#api/queries/unitTallies.ts';
import type { RankingAnswer } from '#api/ranking-cache/rankingCache.ts';
import { micros } from '#schemas/numbers.ts';
import { formatWatermark } from '#schemas/position.ts';
import { registerEffectOf, type Supposed } from '#schemas/registerEffect.ts';
import type { RegisterEffect, TargetChange, UnitStep } from '#schemas/results/register.ts';
import type { TargetTally, UnitTally } from '#schemas/tallies.ts';

const BASES = ['to-date', 'year'] as const;

const seenUntil = ({ basis, on }: RankingAnswer): string | null => (basis === 'to-date' ? on : null);

/** The unit as it would be after a step. */
function unitAfter(step: UnitStep, unit: ListedUnit | undefined): ListedUnit {
  if (step.do === 'register') {
    if (unit) throw new Problem('conflict', `The unit ${step.unit} is registered already.`);
    const { do: _, since = null, ...facts } = step;
    return { ...facts, since, closedOn: null };
  }
  if (!unit) throw new Problem('not-found', `There is no unit ${step.unit}.`);
  if (step.do === 'close') return { ...unit, closedOn: step.on };
  const { do: _, unit: __, ...change } = step;
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return { ...unit, ...(Object.fromEntries(given) as Partial<ListedUnit>) };
}

/** As `rankedUnits` asks of the store. */
const isRanked = ({ since, closedOn }: ListedUnit, year: number): boolean =>
  (since === null || since <= `${year}-12-31`) && (closedOn === null || closedOn > `${year}-12-31`);

/** The targets of a unit with some of them replaced; kinds that the plan measures by targets see each. */
function targetsAfter(
  { judge }: RankingAnswer,
  now: readonly TargetTally[],
  changes: readonly TargetChange[],
  latest: ReadonlyMap<string, TargetTally['value']>,
): TargetTally[] {
  const replaced = new Set(changes.map(({ indicator }) => indicator));
  const added = judge.layout.targetKinds.flatMap((kind) =>
    changes.map(({ indicator, direction, target }): TargetTally => {
      const known = now.find((one) => one.kind === kind && one.indicator === indicator);
      const value = known ? known.value : (latest.get(JSON.stringify([kind, indicator])) ?? null);
      return { kind, indicator, direction, target: micros(target), value };
    }),
  );
  return [...now.filter(({ indicator }) => !replaced.has(indicator)), ...added];
}

/** What registering, changing and closing units, and assigning targets, would do to the ranking; nothing is written. */
export function createRegisterEffects({
  ask,
  cache,
}: Pick<PageParts, 'ask' | 'cache'>): Pick<RegisterReads, 'unitEffect' | 'targetEffect'> {
  async function effectUnder(
    year: number,
    supposedIn: (answer: RankingAnswer) => Promise<Supposed>,
  ): Promise<RegisterEffect> {
    const bases: RegisterEffect['bases'] = [];
    let last: RankingAnswer | undefined;
    for (const basis of BASES) {
      const answer = await askRanking(cache, { year, basis });
      bases.push(registerEffectOf(answer.judge, answer.ranked, await supposedIn(answer)));
      last = answer;
    }
    const { plan, offsets } = last as RankingAnswer;
    return {
      year,
      bases,
      plan: { year: plan.year, version: plan.version },
      watermark: formatWatermark(offsets),
    };
  }

  const tallyIn = ({ placeOf, ranked }: RankingAnswer, unit: string): UnitTally | undefined =>
    ranked.verdicts[placeOf.get(unit) ?? -1]?.tally;

  return {
    unitEffect: (year, steps) =>
      effectUnder(year, async (answer) => {
        const snapshot = snapshotOf(answer);
        const units = new Map<string, ListedUnit>();
        for (const step of steps) {
          const known = units.get(step.unit) ?? (await findUnit(ask, { snapshot, unit: step.unit }));
          units.set(step.unit, unitAfter(step, known));
        }
        const supposed = new Map<string, UnitTally | null>();
        for (const facts of units.values()) {
          const { unit, name, group, teamSize } = facts;
          if (!isRanked(facts, year)) {
            if (tallyIn(answer, unit)) supposed.set(unit, null);
            continue;
          }
          const known = tallyIn(answer, unit);
          const question = { plan: answer.plan, snapshot, on: seenUntil(answer), units: [unit] };
          const [tally] = known
            ? [{ ...known, name, group, teamSize }]
            : await talliesAs(ask, question, [{ unit, name, group, teamSize }]);
          if (tally) supposed.set(unit, tally);
        }
        return supposed;
      }),

    targetEffect: (year, targets) =>
      effectUnder(year, async (answer) => {
        const byUnit = Map.groupBy(targets, ({ unit }) => unit);
        const kinds = answer.judge.layout.targetKinds;
        const found = await latestValues(ask, {
          plan: answer.plan,
          snapshot: snapshotOf(answer),
          on: seenUntil(answer),
          units: [...byUnit.keys()],
        });
        const supposed = new Map<string, UnitTally | null>();
        for (const [unit, changes] of byUnit) {
          const tally = tallyIn(answer, unit);
          if (!tally) continue;
          const latest = new Map(
            (found.get(unit) ?? []).map(({ kind, indicator, value }) => [
              JSON.stringify([kinds[kind], indicator]),
              value,
            ]),
          );
          supposed.set(unit, { ...tally, targets: targetsAfter(answer, tally.targets, changes, latest) });
        }
        return supposed;
      }),
  };
}
