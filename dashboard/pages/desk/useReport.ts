import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { Fault } from '#schemas/admission.ts';
import type { Plan } from '#schemas/plan.ts';
import type { Preview } from '#schemas/results/preview.ts';
import type { Receipt } from '#schemas/results/results.ts';
import { problemSentence } from '../../components/problemSentence.ts';
import { ApiProblem } from '../../composables/client.ts';
import { type Proposal, previewNow, sendEvent, usePreview } from '../../composables/deskQueries.ts';
import { type DraftHead, useDrafts } from '../../composables/drafts.ts';
import { useWords } from '../../composables/useWords.ts';
import { faultWord } from './effect.ts';
import { type Entry, entry, readEntry } from './entry.ts';

/** Typing pauses for so long before it is kept, and before it is asked what it would bring. */
const PAUSE_MS = 350;

export type ReportOrder = {
  unit: string;
  /** The unit's own people; the department sends as itself. */
  asUnit: boolean;
  /** As it is in use: another version may come while somebody types. */
  plan: () => Plan;
  head: Omit<DraftHead, 'savedAt'>;
  initial: Entry;
  today: () => string;
};

/** Where the window's own timer would keep what has gone. */
function usePause(then: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  onScopeDispose(() => clearTimeout(timer));
  return () => {
    clearTimeout(timer);
    timer = setTimeout(then, PAUSE_MS);
  };
}

/** One report from the first letter to its receipt: read as it is typed, kept, tried out, sent. */
export function useReport({ unit, asUnit, plan, head, initial, today }: ReportOrder) {
  const words = useWords();
  const { keep, drop } = useDrafts(() => unit, entry);
  const typed = ref<Entry>(structuredClone(initial));
  const read = computed(() => readEntry(typed.value, plan(), today()));

  const saved = ref<'no' | 'kept' | 'refused'>('no');
  const sent = shallowRef<Receipt | null>(null);
  /** What was foretold of what is sent. */
  const promised = shallowRef<Preview>();
  const save = usePause(() => {
    if (sent.value) return;
    saved.value = keep({ ...head, entry: typed.value, savedAt: Date.now() }) ? 'kept' : 'refused';
  });

  const proposal = shallowRef<Proposal | null>(null);
  const proposalNow = (): Proposal | null =>
    read.value.faults.length === 0
      ? { year: plan().year, body: read.value.body, ...(head.amends && { activity: head.activity }) }
      : null;
  const propose = usePause(() => {
    proposal.value = proposalNow();
  });
  propose();
  const preview = usePreview(unit, proposal);

  /** What the door found wrong, until the field is changed. */
  const refused = ref<readonly Fault[]>([]);
  const tried = ref(false);
  const touched = ref(new Set<string>());
  const confirmed = ref(false);
  const problem = ref('');
  const working = ref(false);
  watch(
    typed,
    () => {
      refused.value = [];
      confirmed.value = false;
      save();
      propose();
    },
    { deep: true },
  );

  const faults = computed(() => {
    const found = new Map<string, string>();
    for (const fault of [...read.value.faults, ...refused.value]) {
      const name = fault.field.split('.')[1] ?? '';
      if (!found.has(name)) found.set(name, faultWord(words.value, fault, plan().year));
    }
    return found;
  });
  const faultOf = (field: string): string =>
    tried.value || touched.value.has(field) ? (faults.value.get(field) ?? '') : '';
  /** Its own, taken before an answer was lost, is no double of it. */
  const othersOf = (found: Preview | undefined): Preview['same'] =>
    (found?.same ?? []).filter(({ activity }) => activity !== head.activity);
  const same = computed(() =>
    proposal.value !== null && read.value.faults.length === 0 ? othersOf(preview.data.value) : [],
  );

  function failed(error: unknown): void {
    if (error instanceof ApiProblem && error.status === 0) problem.value = words.value.say('report.lost');
    else if (error instanceof ApiProblem && error.status === 409)
      problem.value = words.value.say('report.conflict');
    else if (error instanceof ApiProblem && error.status === 422) {
      refused.value = error.faults;
      if (error.faults.length === 0)
        problem.value = words.value.say('report.refused', { detail: error.message });
    } else problem.value = problemSentence(words.value, error);
  }

  /** True once it is taken. Sent again under the same id, it is found there already. */
  async function send(): Promise<boolean> {
    if (working.value) return false;
    tried.value = true;
    problem.value = '';
    const proposed = proposalNow();
    if (!proposed) return false;
    working.value = true;
    try {
      proposal.value = proposed;
      // Who presses at once is told, too, that it is there already. Without a connection the door says so.
      promised.value = await previewNow(unit, proposed).catch(() => undefined);
      if (othersOf(promised.value).length > 0 && !confirmed.value) return false;
      const type = head.amends ? 'activity.amended' : 'activity.recorded';
      const own = head.amends ? {} : { year: plan().year };
      const data = { activity: head.activity, ...own, ...read.value.body };
      sent.value = await sendEvent({ id: head.id, unit, asUnit, type, data });
      drop(head.id);
      return true;
    } catch (error) {
      failed(error);
      return false;
    } finally {
      working.value = false;
    }
  }

  return {
    typed,
    read,
    saved,
    sent,
    promised,
    preview,
    same,
    confirmed,
    problem,
    working,
    tried,
    faults,
    faultOf,
    touch: (field: string): void => {
      touched.value = new Set([...touched.value, field]);
    },
    send,
  };
}
export type Report = ReturnType<typeof useReport>;
