import { computed, ref, shallowRef } from 'vue';
import { stopped } from '#schemas/presentation/stopped.ts';
import { problemSentence } from '../../components/problemSentence.ts';
import { ApiProblem } from '../../composables/client.ts';
import { keepFocus } from '../../composables/keepFocus.ts';
import { useWords } from '../../composables/useWords.ts';

/** One change at a time, and a sentence where it is refused. */
export function useAction() {
  const words = useWords();
  const working = ref(false);
  const failure = shallowRef<unknown>(null);
  /** In words that may come later than the failure; empty where there is none. */
  const fault = computed(() => (failure.value === null ? '' : sentence(failure.value)));

  function sentence(error: unknown): string {
    if (error instanceof ApiProblem && error.status === 409) return error.message;
    if (error instanceof ApiProblem && error.status === 422)
      return words.value.say('access.refused', { detail: stopped(words.value.locale, error.message) });
    return error instanceof ApiProblem
      ? problemSentence(words.value, error, { pressed: 'sent' })
      : words.value.say('access.failed');
  }

  /** Undefined where it failed, or another one is under way. */
  async function run<T>(action: () => Promise<T>): Promise<T | undefined> {
    if (working.value) return undefined;
    const goOn = keepFocus();
    working.value = true;
    failure.value = null;
    try {
      return await action();
    } catch (error) {
      failure.value = error;
      return undefined;
    } finally {
      working.value = false;
      void goOn();
    }
  }

  return { working, fault, run };
}
