import { ref } from 'vue';
import { z } from 'zod';
import { inboxKind, MOST_DECISIONS } from '#schemas/results/inbox.ts';
import { readInbox, sendDecisions } from '../../composables/inboxQueries.ts';

/** A decision on all that the filters find. It is kept in the browser until it is done, so that it can be resumed. */
const bulkOrder = z.object({
  kind: inboxKind,
  scope: z.object({
    year: z.int(),
    unit: z.string().optional(),
    group: z.string().optional(),
    requirement: z.string().optional(),
  }),
  decision: z.enum(['verified', 'rejected', 'granted', 'dismissed']),
  reason: z.string(),
  until: z.string(),
  total: z.int(),
  done: z.int(),
  skipped: z.int(),
  failed: z.int(),
});
export type BulkOrder = z.infer<typeof bulkOrder>;

const KEY = 'wuxing.bulk';

export function leftOver(): BulkOrder | null {
  try {
    return bulkOrder.parse(JSON.parse(localStorage.getItem(KEY) ?? ''));
  } catch {
    return null;
  }
}
export const dropBulk = (): void => localStorage.removeItem(KEY);

/** Runs an order page by page. What is decided is no longer in the list, so that it may begin again at any time. */
export function useBulk() {
  const order = ref<BulkOrder | null>(null);
  const running = ref(false);
  /** All that the order is about was looked at. */
  const finished = ref(false);
  let stopped = false;

  const keep = (next: BulkOrder): void => {
    order.value = next;
    localStorage.setItem(KEY, JSON.stringify(next));
  };

  async function page(now: BulkOrder, cursor: string | null): Promise<string | null> {
    const { kind, scope, until, decision, reason } = now;
    const { items, nextCursor } = await readInbox(kind, scope, { until, cursor, limit: MOST_DECISIONS });
    const open = items.filter(({ own }) => !own);
    const receipts = open.length
      ? await sendDecisions(
          open.map(({ unit, activity, version }) => ({ unit, activity, version, decision, reason })),
        )
      : [];
    const done = receipts.filter(({ status }) => status === 'appended' || status === 'already').length;
    keep({
      ...now,
      done: now.done + done,
      skipped: now.skipped + items.length - open.length,
      failed: now.failed + receipts.length - done,
    });
    return nextCursor;
  }

  /** Rejects where the server cannot be reached; what was done by then is kept. */
  async function run(requested: BulkOrder): Promise<void> {
    stopped = false;
    finished.value = false;
    running.value = true;
    keep({ ...requested, skipped: 0, failed: 0 });
    try {
      let cursor: string | null = null;
      do {
        cursor = await page(order.value ?? requested, cursor);
      } while (cursor !== null && !stopped);
      finished.value = cursor === null;
      if (finished.value) dropBulk();
    } finally {
      running.value = false;
    }
  }
  const stop = (): void => {
    stopped = true;
  };
  return { order, running, finished, run, stop };
}
