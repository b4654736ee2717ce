import type { PageParts } from '#api/answers/pages/parts.ts';
import { type CommendationReads, createCommendations } from './commendations.ts';
import { createTeachings, type TeachingReads } from './teachings.ts';
import { createYearsOnYears, type YearOnYearReads } from './yearsOnYears.ts';

/** What the exchange meeting asks; problems as with `Reads`. */
export type MeetingReads = CommendationReads & TeachingReads & YearOnYearReads;

export const createMeeting = (parts: PageParts): MeetingReads => ({
  ...createCommendations(parts),
  ...createTeachings(parts),
  ...createYearsOnYears(parts),
});
