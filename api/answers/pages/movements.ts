import { bodyOf } from '#api/answers/activityBody.ts';
import { askBoard, stillOn } from '#api/answers/asked.ts';
import { earlier } from '#api/answers/rankings.ts';
import type { BoardAnswer } from '#api/board/board.ts';
import type { PageReads, Since } from '#api/ports.ts';
import { type ActivityVersion, activityVersions } from '#api/queries/activityVersions.ts';
import { type UnitEvent, unitEventsSince } from '#api/queries/unitEvents.ts';
import { effectsOf, moversOf, placeOf, sideOf } from '#schemas/movement.ts';
import { changedOnly, marked, type Recorded, withEvents } from '#schemas/movementEvents.ts';
import { formatPosition, formatWatermark } from '#schemas/position.ts';
import type { MovementEvent } from '#schemas/results/movement.ts';
import { headed, type PageParts, placed, snapshotOf, standingsIn } from './parts.ts';

/** Events of one unit that are listed at most. */
const MOST_EVENTS = 5_000;

type Data = { reason?: string; year?: number };

const dataOf = ({ envelope }: UnitEvent): Data => (JSON.parse(envelope) as { data?: Data }).data ?? {};

/** Puts the activity as an event left it, and as it was before, beside the event. */
function recordedOf(event: UnitEvent, versions: readonly ActivityVersion[]): Recorded {
  const own = versions.filter(({ activity }) => activity === event.activity);
  const after = own.find(({ fromPos }) => fromPos === event.position);
  const before = own.find(({ closedBy }) => closedBy === event.position);
  return {
    position: formatPosition(event.position),
    type: event.type,
    recordedtime: new Date(event.recordedAt).toISOString(),
    reason: dataOf(event).reason ?? null,
    activity: event.activity || null,
    body: after ? bodyOf(after) : null,
    before: before ? bodyOf(before) : null,
  };
}

const comparedOf = (answer: BoardAnswer) => ({
  plan: { year: answer.plan.year, version: answer.plan.version },
  on: answer.on,
  asOf: answer.asOf === null ? null : new Date(answer.asOf).toISOString(),
});

export function createMovements(parts: PageParts): Pick<PageReads, 'movement' | 'movements'> {
  const { ask, board, keep, offsets, now } = parts;

  const answerBefore = (question: Since, answer: BoardAnswer) =>
    askBoard(board, earlier({ ...question, compareTo: question.from }, answer));

  /** Against another year there are no events to show: all of this year's are new. */
  async function eventsSince(
    unit: string,
    answer: BoardAnswer,
    before: BoardAnswer,
  ): Promise<MovementEvent[]> {
    const { plan } = answer;
    if (before.asOf === null || before.plan.year !== plan.year) return [];
    const snapshot = snapshotOf(answer);
    const question = { snapshot, unit, since: before.asOf, limit: MOST_EVENTS };
    const events = (await unitEventsSince(ask, question)).filter(
      (event) => (dataOf(event).year ?? plan.year) === plan.year,
    );
    const activities = [...new Set(events.flatMap(({ activity }) => activity || []))];
    const versions = await activityVersions(ask, { snapshot, unit, year: plan.year, activities });
    const ofYear = new Set(versions.map(({ activity }) => activity));
    const own = events.filter(({ activity }) => activity === '' || ofYear.has(activity));
    return marked(
      plan,
      own.map((event) => recordedOf(event, versions)),
      before.on,
    );
  }

  return {
    async movement(unit, question) {
      const { answer, verdict, row } = await placed(board, unit, question);
      const before = await answerBefore(question, answer);
      const was = sideOf(before, unit);
      const is = { judge: answer.judge, verdict, rank: row.rank };
      const events = await eventsSince(unit, answer, before);
      return {
        unit,
        name: row.name,
        group: row.group,
        before: was && placeOf(was),
        after: placeOf(is),
        ...changedOnly(withEvents(effectsOf(was, is), events)),
        events,
        compared: comparedOf(before),
        ...(await headed(parts, question, answer)),
      };
    },

    movements: (question) =>
      keep(['movements', question], formatWatermark(offsets()), async () => {
        const { year, basis, on, asOf, group, top } = question;
        const answer = await askBoard(board, { year, basis, on, asOf });
        const before = await answerBefore(question, answer);
        const value = {
          ...moversOf(before, standingsIn(answer, group), top),
          compared: comparedOf(before),
          ...(await headed(parts, question, answer)),
        };
        return { value, isCurrent: stillOn(question, answer, now), isWhole: true };
      }),
  };
}
