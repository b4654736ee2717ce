import type { Language } from '#schemas/languages.ts';
import { apiParams, compareParam, type Filters } from '../../composables/filters.ts';

/** What can be handed out, and how, in the order of use at the meeting. */
export const DOCUMENTS = [
  { document: 'meeting', words: 'slides', formats: ['docx', 'xlsx', 'pdf'] },
  { document: 'ranking', words: 'ranking', formats: ['docx', 'xlsx', 'pdf', 'pptx', 'csv'] },
  { document: 'gaps', words: 'gaps', formats: ['docx', 'xlsx', 'pdf', 'pptx', 'csv'] },
  { document: 'unit', words: 'unit', formats: ['docx', 'xlsx', 'pdf', 'csv'] },
] as const;

/** Charts of the documents, each as a picture: for a notice board, a report of one's own, or a screen. */
export const CHARTS = [
  { document: 'ranking', chart: 'ranking', words: 'chartRanking', formats: ['png', 'svg'] },
  { document: 'ranking', chart: 'groups', words: 'chartGroups', formats: ['png', 'svg'] },
  { document: 'gaps', chart: 'misses', words: 'chartMisses', formats: ['png', 'svg'] },
  { document: 'gaps', chart: 'requirements', words: 'chartRequirements', formats: ['png', 'svg'] },
  { document: 'unit', chart: 'profile', words: 'chartProfile', formats: ['png', 'svg'] },
  { document: 'unit', chart: 'gaps', words: 'chartUnitGaps', formats: ['png', 'svg'] },
] as const;

export type Offered = (typeof DOCUMENTS)[number] | (typeof CHARTS)[number];
export type OfferedFormat = Offered['formats'][number];

export const chartOf = (item: Offered): string | undefined => ('chart' in item ? item.chart : undefined);

/** The filters of the screen, as documents take them. A unit's letter is about the unit, whatever the group. */
export const documentParams = (filters: Filters, lang: Language, unit: string | null) => ({
  year: filters.year,
  ...apiParams(filters),
  compareTo: compareParam(filters),
  ...(unit === null ? { group: filters.group } : { unit }),
  lang,
});
