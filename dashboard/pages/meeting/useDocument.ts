import { ref } from 'vue';
import { ApiProblem, askFile } from '../../composables/client.ts';
import { saveFile } from '../../composables/files.ts';
import { useWords } from '../../composables/useWords.ts';

type Wanted = {
  /** Tells the buttons apart. */
  key: string;
  /** Which document, in which format. */
  file: { document: string; format: string };
  params: Record<string, string | number | null | undefined>;
  /** What it is called, and its format. */
  named: { document: string; format: string };
};

/** One document at a time: asked for, saved, and told of. */
export function useDocument() {
  const words = useWords();
  const making = ref<string | null>(null);
  const said = ref('');
  const fault = ref('');

  function refusal(error: unknown, document: string): string {
    const status = error instanceof ApiProblem ? error.status : -1;
    if (status === 0) return words.value.say('state.pressAgain');
    return words.value.say(status === 503 ? 'meeting.missingFont' : 'meeting.failed', { document });
  }

  async function make({ key, file, params, named }: Wanted): Promise<void> {
    if (making.value !== null) return;
    making.value = key;
    fault.value = '';
    said.value = words.value.say('meeting.making', named);
    try {
      const { name, content } = await askFile(`/exports/${file.document}.${file.format}`, { params });
      saveFile(name, content);
      said.value = words.value.say('meeting.made', { name });
    } catch (error) {
      said.value = '';
      fault.value = refusal(error, named.document);
    } finally {
      making.value = null;
    }
  }

  return { making, said, fault, make };
}
