import { bodyOf } from '#api/answers/activityBody.ts';
import { askRanking, stillOn } from '#api/answers/asked.ts';
import { begunAfter, seenDay } from '#api/answers/begun.ts';
import { earlier } from '#api/answers/rankings.ts';
import type { PageReads, Since } from '#api/ports.ts';
import { type ActivityVersion, activityVersions } from '#api/queries/activityVersions.ts';
import { type UnitEvent, unitEventsSince } from '#api/queries/unitEvents.ts';
import type { RankingAnswer, RankingQuestion } from '#api/ranking-cache/rankingCache.ts';
import { inSteps } from '#ingest/process/calmly.ts';
import { ORGANISATION } from '#schemas/events.ts';
import { moversOf } from '#schemas/movement/movement.ts';
import { movementOfUnit, withoutNames } from '#schemas/movement/ofUnit.ts';
import { marked, type Recorded, seenOn } from '#schemas/movementEvents.ts';
import { formatPosition, formatWatermark } from '#schemas/position.ts';
import type { MovementEvent } from '#schemas/results/movement.ts';
import { headed, type PageParts, placed, snapshotOf } from './parts.ts';

/** Events of one unit that are listed at most. */
const MOST_EVENTS = 5_000;

type Data = { reason?: string; year?: number };

const dataOf = ({ envelope }: UnitEvent): Data => (JSON.parse(envelope) as { data?: Data }).data ?? {};

const standing = (version: ActivityVersion) => ({
  ...bodyOf(version),
  state: version.state,
  waived: version.waived,
});

/** Puts the activity as an event left it, and as it was before, beside the event. */
function recordedOf(event: UnitEvent, versions: readonly ActivityVersion[]): Recorded {
  const own = versions.filter(({ activity }) => activity === event.activity);
  const after = own.find(({ fromPos }) => fromPos === event.position);
  const before = own.find(({ closedBy }) => closedBy === event.position);
  return {
    position: formatPosition(event.position),
    type: event.type,
    recordedtime: new Date(event.recordedAt).toISOString(),
    by: event.source === ORGANISATION ? 'organisation' : 'unit',
    reason: dataOf(event).reason ?? null,
    activity: event.activity || null,
    body: after ? standing(after) : null,
    before: before ? standing(before) : null,
  };
}

const comparedOf = (answer: RankingAnswer) => ({
  plan: { year: answer.plan.year, version: answer.plan.version },
  on: answer.on,
  asOf: answer.asOf === null ? null : new Date(answer.asOf).toISOString(),
});

export function createMovements(parts: PageParts): Pick<PageReads, 'movement' | 'movements'> {
  const { ask, cache, cached, offsets, now } = parts;

  /** A ranking to be compared with, which knows who had not begun on its day. */
  async function compared(question: RankingQuestion, answer: RankingAnswer) {
    const then = await askRanking(cache, question);
    return { ...then, unbegun: await begunAfter(ask, answer, seenDay(then)) };
  }

  const answerBefore = (question: Since, answer: RankingAnswer) =>
    compared(earlier({ ...question, compareTo: question.from }, answer), answer);

  /** The earlier day with what is known now: another question to date only, and not of a year that is over. */
  async function recastOf({ from, asOf }: Since, answer: RankingAnswer, then: RankingAnswer) {
    const { basis, plan } = answer;
    if (basis === 'year' || typeof from === 'number') return null;
    return compared({ year: plan.year, basis, on: then.on, asOf }, answer);
  }

  /** Against another year there are no events to show: all of this year's are new. */
  async function eventsSince(
    unit: string,
    answer: RankingAnswer,
    then: RankingAnswer,
  ): Promise<MovementEvent[]> {
    const { plan } = answer;
    if (then.asOf === null || then.plan.year !== plan.year) return [];
    const snapshot = snapshotOf(answer);
    const question = { snapshot, unit, since: then.asOf, limit: MOST_EVENTS };
    const events = (await unitEventsSince(ask, question)).filter(
      (event) => (dataOf(event).year ?? plan.year) === plan.year,
    );
    const activities = [...new Set(events.flatMap(({ activity }) => activity || []))];
    const versions = await activityVersions(ask, { snapshot, unit, year: plan.year, activities });
    const ofYear = new Set(versions.map(({ activity }) => activity));
    const own = events.filter(({ activity }) => activity === '' || ofYear.has(activity));
    const recorded = own.map((event) => recordedOf(event, versions));
    // A whole year has all of its activities, from whatever day it is looked at.
    return marked(plan, answer.basis === 'year' ? recorded : seenOn(recorded, answer.on), then.on);
  }

  return {
    async movement(unit, question, viewer) {
      const { answer } = await placed(cache, unit, question);
      const then = await answerBefore(question, answer);
      const recast = await recastOf(question, answer, then);
      const known = question.known === 'now' && recast ? 'now' : 'then';
      const before = known === 'now' && recast ? recast : then;
      const events = (await eventsSince(unit, answer, then)).filter(
        ({ occurredOn }) => known === 'then' || (occurredOn !== null && occurredOn > before.on),
      );
      const times = { before, after: answer, recast: known === 'then' ? recast : null };
      const moved = movementOfUnit(times, unit, events);
      if (!moved) throw new TypeError(`${unit} is placed and has no side`);
      return {
        ...(viewer.unit === undefined ? moved : withoutNames(moved)),
        known,
        compared: comparedOf(before),
        ...(await headed(parts, question, answer)),
      };
    },

    movements: (question) =>
      cached(['movements', question], formatWatermark(offsets()), async () => {
        const { year, basis, on, asOf, group, top } = question;
        const answer = await askRanking(cache, { year, basis, on, asOf });
        const before = await answerBefore(question, answer);
        const value = {
          ...(await inSteps(moversOf(before, answer, top, group))),
          compared: comparedOf(before),
          ...(await headed(parts, question, answer)),
        };
        return { value, isCurrent: stillOn(question, answer, now), isWhole: true };
      }),
  };
}
