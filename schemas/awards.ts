import type { Award } from './results/commendations.ts';

/** An award, or its withdrawal, as the stream holds it. */
export type AwardEvent = {
  unit: string;
  honour: string;
  reason: string;
  withdrawn: boolean;
  recordedtime: string;
  position: string;
};

type Given = Pick<Award, 'unit' | 'honour' | 'reason' | 'recordedtime' | 'position' | 'withdrawn'>;

/**
 * The awards of a year in the order in which they were given, those taken back marked as such. An honour that was
 * taken back may be given again; giving one that stands, or taking back what nobody has, changes nothing.
 */
export function awardsGiven(events: readonly AwardEvent[]): Given[] {
  const given: Given[] = [];
  const standing = new Map<string, Given>();
  for (const { withdrawn, ...event } of events) {
    const key = JSON.stringify([event.unit, event.honour]);
    const award = standing.get(key);
    if (withdrawn && award) {
      const { reason, recordedtime, position } = event;
      award.withdrawn = { reason, recordedtime, position };
      standing.delete(key);
    } else if (!withdrawn && !award) {
      const fresh = { ...event, withdrawn: null };
      given.push(fresh);
      standing.set(key, fresh);
    }
  }
  return given;
}
