import { type ComputedRef, computed } from 'vue';
import { shownWords } from '../locales/shownWords.ts';
import { type Words, wordsOf } from '../locales/words.ts';
import { usePreferences } from './preferences.ts';

/** The words of the language that the person has chosen; recomputed when they choose the other. */
export function useWords(): ComputedRef<Words> {
  const preferences = usePreferences();
  return computed(() => shownWords(wordsOf(preferences.spoken)));
}
