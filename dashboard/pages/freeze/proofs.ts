import { matches } from '#schemas/presentation/text.ts';
import type { ActivityRow } from '#schemas/results/results.ts';

/** An event that made an activity what it is, as the page of proofs lists it. */
export type Provable = ActivityRow['history'][number] & {
  activity: string;
  title: string;
  occurredOn: string;
};

/** The events of activities, the last received first. */
export const eventsOf = (activities: readonly ActivityRow[]): Provable[] =>
  activities
    .flatMap(({ activity, title, occurredOn, history }) =>
      history.map((event) => ({ ...event, activity, title, occurredOn })),
    )
    .sort((a, b) => (a.recordedtime < b.recordedtime ? 1 : a.recordedtime > b.recordedtime ? -1 : 0));

/** Whether what somebody types is in the title or is one of the event's numbers. */
export const matchesEvent = (
  { title, activity, id, position, occurredOn }: Provable,
  search: string,
): boolean => matches([title, activity, id, position, occurredOn], search);

/** Names that a command line takes without quotes. */
export const proofFile = {
  consistency: (year: number, from: number, to: number): string =>
    `wuxing-${year}-seal-${to}-holds-${from}.json`,
  event: (year: number, number: number, { position }: Pick<Provable, 'position'>): string =>
    `wuxing-${year}-seal-${number}-event-${position}.json`,
};

export const asJson = (content: unknown): Blob =>
  new Blob([`${JSON.stringify(content, null, 2)}\n`], { type: 'application/json' });
