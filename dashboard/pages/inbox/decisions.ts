import { onBeforeUnmount, ref, shallowRef } from 'vue';
import type { DecisionOf, DecisionReceipt, InboxItem } from '#schemas/results/inbox.ts';
import { ApiProblem } from '../../composables/client.ts';
import { renewInbox, sendDecisions, sendOnLeaving } from '../../composables/inboxQueries.ts';

/** What was decided and has not been sent yet: so long it can be undone without a trace. */
export type Waiting = { item: InboxItem; decision: DecisionOf; reason: string; at: number };

/** How long a decision waits at least; those that have waited as long are sent together. */
const UNDO_MS = 6_000;
const TOGETHER_MS = 3_000;

export type Outcome =
  | { kind: 'first'; item: InboxItem; decided: NonNullable<DecisionReceipt['decided']> | undefined }
  | { kind: 'back'; item: InboxItem; why: string };

const requestOf = ({ item, decision, reason }: Waiting) => ({
  unit: item.unit,
  activity: item.activity,
  version: item.version,
  decision,
  reason,
});

/**
 * Decisions wait some seconds in the browser and are sent in small batches; leaving the page sends them at once.
 * Those that fail are told with the reason, or with `lost` where the server does not answer.
 */
export function useDecisions(told: (outcome: Outcome) => void, lost: () => string) {
  const waiting = shallowRef<readonly Waiting[]>([]);
  const sending = ref(0);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function hear(sent: readonly Waiting[], receipts: readonly DecisionReceipt[]): void {
    sent.forEach(({ item }, index) => {
      const { status, problem = '', decided } = receipts[index] ?? { status: 'refused' };
      if (status === 'conflict') told({ kind: 'first', item, decided });
      else if (status === 'refused') told({ kind: 'back', item, why: problem });
    });
  }

  async function send(batch: readonly Waiting[]): Promise<void> {
    if (batch.length === 0) return;
    sending.value += batch.length;
    try {
      hear(batch, await sendDecisions(batch.map(requestOf)));
      void renewInbox();
    } catch (error) {
      const why = error instanceof ApiProblem && error.message !== '' ? error.message : lost();
      for (const { item } of batch) told({ kind: 'back', item, why });
    } finally {
      sending.value -= batch.length;
    }
  }

  function plan(): void {
    clearTimeout(timer);
    const [oldest] = waiting.value;
    if (!oldest) return;
    const due = oldest.at + UNDO_MS + (waiting.value.length > 1 ? TOGETHER_MS : 0);
    timer = setTimeout(flushDue, Math.max(0, due - Date.now()));
  }
  function flushDue(): void {
    const now = Date.now();
    const due = waiting.value.filter(({ at }) => now - at >= UNDO_MS);
    waiting.value = waiting.value.filter(({ at }) => now - at < UNDO_MS);
    void send(due);
    plan();
  }
  function take(): readonly Waiting[] {
    const all = waiting.value;
    waiting.value = [];
    clearTimeout(timer);
    return all;
  }

  function decide(item: InboxItem, decision: DecisionOf, reason: string): void {
    waiting.value = [...waiting.value, { item, decision, reason, at: Date.now() }];
    plan();
  }
  /** Takes the last one back; undefined where all are on their way. */
  function undo(): Waiting | undefined {
    const last = waiting.value.at(-1);
    waiting.value = waiting.value.slice(0, -1);
    plan();
    return last;
  }
  const flush = (): Promise<void> => send(take());

  const leave = (): void => {
    const all = take();
    // What a browser sends on while it leaves is bounded in size.
    for (let from = 0; from < all.length; from += 50)
      sendOnLeaving(all.slice(from, from + 50).map(requestOf));
  };
  addEventListener('pagehide', leave);
  onBeforeUnmount(() => {
    removeEventListener('pagehide', leave);
    void flush();
  });

  return { waiting, sending, decide, undo, flush };
}
