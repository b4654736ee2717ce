import { ref } from 'vue';
import { problemSentence } from '../../components/problemSentence.ts';
import { ApiProblem } from '../../composables/client.ts';
import { keepFocus } from '../../composables/keepFocus.ts';
import { useWords } from '../../composables/useWords.ts';

/** One change at a time, and a sentence where it is refused. */
export function useAction() {
  const words = useWords();
  const working = ref(false);
  const fault = ref('');

  function sentence(error: unknown): string {
    if (error instanceof ApiProblem && error.status === 409) return error.message;
    if (error instanceof ApiProblem && error.status === 422)
      return words.value.say('access.refused', { detail: error.message });
    return error instanceof ApiProblem
      ? problemSentence(words.value, error, { pressed: 'sent' })
      : words.value.say('access.failed');
  }

  /** Undefined where it failed, or another one is under way. */
  async function run<T>(action: () => Promise<T>): Promise<T | undefined> {
    if (working.value) return undefined;
    const goOn = keepFocus();
    working.value = true;
    fault.value = '';
    try {
      return await action();
    } catch (error) {
      fault.value = sentence(error);
      return undefined;
    } finally {
      working.value = false;
      void goOn();
    }
  }

  return { working, fault, run };
}
