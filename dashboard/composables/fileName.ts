import { useRoute } from 'vue-router';
import { fileNameOf } from '../components/filterWords.ts';
import { type Filters, referenceDay } from './filters.ts';
import { heading } from './heading.ts';
import { trialOn } from './trialOn.ts';
import { useFilters } from './useFilters.ts';
import { useWords } from './useWords.ts';

/**
 * Where a file holds something else than the page's filters ask for. `unit`: the one unit that it is of, by its name.
 * `known`: how earlier days are seen in it, where the page has the choice.
 */
type Held = Partial<Pick<Filters, 'basis' | 'group'>> & {
  compareTo?: string | null;
  unit?: string | null;
  known?: 'then' | 'now';
};

/**
 * Names files of the page that is open: `title` is what the file holds. Out of its page the name alone says of which unit,
 * year, day and group it is, and with what it is compared, where it is: a trial with the plan's weights. A page that
 * looks at no year has files by their titles.
 */
export function useFileName(): (title: string, held?: Held) => string {
  const words = useWords();
  const route = useRoute();
  const { filters, today } = useFilters();
  return (title, { unit = null, known, ...held } = {}) => {
    if (route.meta.plain || route.meta.bare) return title;
    const isAboutOne = Object.keys(route.params).length > 0;
    const subject = unit ?? (isAboutOne && heading.value !== title ? heading.value : '');
    const always = route.meta.toDate ? { basis: 'to-date' as const } : {};
    const seen = { ...filters.value, ...always, compareTo: null, ...held };
    const seenAs = known ? words.value.say(known === 'then' ? 'trend.knownThen' : 'trend.knownNow') : '';
    const named = [subject, title, seenAs].filter(Boolean).join(' ');
    return fileNameOf(words.value, named, seen, referenceDay(seen, today.value), {
      trial: trialOn.value,
      ofUnit: unit !== null,
    });
  };
}
