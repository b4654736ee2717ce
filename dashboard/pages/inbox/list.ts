import { computed, ref, shallowRef } from 'vue';
import type { InboxItem, InboxKind } from '#schemas/results/inbox.ts';
import type { InboxCounts } from '#schemas/results/inboxOpen.ts';
import { type InboxScope, readInbox } from '../../composables/inboxQueries.ts';

export const keyOf = ({ unit, activity }: { unit: string; activity: string }): string =>
  `${unit}/${activity}`;

/** How near the end the next page is fetched. */
const AHEAD = 30;

/**
 * The items of one tab. An item that is decided disappears at once and the next one is shown. Further pages are fetched
 * before the end is reached. New items come behind the last page, so that the list stays still while somebody reads.
 */
export function useItems() {
  const items = shallowRef<readonly InboxItem[]>([]);
  const counts = ref<InboxCounts | null>(null);
  const selected = ref<string | null>(null);
  const failed = shallowRef<unknown>(null);
  const loading = ref(false);
  /** The watermark of the first page. */
  const watermark = ref('');
  let asked: { kind: InboxKind; scope: InboxScope; cursor: string | null } | null = null;
  let aborter = new AbortController();
  /** What was decided here and may still be in the answer of a page. */
  const gone = new Set<string>();

  const place = computed(() => items.value.findIndex((item) => keyOf(item) === selected.value));
  const current = computed(() => items.value[place.value] ?? null);

  async function open(kind: InboxKind, scope: InboxScope): Promise<void> {
    aborter.abort();
    aborter = new AbortController();
    asked = { kind, scope, cursor: null };
    items.value = [];
    selected.value = null;
    await more(true);
  }

  async function more(first = false): Promise<void> {
    if (!asked || (loading.value && !first) || (!first && asked.cursor === null)) return;
    const mine = asked;
    loading.value = true;
    failed.value = null;
    try {
      const answer = await readInbox(mine.kind, mine.scope, { cursor: mine.cursor, signal: aborter.signal });
      if (mine !== asked) return;
      mine.cursor = answer.nextCursor;
      if (first) {
        counts.value = answer.counts;
        watermark.value = answer.watermark;
      }
      const there = new Set(items.value.map(keyOf));
      const fresh = answer.items.filter((item) => !gone.has(keyOf(item)) && !there.has(keyOf(item)));
      items.value = [...items.value, ...fresh];
      if (selected.value === null && items.value[0]) selected.value = keyOf(items.value[0]);
    } catch (error) {
      if (mine === asked) failed.value = error;
    } finally {
      if (mine === asked) loading.value = false;
    }
    if (mine === asked && items.value.length < AHEAD && mine.cursor !== null && failed.value === null)
      await more();
  }

  function select(index: number): void {
    const item = items.value[Math.max(0, Math.min(index, items.value.length - 1))];
    if (!item) return;
    selected.value = keyOf(item);
    if (index > items.value.length - AHEAD) void more();
  }

  function count(by: number): void {
    const kind = asked?.kind;
    const held = counts.value;
    if (kind && held) counts.value = { ...held, [kind]: Math.max(0, (held[kind] ?? 0) + by) };
  }

  /** Takes an item away; the one behind it, or else the last, is the next. */
  function remove(item: InboxItem): void {
    const index = items.value.findIndex((one) => keyOf(one) === keyOf(item));
    if (index < 0) return;
    gone.add(keyOf(item));
    items.value = items.value.filter((_, at) => at !== index);
    count(-1);
    selected.value = null;
    select(index);
  }
  /** Puts an item back where it stood first, and looks at it. */
  function restore(item: InboxItem, look = true): void {
    gone.delete(keyOf(item));
    if (asked && item.year !== asked.scope.year) return;
    items.value = [item, ...items.value.filter((one) => keyOf(one) !== keyOf(item))];
    count(1);
    if (look) selected.value = keyOf(item);
  }

  return {
    items,
    counts,
    current,
    selected,
    place,
    loading,
    failed,
    watermark,
    open,
    more,
    select,
    remove,
    restore,
  };
}
