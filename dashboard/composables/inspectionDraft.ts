import { computed, onBeforeUnmount, ref, shallowRef, watch } from 'vue';
import { draftAnswer, type InspectionEntries, type KeptDraft } from '#schemas/results/inspectionDraft.ts';
import { ApiProblem, ask } from './client.ts';

/** The draft of a unit's self-inspection on the server: saved as it is written, so that a closed tab loses nothing. */

const CALM_MS = 800;
const AGAIN_MS = 5_000;

export type DraftState = 'loading' | 'fresh' | 'saved' | 'unsaved' | 'saving' | 'failed' | 'taken';

const addressOf = (unit: string, year: number): string =>
  `/units/${encodeURIComponent(unit)}/self-inspections/${year}/draft`;

export function useInspectionDraft(unit: () => string, year: () => number) {
  const entries = ref<InspectionEntries>({});
  const kept = shallowRef<KeptDraft | null>(null);
  /** What somebody else has saved meanwhile. */
  const other = shallowRef<KeptDraft | null>(null);
  const state = ref<DraftState>('loading');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let round = 0;

  async function load(): Promise<void> {
    const own = ++round;
    clearTimeout(timer);
    state.value = 'loading';
    other.value = null;
    const { draft } = await ask(draftAnswer, addressOf(unit(), year())).catch(() => ({ draft: null }));
    if (own !== round) return;
    kept.value = draft;
    entries.value = draft ? structuredClone(draft.criteria) : {};
    state.value = draft ? 'saved' : 'fresh';
  }

  async function save(): Promise<void> {
    const own = round;
    clearTimeout(timer);
    state.value = 'saving';
    const sent = JSON.stringify(entries.value);
    try {
      const { draft } = await ask(draftAnswer, addressOf(unit(), year()), {
        method: 'PUT',
        body: { criteria: entries.value, after: kept.value?.savedAt ?? null },
      });
      if (own !== round) return;
      kept.value = draft;
      if (JSON.stringify(entries.value) === sent) state.value = 'saved';
      else touch();
    } catch (error) {
      if (own !== round) return;
      if (error instanceof ApiProblem && error.status === 409) return await heard();
      state.value = 'failed';
      timer = setTimeout(save, AGAIN_MS);
    }
  }

  async function heard(): Promise<void> {
    other.value = (await ask(draftAnswer, addressOf(unit(), year())).catch(() => ({ draft: null }))).draft;
    state.value = 'taken';
  }

  /** Something was edited: it is saved once the hand rests. */
  function touch(): void {
    if (state.value === 'taken') return;
    clearTimeout(timer);
    if (state.value !== 'saving') state.value = 'unsaved';
    timer = setTimeout(save, CALM_MS);
  }

  /** Of two drafts one is kept: the other's, or one's own in its place. */
  function settle(mine: boolean): void {
    const theirs = other.value;
    other.value = null;
    kept.value = theirs;
    if (!mine && theirs) entries.value = structuredClone(theirs.criteria);
    state.value = mine ? 'unsaved' : 'saved';
    if (mine) void save();
  }

  async function forget(): Promise<void> {
    clearTimeout(timer);
    await ask(draftAnswer, addressOf(unit(), year()), { method: 'DELETE' });
    kept.value = null;
    state.value = 'fresh';
  }

  const isOpen = computed(() => ['unsaved', 'saving', 'failed', 'taken'].includes(state.value));
  const warn = (event: BeforeUnloadEvent): void => {
    if (isOpen.value) event.preventDefault();
  };
  addEventListener('beforeunload', warn);
  onBeforeUnmount(() => {
    removeEventListener('beforeunload', warn);
    clearTimeout(timer);
    if (state.value === 'unsaved') void save();
    round++;
  });
  watch([unit, year], load, { immediate: true });
  return { entries, kept, other, state, touch, save, settle, forget };
}
