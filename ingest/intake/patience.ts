import { describeFaults, type Fault } from '#schemas/admission.ts';
import { shortened } from '#schemas/text.ts';

/**
 * How long a batch is checked on that is refused again and again: a sender that is wrong is mostly wrong in one way, and
 * hears so after a hundred times as well as after ten thousand.
 */
export type Patience = {
  /** Notes why an event was refused. */
  refused(faults: readonly Fault[]): void;
  /** Whether there is none left: what follows is not checked. */
  spent(): boolean;
  /** What is said of the events that are not checked, once it is known how many. */
  notice(more: number): Fault[];
};

/** Refusals of all kinds after which it is enough, in multiples of those of one kind. */
const KINDS = 10;

const kindOf = (faults: readonly Fault[]): string => faults.map(({ field }) => field).join(' ');

/** `most`: refusals of one kind. */
export function createPatience(most: number): Patience {
  const counts = new Map<string, number>();
  let total = 0;
  let last: { count: number; why: string } | undefined;
  return {
    refused(faults) {
      if (last) return;
      const kind = kindOf(faults);
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      total++;
      if (count >= most) last = { count, why: shortened(describeFaults(faults), 300) };
      else if (total >= most * KINDS) last = { count: total, why: shortened(describeFaults(faults), 300) };
    },
    spent: () => last !== undefined,
    notice: (more) => [
      {
        field: '',
        message: `was not checked, since ${last?.count} events before it were refused (${last?.why}), and ${more} more were not`,
      },
    ],
  };
}
