import type { Plan } from '#schemas/plan.ts';
import { greatest } from '#schemas/presentation/answers/rows.ts';
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

export const claimSheet = (words: Words, plan: Pick<Plan, 'criteria'>, claims: readonly Claim[]): Sheet => ({
  head: [
    words.say('selfInspection.unit'),
    words.say('selfInspection.criterion'),
    scored(words.say('selfInspection.self')),
    scored(words.say('selfInspection.evidenced')),
    scored(words.say('selfInspection.difference')),
    words.say('selfInspection.shortcomings'),
    words.say('selfInspection.remedies'),
  ],
  body: claims.map((claim) => [
    claim.name,
    criterionName(words, plan, claim.criterion),
    claim.selfScore,
    claim.evidenced,
    claim.difference,
    claim.shortcomings,
    claim.remedies,
  ]),
});

/** Who overrates most and in what, or that nobody does. */
export function inspectionAnswer(
  words: Words,
  plan: Pick<Plan, 'criteria'>,
  year: number,
  units: Units,
  claims: readonly Claim[],
): string[] {
  const done = units.filter(({ recordedOn }) => recordedOn !== null).length;
  if (done === 0) return [words.say('selfInspection.answerNone', { year })];
  const { found, most: points } = greatest(claims, ({ difference }) => difference ?? 0);
  const [most] = found;
  if (!most) return [words.say('selfInspection.answerFair', { units: units.length, done })];
  if (found.length > 1) {
    const names = someOf(
      words,
      found.map((claim) => `${claim.name} ${criterionName(words, plan, claim.criterion)}`),
    );
    const named = { units: units.length, done, names, points: words.score(points) };
    return [words.say('selfInspection.answerEqual', named, found.length)];
  }
  return [
    words.say('selfInspection.answer', {
      units: units.length,
      done,
      unit: most.name,
      criterion: criterionName(words, plan, most.criterion),
      self: words.score(most.selfScore),
      evidenced: words.score(most.evidenced),
      points: words.gap(most.difference),
    }),
  ];
}
