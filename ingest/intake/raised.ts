import { instantOf } from '#schemas/dates.ts';
import type { Envelope } from '#schemas/events.ts';

/**
 * Counts what a restored stream has in another order than its clock: where `recordedtime` decreases within a subject,
 * the event counts as recorded when the one before it was. The projection raises it; this says of how many it does.
 */
export function createRaisedCounter(): { look(envelope: Envelope): void; count(): number } {
  const clocks = new Map<string, number>();
  let raised = 0;
  return {
    look(envelope) {
      const { subject, recordedtime } = (envelope ?? {}) as { subject?: unknown; recordedtime?: unknown };
      if (typeof subject !== 'string' || typeof recordedtime !== 'string') return;
      const instant = instantOf(recordedtime);
      const last = clocks.get(subject) ?? 0;
      if (instant < last) raised++;
      else if (instant > last) clocks.set(subject, instant);
    },
    count: () => raised,
  };
}
