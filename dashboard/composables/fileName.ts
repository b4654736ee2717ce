import { useRoute } from 'vue-router';
import { fileNameOf } from '../components/filterWords.ts';
import { referenceDay } from './filters.ts';
import { heading } from './heading.ts';
import { trialOn } from './trialOn.ts';
import { useFilters } from './useFilters.ts';
import { useWords } from './useWords.ts';

/**
 * Names files of the page that is open: `title` is what the file holds. Out of its page the name alone says of which unit,
 * year, day and group it is, and with what it is compared, where it is: a trial with the plan's weights. A page that
 * looks at no year has files by their titles.
 */
export function useFileName(): (title: string, compareTo?: string | null) => string {
  const words = useWords();
  const route = useRoute();
  const { filters, today } = useFilters();
  return (title, compareTo = null) => {
    if (route.meta.plain || route.meta.bare) return title;
    const isAboutOne = Object.keys(route.params).length > 0;
    const subject = isAboutOne && heading.value !== title ? heading.value : '';
    const seen = { ...filters.value, compareTo };
    const named = [subject, title].filter(Boolean).join(' ');
    return fileNameOf(words.value, named, seen, referenceDay(seen, today.value), trialOn.value);
  };
}
