import { computed, onScopeDispose, ref, watch } from 'vue';
import { z } from 'zod';
import { useSession } from './session.ts';

/**
 * Drafts of reports, in this browser: under the account that wrote them, and unit by unit. Who signs in next on the same
 * machine does not see them; they are there again for whoever wrote them.
 */

/** What a draft holds beside what its page puts into it. */
const head = z.object({
  /** Also the id of the event that it is sent as: sent again after a lost answer it adds nothing. */
  id: z.string(),
  /** The report that it becomes, or amends. */
  activity: z.string(),
  amends: z.boolean(),
  year: z.int(),
  savedAt: z.number(),
});
const stored = z.array(head.extend({ entry: z.unknown() }));

export type DraftHead = z.infer<typeof head>;
export type Draft<E> = DraftHead & { entry: E };

const MOST = 50;
const LETTERS = '0123456789abcdefghijkmnpqrstuvwxyz';

/** A new id that nobody else makes: 20 letters of 34 by the browser's own randomness, also without https. */
export function freshId(prefix: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(20));
  return `${prefix}-${Array.from(bytes, (byte) => LETTERS[byte % LETTERS.length]).join('')}`;
}

const keyOf = (account: string, unit: string): string => `wuxing.drafts.${account}.${unit}`;

function read(key: string): z.infer<typeof stored> {
  try {
    return stored.parse(JSON.parse(localStorage.getItem(key) ?? '[]'));
  } catch {
    return [];
  }
}

/** False where the browser keeps nothing. */
function write(key: string, drafts: readonly DraftHead[]): boolean {
  try {
    if (drafts.length === 0) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(drafts.slice(0, MOST)));
    return true;
  } catch {
    return false;
  }
}

/** The drafts of who is signed in for a unit, the latest first; also those that another tab keeps. */
export function useDrafts<E>(unit: () => string, entry: z.ZodType<E>) {
  const { session } = useSession();
  const key = computed(() => (session.value && unit() ? keyOf(session.value.id, unit()) : null));
  const kept = ref<z.infer<typeof stored>>([]);
  const look = (): void => {
    kept.value = key.value === null ? [] : read(key.value);
  };
  watch(key, look, { immediate: true });
  const onStorage = (event: StorageEvent): void => {
    if (event.key === key.value) look();
  };
  addEventListener('storage', onStorage);
  onScopeDispose(() => removeEventListener('storage', onStorage));

  const drafts = computed<Draft<E>[]>(() =>
    kept.value
      .flatMap((draft) => {
        const parsed = entry.safeParse(draft.entry);
        return parsed.success ? [{ ...draft, entry: parsed.data }] : [];
      })
      .sort((a, b) => b.savedAt - a.savedAt),
  );

  const change = (next: (all: z.infer<typeof stored>) => z.infer<typeof stored>): boolean => {
    if (key.value === null) return false;
    // Another tab may have written meanwhile.
    const done = write(key.value, next(read(key.value)));
    look();
    return done;
  };
  return {
    drafts,
    keep: (draft: Draft<E>): boolean => change((all) => [draft, ...all.filter(({ id }) => id !== draft.id)]),
    drop: (id: string): boolean => change((all) => all.filter((draft) => draft.id !== id)),
  };
}
