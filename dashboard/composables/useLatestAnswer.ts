import { type ShallowRef, shallowRef, watch } from 'vue';

/**
 * The answer to a question that changes while it is looked at: a later question takes back the one before, so that no
 * answer comes too late. `keep` shows the answer before until the next is there, where it is of the same thing.
 */
export function useLatestAnswer<T>(
  question: () => string,
  find: (signal: AbortSignal) => Promise<T>,
  { keep = false }: { keep?: boolean } = {},
): { answer: ShallowRef<T | null>; failure: ShallowRef<unknown> } {
  const answer = shallowRef<T | null>(null);
  const failure = shallowRef<unknown>(null);
  watch(
    question,
    async (_, __, onCleanup) => {
      const aborter = new AbortController();
      onCleanup(() => aborter.abort());
      if (!keep) answer.value = null;
      failure.value = null;
      try {
        const found = await find(aborter.signal);
        if (!aborter.signal.aborted) answer.value = found;
      } catch (error) {
        if (aborter.signal.aborted) return;
        answer.value = null;
        failure.value = error;
      }
    },
    { immediate: true },
  );
  return { answer, failure };
}
