import type { Ask } from '#api/queries/ask.ts';
import { type PublicationEvent, publicationEvents } from '#api/queries/publications.ts';
import type { Snapshot } from '#api/queries/snapshot.ts';
import type { Progress } from '#api/ranking-cache/progress.ts';
import { ZONE } from '#schemas/events.ts';
import { covers } from '#schemas/position.ts';

/** The publications of a year's provisional result that a snapshot knows, in stream order. */
export type Publications = (question: { snapshot: Snapshot; year: number }) => Promise<PublicationEvent[]>;

/** Every page asks, and they are few: all of them are kept until something about the zone is recorded. */
export function createPublicationShelf(ask: Ask, progress: Pick<Progress, 'subscribe'>): Publications {
  let read: Promise<PublicationEvent[]> | undefined;

  progress.subscribe(({ touched, reset }) => {
    if (reset || touched.all.has(ZONE)) read = undefined;
  });

  function all(): Promise<PublicationEvent[]> {
    if (read) return read;
    const reading = publicationEvents(ask);
    read = reading;
    reading.catch(() => {
      if (read === reading) read = undefined;
    });
    return reading;
  }

  return async ({ snapshot: { offsets, asOf }, year }) =>
    (await all()).filter(
      (one) =>
        one.year === year && covers(offsets, one.position) && (asOf === null || one.recordedAt <= asOf),
    );
}
