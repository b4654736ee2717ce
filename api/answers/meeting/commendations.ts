import { bodyOf, notableOf } from '#api/answers/activityBody.ts';
import { askRanking, stillOn } from '#api/answers/asked.ts';
import { headed, type PageParts, snapshotOf } from '#api/answers/pages/parts.ts';
import { bandsFor } from '#api/answers/rankings.ts';
import { Problem } from '#api/http/problem.ts';
import type { Cacheable, Seen } from '#api/ports.ts';
import type { ListedActivity } from '#api/queries/activities.ts';
import { awardEvents } from '#api/queries/awards.ts';
import { deedsToShow } from '#api/queries/deeds.ts';
import { COUNTING } from '#api/queries/tallies.ts';
import type { RankingAnswer } from '#api/ranking-cache/rankingCache.ts';
import { breathe } from '#ingest/process/calmly.ts';
import { awardsGiven } from '#schemas/awards.ts';
import { withBands } from '#schemas/bands/bands.ts';
import { barOf, candidatesOf, placesOf, quotaOf } from '#schemas/candidates.ts';
import { fitsMeasure } from '#schemas/fit.ts';
import { isDeed } from '#schemas/measureTraits.ts';
import { incidentKinds, type Plan } from '#schemas/plan.ts';
import { formatWatermark } from '#schemas/position.ts';
import type { Award, Commendations, Notable } from '#schemas/results/commendations.ts';
import type { Verdict } from '#schemas/scoring.ts';

/** `quota` and `perGroup` as `10%` or `5`, checked already. */
export type CommendationQuestion = Seen & { quota: string; perGroup: string };

/** What is shown of each candidate. */
const EACH = 3;

/** What is shown of a deed; nothing where it fits no measure of the plan. */
function shownOf({ requirements }: Plan, deed: ListedActivity): Notable[] {
  const body = bodyOf(deed);
  const fits = requirements.some(({ kind, measure }) => kind === deed.kind && fitsMeasure(measure, body));
  return fits ? [notableOf(deed, body)] : [];
}

/** The mean attainment of each requirement; units are gone through once. */
function meansOf({ requirements }: Plan, verdicts: readonly Verdict[]): number[] {
  const met = requirements.map(() => ({ sum: 0, counted: 0 }));
  for (const { attainments } of verdicts)
    for (const [index, one] of met.entries()) {
      const attainment = attainments[index] ?? null;
      if (attainment === null) continue;
      one.sum += attainment;
      one.counted++;
    }
  return met.map(({ sum, counted }) => (counted === 0 ? Number.POSITIVE_INFINITY : sum / counted));
}

/** Kinds of things done, those first that the zone does least. */
function rareKinds({ plan, ranked }: RankingAnswer): string[] {
  const incidents = new Set(incidentKinds(plan));
  const means = meansOf(plan, ranked.verdicts);
  const deeds = plan.requirements
    .map(({ kind, measure }, index) => ({ kind, measure, mean: means[index] ?? Number.POSITIVE_INFINITY }))
    .filter(({ kind, measure }) => isDeed(measure) && !incidents.has(kind))
    .sort((a, b) => a.mean - b.mean || 0);
  return [...new Set(deeds.map(({ kind }) => kind))];
}

const lastDay = ({ plan, basis, on }: RankingAnswer): string =>
  basis === 'to-date' ? on : `${plan.year}-12-31`;

/** Which activities of some units are worth showing; as the question sees them. */
export async function shownDeeds(
  { ask }: Pick<PageParts, 'ask'>,
  answer: RankingAnswer,
  wanted: { units: readonly string[]; kinds: readonly string[]; ofKind: number; ofUnit: number },
): Promise<Map<string, Notable[]>> {
  const { plan } = answer;
  const deeds = await deedsToShow(ask, {
    snapshot: snapshotOf(answer),
    year: plan.year,
    states: COUNTING[plan.counts],
    on: lastDay(answer),
    ...wanted,
  });
  const shown = new Map<string, Notable[]>();
  for (const deed of deeds) {
    const own = shown.get(deed.unit) ?? [];
    shown.set(deed.unit, own);
    own.push(...shownOf(plan, deed));
  }
  return shown;
}

export type CommendationReads = {
  /** Candidates within the quota, who is passed over, and what the department has decided. */
  commendations(question: CommendationQuestion): Promise<Cacheable<Commendations>>;
  /** The awards of a year, as the question sees them. */
  awards(question: Seen): Promise<Award[]>;
  /**
   * Why a unit may not be commended as things stand today, in words; null where nothing stands against it. A condition
   * that is not due yet does not bar (docs/programme.md). Throws a `Problem` where the unit is not ranked.
   */
  bar(year: number, unit: string): Promise<string | null>;
};

export function createCommendations(parts: PageParts): CommendationReads {
  const { ask, cache, cached, offsets, now } = parts;

  async function awardsIn(answer: RankingAnswer): Promise<Award[]> {
    const { ranked, placeOf, plan } = answer;
    const given = awardsGiven(await awardEvents(ask, { snapshot: snapshotOf(answer), year: plan.year }));
    return given.map((one) => {
      const row = ranked.rows[placeOf.get(one.unit) ?? -1];
      const { name, group } = row ?? { name: one.unit, group: '' };
      return { ...one, name, group, eligible: row?.eligible ?? null };
    });
  }

  async function make(
    question: CommendationQuestion,
  ): Promise<{ value: Commendations; answer: RankingAnswer; isWhole: boolean }> {
    const { year, basis, on, asOf, quota: overall, perGroup } = question;
    const answer = await askRanking(cache, { year, basis, on, asOf });
    const { judge, ranked } = answer;
    const quota = quotaOf(overall) ?? { places: 0 };
    const bands = await bandsFor(cache, answer, Math.max(1, placesOf(quota, ranked.totals.length)));
    await breathe();
    const rows = bands ? withBands(ranked.rows, bands) : ranked.rows;
    const { places, groups, candidates, passedOver } = candidatesOf(
      judge,
      { ...ranked, rows },
      { quota, perGroup: quotaOf(perGroup) ?? { places: 0 } },
    );
    await breathe();
    const kinds = rareKinds(answer);
    const [notable, awards, head] = await Promise.all([
      shownDeeds(parts, answer, {
        units: candidates.map(({ row }) => row.unit),
        kinds,
        ofKind: 1,
        ofUnit: EACH,
      }),
      awardsIn(answer),
      headed(parts, question, answer),
    ]);
    const value = {
      quota: { asked: overall, places, ranked: ranked.totals.length },
      perGroup: { asked: perGroup, groups },
      candidates: candidates.map((one) => ({ ...one, notable: notable.get(one.row.unit) ?? [] })),
      passedOver,
      awards,
      ...head,
    };
    return { value, answer, isWhole: bands !== null };
  }

  return {
    commendations: (question) =>
      cached(['commendations', question], formatWatermark(offsets()), async () => {
        const { value, answer, isWhole } = await make(question);
        return { value, isCurrent: stillOn(question, answer, now), isWhole };
      }),
    async bar(year, unit) {
      const { judge, ranked, placeOf } = await askRanking(cache, { year, basis: 'to-date' });
      const verdict = ranked.verdicts[placeOf.get(unit) ?? -1];
      if (!verdict) throw new Problem('not-found', `No unit ${unit} is ranked in ${year}.`);
      return barOf(judge, verdict);
    },
    awards: async ({ year, basis, on, asOf }) => awardsIn(await askRanking(cache, { year, basis, on, asOf })),
  };
}
