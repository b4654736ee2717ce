import { z } from 'zod';
import { reflects } from './answer.ts';

const count = z.int().min(0);

/** How much waits, under the same filters. null: not for the asker to decide. */
export const inboxCounts = z.strictObject({
  verification: count,
  late: count,
  duplicates: count,
  appeals: count.nullable(),
  quarantine: count.nullable(),
  vetoes: count.nullable(),
});
export type InboxCounts = z.infer<typeof inboxCounts>;

export const inboxOpen = z.strictObject({ counts: inboxCounts, ...reflects });
