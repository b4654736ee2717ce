import type { Plan } from '#schemas/plan.ts';
import { inspectionFact } from '#schemas/presentation/answers/selfInspection.ts';
import { matches } from '#schemas/presentation/text.ts';
import type { Claim, SelfInspections } from '#schemas/results/selfInspections.ts';
import type { ClaimDot } from '../../charts/claims.ts';
import { type Sheet, scored } from '../../components/sheet.ts';
import { someOf } from '../../locales/someOf.ts';
import type { Words } from '../../locales/words.ts';

export type Selection = {
  group: string | null;
  criterion: string | null;
  over: boolean;
  /** Part of a unit's name or id. */
  search?: string | null;
};

/** Largest overclaim first, as the api gives them. */
export const selectClaims = (
  { claims }: Pick<SelfInspections, 'claims'>,
  { group, criterion, over, search = null }: Selection,
): Claim[] =>
  claims.filter(
    (claim) =>
      (group === null || claim.group === group) &&
      (criterion === null || claim.criterion === criterion) &&
      (!over || (claim.difference ?? 0) > 0) &&
      (search === null || matches([claim.name, claim.unit], search)),
  );

type Units = SelfInspections['units'];

export const unitsOf = ({ units }: Pick<SelfInspections, 'units'>, group: string | null): Units =>
  units.filter((unit) => group === null || unit.group === group);

export const claimDots = (units: Units): ClaimDot[] =>
  units.flatMap(({ unit, name, selfTotal, evidencedTotal }) =>
    selfTotal === null || evidencedTotal === null
      ? []
      : [{ unit, name, self: selfTotal, evidenced: evidencedTotal }],
  );

export const unitSheet = (words: Words, units: Units): Sheet => ({
  head: [
    words.say('selfInspection.unit'),
    words.say('ranking.group'),
    words.say('selfInspection.recordedOn'),
    scored(words.say('selfInspection.self')),
    scored(words.say('selfInspection.evidenced')),
    scored(words.say('selfInspection.difference')),
  ],
  body: units.map(({ name, group, recordedOn, selfTotal, evidencedTotal, difference }) => [
    name,
    words.term(group),
    recordedOn,
    selfTotal,
    evidencedTotal,
    difference,
  ]),
});

export const criterionName = (words: Words, { criteria }: Pick<Plan, 'criteria'>, id: string): string => {
  const found = criteria.find((criterion) => criterion.id === id);
  return found ? words.name(found.name) : id;
};

/** Who overrates most and in what, or that nobody does. */
export function inspectionAnswer(
  words: Words,
  plan: Pick<Plan, 'criteria'>,
  year: number,
  units: readonly Pick<Units[number], 'recordedOn'>[],
  inGroup: readonly Claim[],
): string[] {
  const fact = inspectionFact(units, inGroup);
  if (fact.kind === 'none-submitted') return [words.say('selfInspection.answerNone', { year })];
  const { units: all, done } = fact;
  if (fact.kind === 'fair') return [words.say('selfInspection.answerFair', { units: all, done })];
  const { claims, points, decimals } = fact;
  const named = { units: all, done, points: words.gap(points, decimals) };
  const [most] = claims;
  const inWhat = (claim: Claim): string => criterionName(words, plan, claim.criterion);
  if (!most || claims.length > 1) {
    const names = someOf(
      words,
      claims.map((claim) => `${claim.name} ${inWhat(claim)}`),
    );
    return [words.say('selfInspection.answerEqual', { ...named, names }, claims.length)];
  }
  return [
    words.say('selfInspection.answer', {
      ...named,
      unit: most.name,
      criterion: inWhat(most),
      self: words.score(most.selfScore, decimals),
      evidenced: words.score(most.evidenced, decimals),
    }),
  ];
}
